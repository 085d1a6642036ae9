"""Every way in which HTML, CSS and SVG name an address that something may fetch: one pattern each, `{url}` the address."""

_LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"'

CONSTRUCTS = {
    "img": '<img src="{url}">',
    "img srcset": '<img srcset="{url} 1x, {url} 2x">',
    "img lowsrc": '<img lowsrc="{url}" longdesc="{url}" usemap="{url}">',
    "picture": '<picture><source srcset="{url}"><img src="{url}"></picture>',
    "input image": '<input type="image" src="{url}">',
    "button form": '<form action="{url}"><button formaction="{url}">x</button></form>',
    "link stylesheet": '<link rel="stylesheet" href="{url}">',
    "link alternate": '<link rel="alternate stylesheet" href="{url}" title="t">',
    "link icon": '<link rel="icon" href="{url}">',
    "link attachment": '<link rel="attachment" href="{url}">',
    "link preload": '<link rel="preload" as="font" href="{url}"><link rel="modulepreload" href="{url}">',
    "link import": '<link rel="import" href="{url}"><link rel="manifest" href="{url}"><link rel="dns-prefetch" href="{url}">',
    "a attachment": '<a rel="attachment" href="{url}">x</a>',
    "a download": '<a download href="{url}" ping="{url}">x</a>',
    "area": '<map name="m"><area href="{url}"></map>',
    "base": '<base href="{url}"><img src="x.png"><link rel="stylesheet" href="x.css">',
    "meta refresh": '<meta http-equiv="refresh" content="0;url={url}">',
    "html manifest": '<html manifest="{url}"><p>x</p></html>',
    "body background": '<body background="{url}"><p>x</p></body>',
    "xml stylesheet": '<?xml-stylesheet href="{url}"?><p>x</p>',
    "doctype": '<!DOCTYPE html SYSTEM "{url}"><p>x</p>',
    "entity": '<!DOCTYPE html [<!ENTITY e SYSTEM "{url}">]><p>&e;</p>',
    "import": '<style>@import url("{url}");</style>',
    "import string": '<style>@import "{url}";</style>',
    "import for print": '<style>@import url({url}) print;</style>',
    "import layer": '<style>@import url({url}) layer(a);</style>',
    "namespace": "<style>@namespace x url({url}); p {{ color: red }}</style><p>x</p>",
    "background": '<div style="background: url({url})">x</div>',
    "background image": '<div style="background-image: url({url}), url({url})">x</div>',
    "background attribute": '<table background="{url}"><tr><td background="{url}">x</td></tr></table>',
    "image set": '<div style="background-image: image-set(url({url}) 1x, \'{url}\' 2x)">x</div>',
    "cross fade": '<div style="background-image: cross-fade(url({url}), url({url}))">x</div>',
    "image function": "<div style=\"background-image: image('{url}')\">x</div>",
    "src function": "<div style=\"background-image: src('{url}')\">x</div>",
    "escaped": '<div style="background: \\75\\72\\6c({url})">x</div>',
    "variable": '<div style="--u: url({url}); background: var(--u)">x</div>',
    "attribute as address": '<div title="{url}" class="a">x</div><style>.a {{ background: attr(title url) }}</style>',
    "border image": '<div style="border: 1px solid; border-image-source: url({url})">x</div>',
    "mask": '<div style="mask-image: url({url}); mask: url({url}); -webkit-mask: url({url})">x</div>',
    "filter": '<div style="filter: url({url}); backdrop-filter: url({url}); clip-path: url({url})">x</div>',
    "shape": '<div style="float: left; shape-outside: url({url})">x</div>',
    "list style": '<ul style="list-style-image: url({url})"><li>x</ul>',
    "list style in short": '<ul style="list-style: url({url}) inside"><li>x</ul>',
    "content": '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    "content of an element": '<p style="content: url({url})">x</p>',
    "marker": "<style>li::marker {{ content: url({url}) }}</style><ul><li>x</ul>",
    "counter symbols": "<style>@counter-style c {{ system: cyclic; symbols: url({url}) }} ul {{ list-style: c }}</style>"
    "<ul><li>x</ul>",
    "page margin": '<style>@page {{ @bottom-left {{ content: url("{url}") }} background: url("{url}") }}</style><p>x</p>',
    "footnote": '<style>.f {{ float: footnote; background: url("{url}") }}</style><p>x<span class="f">y</span></p>',
    "cursor": '<div style="cursor: url({url}), auto">x</div>',
    "behaviour": '<div style="behavior: url({url}); -moz-binding: url({url})">x</div>',
    "font face": '<style>@font-face {{ font-family: Other; src: url("{url}") }} p {{ font-family: Other }}</style><p>x</p>',
    "font face fallback": "<style>@font-face {{ font-family: Other; src: local('no'), url({url}) format('woff2') }}"
    " p {{ font-family: Other }}</style><p>x</p>",
    "colour profile": '<style>@color-profile --own {{ src: url("{url}") }} p {{ color: color(--own 1 0 0) }}</style><p>x</p>',
    "document rule": '<style>@document url({url}) {{ p {{ background: url({url}) }} }}</style><p>x</p>',
    "supports": "<style>@supports (display: block) {{ p {{ background: url({url}) }} }}</style><p>x</p>",
    "media": "<style>@media print {{ p {{ background: url({url}) }} }}</style><p>x</p>",
    "iframe": '<iframe src="{url}" srcdoc="<img src={url}>"></iframe>',
    "frame": '<frameset><frame src="{url}"></frameset>',
    "object": '<object data="{url}" codebase="{url}" classid="{url}"></object>',
    "embed": '<embed src="{url}">',
    "applet": '<applet code="{url}" archive="{url}"></applet>',
    "video": '<video src="{url}" poster="{url}"><source src="{url}"><track src="{url}"></video>',
    "audio": '<audio src="{url}"></audio>',
    "script": '<script src="{url}"></script>',
    "script words": "<script>fetch('{url}'); new Image().src = '{url}'</script>",
    "quotation": '<blockquote cite="{url}"><q cite="{url}">x</q><ins cite="{url}">y</ins></blockquote>',
    "svg image": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg xlink image": f'<svg {_LINK}><image xlink:href="{{url}}" width="9" height="9"/></svg>',
    "svg image in a document": '<img src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27%3E'
    '%3Cimage href=%27{url}%27/%3E">',
    "svg use": '<svg width="9" height="9"><use href="{url}#a"/></svg>',
    "svg xlink use": f'<svg {_LINK}><use xlink:href="{{url}}#a"/></svg>',
    "svg paint": '<svg width="9" height="9"><rect width="9" height="9" fill="url({url}#a)" filter="url({url}#b)" '
    'mask="url({url}#c)" clip-path="url({url}#d)" marker-start="url({url}#e)"/></svg>',
    "svg pattern": '<svg width="9" height="9"><defs><linearGradient id="g" href="{url}#a"/><pattern id="p" href="{url}#b"/>'
    '</defs><rect width="9" height="9" fill="url(#g)"/><text><textPath href="{url}#c">x</textPath></text></svg>',
    "svg filter image": '<svg width="9" height="9"><filter id="f"><feImage href="{url}"/></filter>'
    '<rect width="9" height="9" filter="url(#f)"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url("{url}"); @font-face {{ font-family: o; src: url("{url}") }}'
    '</style><text font-family="o">x</text></svg>',
    "svg foreign object": '<svg width="9" height="9"><foreignObject><img src="{url}"></foreignObject></svg>',
    "svg animation": '<svg width="9" height="9"><image width="9" height="9"><set attributeName="href" to="{url}"/></image></svg>',
    "svg cursor": '<svg width="9" height="9"><cursor href="{url}"/><a href="{url}"><tref href="{url}"/></a></svg>',
    "svg script": '<svg width="9" height="9"><script href="{url}"/><font-face><font-face-src><font-face-uri href="{url}"/>'
    "</font-face-src></font-face></svg>",
    "mathml": '<math href="{url}"><mglyph src="{url}"/></math>',
    "include": '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{url}"/><p>x</p>',
}  # fmt: skip

#: Laid out alone: they change what follows them, or the layout engine gives their paper up because of a refused address.
ALONE = ("base", "attribute as address", "colour profile", "import", "import for print", "import layer")


def papers(address: str) -> list[str]:
    """Papers in which every construct names an address: one with most of them, one for each of the others."""
    together = "".join(
        f"<div>{construct.format(url=address)}</div>" for name, construct in CONSTRUCTS.items() if name not in ALONE
    )
    return [together, *(CONSTRUCTS[name].format(url=address) for name in ALONE)]
