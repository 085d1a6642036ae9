"""HTML that wants to do harm: (what it is, the HTML, words that a reader must still find, or nothing)."""

from __future__ import annotations

SCRIPTS = [
    ("script", "<p>a</p><script>alert(1)</script><p>b</p>", "a b"),
    ("script in capitals", "<SCRIPT SRC=//x.test/x.js></SCRIPT>a", "a"),
    ("script unclosed", "a<script>alert(1)", "a"),
    ("script with a slash", "<script/x>alert(1)</script>a", "a"),
    ("script in script", "<scr<script>ipt>alert(1)</script>a", "ipt>alert(1)a"),
    ("script after a null", "<scr\0ipt>alert(1)</scr\0ipt>a", "a"),
    ("script in a comment", "<!--<script>alert(1)</script>-->a", "a"),
    ("script behind a conditional comment", "<!--[if IE]><script>alert(1)</script><![endif]-->a", "a"),
    ("script in an attribute", '<p title="<script>alert(1)</script>">a</p>', "a"),
    ("script in a style", "<style><script>alert(1)</script></style>a", "a"),
    ("script in a title", "<title><script>alert(1)</script></title>a", "a"),
    ("script in a textarea", "<textarea></textarea><script>alert(1)</script></textarea>a", "a"),
    ("script in noscript", '<noscript><p title="</noscript><img src=x onerror=alert(1)>">a', None),
    ("script by entity", "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
    ("script by two entities", "&amp;lt;script&amp;gt;", "&lt;script&gt;"),
    ("script by numbers", "&#60;script&#62;alert(1)&#x3c;/script&#x3e;", "<script>alert(1)</script>"),
    ("script by number without end", "&#60script&#62", "<script>"),
]
HANDLERS = [
    (f"handler {name}", f"<{tag} {name}=alert(1)>a</{tag}>", "a")
    for tag, name in (
        ("p", "onclick"), ("p", "ONCLICK"), ("b", "onmouseover"), ("td", "onfocus"), ("div", "onpointerenter"),
        ("body", "onload"),
        ("table", "onanimationstart"), ("li", "oncopy"), ("span", "onbeforetoggle"), ("ul", "onscroll"), ("h1", "onwheel"),
    )
] + [
    ("handler on an image", "a<img src=x onerror=alert(1)>", "a"),
    ("handler behind a slash", "<p/onclick=alert(1)>a</p>", "a"),
    ("handler behind a line", "<p\nonclick\n=\nalert(1)>a</p>", "a"),
    ("handler in quotes", '<p class="x" onclick="alert(1)">a</p>', "a"),
    ("handler behind a broken quote", "<p class=\"x' onclick='alert(1)\">a</p>", "a"),
    ("handler behind a null", "<p \0onclick=alert(1)>a</p>", "a"),
    ("handler behind a form feed", "<p\x0conclick=alert(1)>a</p>", "a"),
]  # fmt: skip
ADDRESSES = [
    (f"address {start}", f'<a href="{start}alert(1)">a</a>', "a")
    for start in (
        "javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "java&#10;script:", "&#106;avascript:", "data:text/html,",
        "vbscript:", "file:///", "//x.test/", "blob:", "\x01javascript:",
    )
] + [
    ("form", "<form action=//x.test/><p>a</p><input name=x><button>b</button></form>", "a"),
    ("formaction", "<button formaction=javascript:alert(1)>a</button>b", "b"),
    ("base", "<base href=//x.test/>a", "a"),
    ("meta refresh", "<meta http-equiv=refresh content='0;url=//x.test/'>a", "a"),
    ("link", "<link rel=stylesheet href=//x.test/x.css>a", "a"),
    ("iframe", "<iframe src=//x.test/></iframe>a", "a"),
    ("iframe with a document", "<iframe srcdoc='<script>alert(1)</script>'></iframe>a", "a"),
    ("object", "<object data=//x.test/></object>a", "a"),
    ("embed", "<embed src=//x.test/>a", "a"),
    ("image set", "<img srcset='//x.test/1 1x, //x.test/2 2x'>a", "a"),
    ("picture", "<picture><source srcset=//x.test/><img src=//x.test/></picture>a", "a"),
    ("video", "<video poster=//x.test/ src=//x.test/></video>a", "a"),
    ("background", "<table background=//x.test/><tr><td background=//x.test/>a</td></tr></table>", "a"),
    ("ping", "<a href=/ ping=//x.test/>a</a>", "a"),
]  # fmt: skip
STYLES = [
    ("style with an address", "<p style='background:url(//x.test/)'>a</p>", "a"),
    ("style with an import", "<style>@import '//x.test/';</style>a", "a"),
    ("style with an expression", "<p style='width:expression(alert(1))'>a</p>", "a"),
    ("style with a behaviour", "<p style='behavior:url(x.htc)'>a</p>", "a"),
    ("style with an escape", "<p style='background:\\75rl(//x.test/)'>a</p>", "a"),
    ("style over the page", "<p style='position:fixed;inset:0;z-index:9999'>a</p>", "a"),
    ("style out of its attribute", "<p style='font-weight:\"><script>alert(1)</script>'>a</p>", "a"),
    ("style unclosed", "a<style>p{color:red}", "a"),
    ("class of ours", "<p class='button primary'>a</p>", "a"),
]
FOREIGN = [
    ("svg", "<svg onload=alert(1)><script>alert(1)</script></svg>a", "a"),
    ("svg with an animation", "<svg><animate attributeName=href values=javascript:alert(1) /></svg>a", "a"),
    ("svg with a foreign object", "<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>a", "a"),
    ("svg with a use", "<svg><use href='data:image/svg+xml,x#x'/></svg>a", "a"),
    ("svg unclosed", "a<svg><style><img src=x onerror=alert(1)>", "a"),
    ("svg in svg", "<svg><svg></svg><p>a</p></svg>", None),
    ("mathml", "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></math>a", "a"),
    ("mathml with a link", "<math href=javascript:alert(1)><mi>x</mi></math>a", "a"),
    (
        "mutation through mathml",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "",
    ),
    ("mutation through svg", "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>", ""),
    ("mutation through noscript", "<noscript><style></noscript><img src=x onerror=alert(1)>", None),
    ("mutation through a form", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", ""),
    ("mutation through a table", "<table><tr><td><svg><desc><td><script>alert(1)</script>", ""),
    ("mutation through a template", "<template><style></template><img src=x onerror=alert(1)></style>a", None),
    ("mutation through xmp", "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>", None),
    ("mutation through a comment", "<!--><img src=x onerror=alert(1)>-->a", None),
    ("mutation through a comment that ends oddly", "<!-- --!><img src=x onerror=alert(1)> -->a", "a"),
    ("mutation through a document type", "<!doctype x [<!ENTITY y '<script>'>]>a", None),
    ("mutation through cdata", "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>a", "a"),
    ("mutation through an instruction", "<?xml-stylesheet href=javascript:alert(1)?>a", "a"),
    ("mutation through plaintext", "a<plaintext><script>alert(1)</script>", "a"),
    ("mutation through a select", "<select><option><p title='</select><img src=x onerror=alert(1)>'>", None),
    ("custom element", "<x-y onclick=alert(1)>a</x-y>", "a"),
    ("our editor", "<rich-text name=x data-value='{}'>a</rich-text>", "a"),
    ("live part", "<live-part data-fragment=//x.test/>a</live-part>", "a"),
]
LETTERS = [
    ("turned round", "<p>Số \u202e321\u202c</p>", "Số 321"),
    ("isolated", "<p>a\u2066b\u2069</p>", "ab"),
    ("marks of direction", "<p>a\u200fb\u200e</p>", "ab"),
    ("turned by entity", "<p>&#8238;a&#x202E;b</p>", "ab"),
    ("half a letter", "<p>a\ud800b\udfff</p>", "ab"),
    ("half a letter by number", "<p>a&#xD800;b</p>", None),
    ("null by number", "<p>a&#0;b</p>", None),
    ("control letters", "<p>a\x00\x07\x1b[31mb</p>", "a[31mb"),
    ("zero width", "<p>a\u200bb\ufeffc\u2060</p>", "abc"),
    ("soft hyphens", "<p>hội\u00adnghị</p>", "hộinghị"),
    ("a pile of marks", "<p>e" + "\u0301" * 1000 + "</p>", None),
    ("decomposed", "<p>Tie\u0302\u0301ng Vie\u0323\u0302t</p>", "Tiếng Việt"),
    ("tags of language", "<p>a\U000e0041\U000e007fb</p>", "ab"),
    ("unknown entity", "<p>a&nosuch;b&copy;</p>", "a&nosuch;b©"),
]
BROKEN = [
    ("nothing", "", ""),
    ("spaces", " \n\t ", ""),
    ("one sign", "<", "<"),
    ("a tag that never ends", "a<p class='", "a"),
    ("ends that close nothing", "</p></table></ul>a</b></i>", "a"),
    ("misnested", "<b><p>a</b></p><i>b<table>c</i></table>", None),
    ("item without a list", "<li>a<li>b", "a b"),
    ("cell without a table", "<td>a</td><tr><td>b", "ab"),
    ("table in a paragraph", "<p>a<table><tr><td>b</td></tr></table>c</p>", "a b c"),
    ("table in a table in a table", "<table><tr><td>" * 3 + "a" + "</td></tr></table>" * 3, "a"),
    ("spans of nonsense", "<table><tr><td colspan=-1 rowspan=0>a</td><td colspan=x rowspan=1e9>b</td></tr></table>", "a b"),
    ("spans without end", "<table><tr><td colspan=99999999999999999999>a<tr><td rowspan=65535>b<td>c</table>", "a b c"),
    ("overlapping cells", "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td colspan=3>c</td></tr></table>", "a b c"),
    ("empty table", "<table><tr></tr></table>", ""),
    ("list of nothing", "<ul><li></li></ul>", ""),
    ("list from a big number", "<ol start=99999999999><li>a</li></ol>", "a"),
    ("heading seven", "<h7>a</h7>", "a"),
]  # fmt: skip
EVERY = [*SCRIPTS, *HANDLERS, *ADDRESSES, *STYLES, *FOREIGN, *LETTERS, *BROKEN]
