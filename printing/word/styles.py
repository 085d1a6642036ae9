"""The styles of a Word paper: one for each component, named as an office calls it, with the numbers of the layout profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from printing.word.marks import FONT, HEADER, NAMESPACES, attribute, points, run_marks, twips
from printing.word.order import WordOrder


@dataclass(frozen=True)
class Shape:
    """How a component's paragraphs stand: in points and millimetres; `line` 0 takes the letters' own height."""

    name: str
    letters: str  # component of the profile whose letters it takes
    align: str = "left"
    line: float = 0  # points, exactly
    before: float = 0  # points
    after: float = 0
    first: float = 0  # millimetres
    side: float = 0  # millimetres left free on both sides
    keep: bool = False  # stays with the next paragraph
    level: int = 0  # of the outline, from 1
    also: tuple[tuple[str, Any], ...] = ()  # letters other than the component's


def shapes(order: WordOrder) -> dict[str, Shape]:
    """Return the shapes of a paper's components by the class or tag that the vocabulary gives them."""
    line, gap = order.points("line_height"), order.points("paragraph_gap")
    first = order.lengths["first_indent"]
    state = order.body == "state"
    head: dict[str, Any] = {"align": "center", "keep": True}

    def high(component: str) -> float:
        return order.letters[component]["size"] * 1.25 if state and component in order.letters else line

    def titled(name: str, letters: str, level: int, before: float = gap, **more: Any) -> Shape:
        return Shape(name, letters, line=line, before=before, first=first, keep=True, level=level, **more)

    table_line = order.letters["table"]["size"] * 1.25
    return {
        "title": Shape("Quốc hiệu, tiêu đề", "title", line=high("title"), **head),
        "motto": Shape("Tiêu ngữ", "motto" if state else "title", line=high("motto"), **head),
        "parent-body": Shape("Cơ quan cấp trên", "parent_body", line=high("parent_body"), **head),
        "issuing-body": Shape("Cơ quan ban hành", "issuing_body", line=high("issuing_body"), **head),
        "star": Shape("Dấu sao", "issuing_body", line=16, **head),
        "number": Shape("Số, ký hiệu", "number", line=high("number"), before=8 if state else 0, **head),
        "urgency": Shape("Mức độ khẩn", "urgency", line=high("urgency"), **head),
        "draft-mark": Shape("Dấu dự thảo", "draft_mark", line=high("draft_mark"), **head),
        "letter-abstract": Shape("Trích yếu công văn", "letter_abstract", line=15, before=6, **head),
        "place-date": Shape("Địa danh, ngày tháng", "place_date", line=high("place_date"), before=8 if state else 3, **head),
        "type-name": Shape("Tên loại văn bản", "type_name", line=20, before=18, **head),
        "abstract": Shape("Trích yếu", "abstract", line=line, side=8, **head),
        "dashes": Shape("Gạch dưới trích yếu", "body_text", line=line, before=3, after=6, **head),
        "rule": Shape("Đường kẻ", "body_text", line=2, before=2, **head),
        "p": Shape("Nội dung", "body_text", align="both", line=line, before=gap, first=first),
        "centred": Shape("Nội dung căn giữa", "body_text", align="center", line=line, before=gap),
        "basis": Shape("Căn cứ", "basis", "both", line, gap, first=first),
        "item": Shape("Gạch đầu dòng", "body_text", align="both", line=line, before=gap / 2),
        "h1": titled("heading 1", "heading", 1),
        "h2": titled("heading 1", "heading", 1, before=12),
        "h3": titled("heading 2", "point", 2),
        "h4": titled("heading 3", "point", 3, also=(("italic", True),)),
        "annex": Shape("Phụ lục", "annex_label", align="center", line=line, keep=True, level=1),
        "annex-name": Shape("Tên phụ lục", "annex_name", align="center", line=line, after=6, keep=True),
        "annex-note": Shape("Ghi chú phụ lục", "annex_note", "center", line, keep=True),
        "caption": Shape("caption", "heading", line=line, before=8, after=3, keep=True),
        "cell": Shape("Ô bảng", "table", line=table_line),
        "title-cell": Shape("Dòng tên trong bảng", "table", line=table_line, keep=True),
        "heading-cell": Shape("Tiêu đề cột", "table", align="center", line=table_line, also=(("bold", True),)),
        "authority": Shape("Quyền hạn ký", "authority", line=line, **head),
        "post": Shape("Chức vụ người ký", "post", line=line, **head),
        "signature-gap": Shape("Chỗ ký", "body_text", line=order.points("signature_gap"), **head),
        "signer": Shape("Người ký", "signer", align="center", line=line),
        "recipients-label": Shape("Nơi nhận", "recipients_label", line=15, keep=True),
        "recipients": Shape("Nơi nhận – danh sách", "recipients", line=15),
        "verification": Shape("Mã kiểm tra – lời dẫn", "verification", after=2),
        "code": Shape("Mã kiểm tra", "verification", after=2, also=(("bold", True),)),
        "page-number": Shape("header", "page_number", align="center"),
        "demonstration": Shape("footer", "body_text", align="center", also=(("bold", True), ("size", 12))),
        "thin": Shape("Dòng mảnh", "body_text", line=1, also=(("size", 1),)),
    }


def style_id(component: str) -> str:
    """Return the style's identifier for Word."""
    return "".join(part.capitalize() for part in component.split("-"))


def styles_part(order: WordOrder, known: dict[str, Shape]) -> str:
    """Return word/styles.xml."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    normal = run_marks({"size": order.letters["body_text"]["size"]})
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{normal}<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="Letters"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="Plain"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" '
        'w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" '
        'w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    )
    told = "".join(_style(order, component, shape) for component, shape in known.items() if component != "h1")
    return f"{HEADER}<w:styles {NAMESPACES}>{defaults}{told}</w:styles>"


def _style(order: WordOrder, component: str, shape: Shape) -> str:
    letters = {**order.letters[shape.letters], **dict(shape.also)}
    return (
        f'<w:style w:type="paragraph" w:customStyle="{int(shape.name not in _BUILT_IN)}" '
        f'w:styleId="{style_id(component)}"><w:name w:val={attribute(shape.name)}/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{standing(shape)}</w:pPr><w:rPr>{run_marks(letters, base=True)}</w:rPr></w:style>"
    )


_BUILT_IN = ("header", "footer", "caption", "heading 1", "heading 2", "heading 3")


def standing(shape: Shape) -> str:
    """Return the properties of a component's paragraphs, in the order that Word asks for."""
    marks = ("<w:keepNext/>" if shape.keep else "") + spacing(shape)
    if shape.first or shape.side:
        side = f' w:left="{twips(shape.side)}" w:right="{twips(shape.side)}"' if shape.side else ""
        marks += f'<w:ind{side} w:firstLine="{twips(shape.first)}"/>'
    marks += f'<w:jc w:val="{shape.align}"/>'
    return marks + (f'<w:outlineLvl w:val="{shape.level - 1}"/>' if shape.level else "")


def spacing(shape: Shape) -> str:
    """Return the room above and below a paragraph, and the height of its lines."""
    line = f'w:line="{points(shape.line)}" w:lineRule="exact"' if shape.line else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{points(shape.before)}" w:after="{points(shape.after)}" {line}/>'
