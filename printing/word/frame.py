"""What surrounds the words of a Word file: page, headers and footers, settings, and how the package hangs together."""

from __future__ import annotations

from printing.word.marks import FONT, HEADER, NAMESPACES, attribute, text_of, twips
from printing.word.order import WordOrder
from printing.word.styles import style_id

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The parts a document points to: name, kind.
_PARTS = (
    ("styles", "styles"), ("numbering", "numbering"), ("settings", "settings"), ("fontTable", "fontTable"),
    ("header1", "header"), ("header2", "header"), ("footer1", "footer"), ("footer2", "footer"),
)  # fmt: skip
_EVERY, _FIRST = 1, 2
_FROM_ONE = '<w:pgNumType w:start="1"/>'
_RED, _PALE = "B00020", "#f3d3d7"


def content_types(pictures: int) -> str:
    """Return [Content_Types].xml."""
    told = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in _PARTS)
    images = '<Default Extension="png" ContentType="image/png"/>' if pictures else ""
    return (
        f'{HEADER}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{images}<Override PartName="/word/document.xml" '
        f'ContentType="{_WORD}.document.main+xml"/>{told}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def package_relations() -> str:
    """Return _rels/.rels."""
    return _relations((
        ("document", f"{_OFFICE}/officeDocument", "word/document.xml"),
        ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("app", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    ))  # fmt: skip


def document_relations(pictures: int) -> str:
    """Return word/_rels/document.xml.rels: nothing in it leads out of the package."""
    parts = [(name, f"{_OFFICE}/{kind}", f"{name}.xml") for name, kind in _PARTS]
    images = [(f"picture{number}", f"{_OFFICE}/image", f"media/picture{number}.png") for number in range(1, pictures + 1)]
    return _relations((*parts, *images))


def _relations(rows: tuple[tuple[str, str, str], ...]) -> str:
    told = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows)
    return f'{HEADER}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def section(order: WordOrder, *, anew: bool = False) -> str:
    """Return the page: its size, its margins, a head of its own on the first. `anew`: the pages are counted from 1 again."""
    measured = order.lengths
    sides = " ".join(f'w:{side}="{twips(measured[f"margin_{side}"])}"' for side in ("top", "right", "bottom", "left"))
    named = "".join(
        f'<w:{kind}Reference w:type="{on}" r:id="{kind}{number}"/>'
        for kind in ("header", "footer")
        for on, number in (("default", _EVERY), ("first", _FIRST))
    )
    return (
        f'<w:sectPr>{named}<w:pgSz w:w="{twips(measured["page_width"])}" w:h="{twips(measured["page_height"])}"/>'
        f'<w:pgMar {sides} w:header="{twips(measured["page_number_top"])}" w:footer="{twips(measured["margin_bottom"] / 2)}" '
        f'w:gutter="0"/>{_FROM_ONE if anew else ""}<w:titlePg/></w:sectPr>'
    )


def headers_and_footers(order: WordOrder, mark: str) -> dict[str, str]:
    """Return what stands on every page: the number from the second on; the mark of a paper without value on all."""
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    ground = _ground(mark) if mark else ""
    line = f'<w:r><w:rPr><w:color w:val="{_RED}"/></w:rPr><w:t xml:space="preserve">{text_of(mark)}</w:t></w:r>' if mark else ""

    def part(kind: str, component: str, inside: str) -> str:
        paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style_id(component)}"/></w:pPr>{inside}</w:p>'
        return f"{HEADER}<w:{kind} {NAMESPACES}>{paragraph}</w:{kind}>"

    return {
        "word/header1.xml": part("hdr", "page-number", ground + number),
        "word/header2.xml": part("hdr", "page-number", ground),
        "word/footer1.xml": part("ftr", "demonstration", line),
        "word/footer2.xml": part("ftr", "demonstration", line),
    }


def _ground(mark: str) -> str:
    """Return the mark across the page, behind the text, as Word's own watermarks are made."""
    return (
        '<w:r><w:pict><v:shapetype id="words" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
        '<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        '</v:shapetype><v:shape type="#words" style="position:absolute;margin-left:0;margin-top:0;width:560pt;height:32pt;'
        "rotation:308;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        f'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="{_PALE}" stroked="f">'
        f"<v:textpath style=\"font-family:'{FONT}';font-size:1pt;font-weight:bold\" string={attribute(mark)}/>"
        "</v:shape></w:pict></w:r>"
    )


def settings() -> str:
    """Return word/settings.xml: as Word 2013 and later lay out, nothing asked at opening."""
    return (
        f'{HEADER}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def font_table() -> str:
    """Return word/fontTable.xml."""
    return (
        f'{HEADER}<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def application() -> str:
    """Return docProps/app.xml."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEADER}<Properties xmlns="{kind}"><Application>Điểm Cầu</Application></Properties>'
