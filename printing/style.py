"""The stylesheet of a layout profile: its numbers as CSS for WeasyPrint, on the bones every official paper shares."""

from printing.fonts import FAMILY
from printing.rules import Letters, Profile

#: Widths a table's column can ask for, in millimetres: classes w5, w10 … w120.
COLUMN_WIDTHS = range(5, 125, 5)
#: How thick the rules of the head are drawn.
RULE = ".75pt solid #000"


def stylesheet(profile: Profile) -> str:
    """Return the CSS of papers under `profile`; it names no address, the font's files are bound by the press."""
    parts = (
        _page(profile), _head(profile), _state_head(profile), _text(profile), _lists(profile), _tables(profile), _foot(profile),
        _annexes(profile), _MARKS,
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def _page(p: Profile) -> str:
    return f"""
@page {{ size: {p.page_width} {p.page_height}; margin: {p.margin_top} {p.margin_right} {p.margin_bottom} {p.margin_left};
  @top-center {{ content: counter(page); {_font(p.page_number)} line-height: 1;
    vertical-align: top; padding-top: {p.page_number_top} }}
  @bottom-center {{ content: element(demonstration); vertical-align: middle }} }}
@page:first {{ @top-center {{ content: none }} }}
html {{ font-family: "{FAMILY}", serif; color: #000 }}
body {{ margin: 0; {_font(p.body_text)} line-height: {p.line_height}; overflow-wrap: anywhere; orphans: 2; widows: 2 }}
"""


def _head(p: Profile) -> str:
    return f"""
.head, .signatures {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
.head td, .signatures td {{ padding: 0; border: 0; vertical-align: top; text-align: center }}
.head .left {{ width: 49% }}
.head .right {{ width: 51% }}
.parent-body {{ {_font(p.parent_body)} }}
.issuing-body {{ {_font(p.issuing_body)} }}
.star {{ line-height: 16pt }}
.number {{ {_font(p.number)} }}
.urgency {{ {_font(p.urgency)} }}
.draft-mark {{ {_font(p.draft_mark)} }}
.letter-abstract {{ {_font(p.letter_abstract)} line-height: 15pt; margin-top: 6pt }}
.title {{ display: inline-block; {_font(p.title)} white-space: nowrap }}
.title::after {{ content: ""; display: block; margin-top: 1pt; border-top: {RULE} }}
.place-date {{ {_font(p.place_date)} margin-top: 3pt }}
.type-name {{ {_font(p.type_name)} line-height: 20pt; text-align: center; margin: 18pt 0 0; bookmark-level: none }}
.abstract {{ {_font(p.abstract)} text-align: center; margin: 0 8mm; break-before: avoid }}
.dashes {{ text-align: center; margin: 3pt 0 6pt }}
.content {{ margin-top: 12pt }}
"""


def _state_head(p: Profile) -> str:
    """Return how the head of a State body's paper differs: country, motto, rules of a part of their text's length."""
    if p.motto is None:
        return ""
    return f"""
.head .left {{ width: 42% }}
.head .right {{ width: 58% }}
.title {{ display: block }}
.title::after {{ content: none }}
.motto {{ display: inline-block; {_font(p.motto)} white-space: nowrap }}
.motto::after {{ content: ""; display: block; margin-top: 1pt; border-top: {RULE} }}
.head td {{ line-height: 1.25 }}
.head .second td {{ padding-top: 8pt }}
.place-date {{ margin-top: 0 }}
.issuing-body, .abstract:has(+ .abstract-rule) {{ display: table; margin: 0 auto }}
.issuing-body::after, .abstract:has(+ .abstract-rule)::after {{ content: ""; display: block; margin: 1.5pt auto 0;
  border-top: {RULE} }}
.issuing-body::after {{ width: {p.body_rule} }}
.abstract::after {{ width: {p.abstract_rule} }}
.abstract-rule {{ height: 8pt }}
.urgency {{ display: inline-block; margin-top: 4pt; padding: 0 2mm; min-width: 16mm; line-height: 8mm; color: #d00000;
  border: 1pt solid #d00000 }}
"""


def _text(p: Profile) -> str:
    return f"""
p {{ margin: {p.paragraph_gap} 0 0; text-align: justify; text-indent: {p.first_indent} }}
h2, h3, h4 {{ {_font(p.heading)} margin: {p.paragraph_gap} 0 0; text-align: left; text-indent: {p.first_indent};
  break-after: avoid }}
h2 {{ margin-top: 12pt }}
h3 {{ {_font(p.point)} }}
h4 {{ {_font(p.point)} font-style: italic }}
.basis {{ {_font(p.basis)} }}
.centred {{ text-align: center; text-indent: 0 }}
p.left {{ text-align: left; text-indent: 0 }}
p.right {{ text-align: right; text-indent: 0 }}
.right {{ text-align: right; text-indent: 0 }}
"""


def _lists(p: Profile) -> str:
    return f"""
.content ul, .content ol, .annex ul, .annex ol {{ margin: {p.paragraph_gap} 0 0; padding: 0 0 0 {p.first_indent} }}
ul {{ list-style-type: "- " }}
li {{ text-align: justify }}
li p {{ margin: 0; text-indent: 0 }}
li + li {{ margin-top: {p.paragraph_gap.value / 2:g}pt }}
"""


def _tables(p: Profile) -> str:
    widths = "\n".join(f"col.w{width} {{ width: {width}mm }}" for width in COLUMN_WIDTHS)
    return f"""
table.grid {{ width: 100%; table-layout: fixed; border-collapse: collapse; margin: 8pt 0 4pt;
  {_font(p.table)} line-height: 1.25 }}
.grid caption {{ {_font(p.heading)} text-align: left; padding-bottom: 3pt; break-after: avoid }}
.grid th, .grid td {{ height: {p.table.size * 1.25:g}pt; border: .5pt solid #000; padding: 2.5pt 4pt; vertical-align: top;
  text-align: left }}
.grid th {{ font-weight: 700; text-align: center; vertical-align: middle }}
.grid td.centre {{ text-align: center }}
.grid td.right {{ text-align: right }}
.grid td p, .grid th p {{ margin: 0; text-indent: 0; text-align: inherit }}
.grid td ul, .grid td ol {{ margin: 0; padding: 0 0 0 3mm }}
.grid tr {{ break-inside: avoid }}
.grid tr:has(> td[colspan]:only-child) {{ break-after: avoid }}
{widths}
"""


def _foot(p: Profile) -> str:
    side = p.verification_code
    return f"""
.signatures {{ margin-top: 14pt; break-inside: avoid; break-before: avoid }}
.signatures td {{ width: 50% }}
.authority {{ {_font(p.authority)} }}
.post {{ {_font(p.post)} }}
.signature-gap {{ height: {p.signature_gap} }}
.signer {{ {_font(p.signer)} min-height: {p.line_height} }}
.signatures .recipients {{ text-align: left; {_font(p.recipients)} line-height: 15pt }}
.signatures .recipients p {{ margin: 0; text-align: left; text-indent: 0 }}
.signatures .recipients-label {{ {_font(p.recipients_label)} text-align: left }}
.verification {{ margin-top: 14pt; padding-top: 6pt; border-top: .5pt solid #777; break-inside: avoid; break-before: avoid;
  {_font(p.verification)} line-height: 1.3; min-height: {side} }}
.verification .qr {{ float: left; width: {side}; height: {side}; margin: 0 4mm 0 0 }}
.verification p {{ text-indent: 0; text-align: left; margin: 0 0 2pt }}
.verification .code {{ font-weight: 700 }}
"""


def _annexes(p: Profile) -> str:
    apart = "@page :nth(1 of annex) { counter-reset: page 1; @top-center { content: none } }" if p.keeps_its_pages_apart else ""
    return f"""
.annex {{ break-before: page; {"page: annex" if apart else ""} }}
.annex > h2:first-child, .annex .annex-name {{ text-align: center; text-indent: 0; margin-top: 0 }}
.annex > h2:first-child {{ {_font(p.annex_label)} }}
.annex .annex-name {{ {_font(p.annex_name)} margin-bottom: 6pt; break-after: avoid }}
.annex .annex-note {{ {_font(p.annex_note)} text-align: center; text-indent: 0; margin: 0 0 6pt }}
{apart}
"""


_MARKS = """
.demonstration-line { position: running(demonstration); font-weight: 700; font-size: 12pt; text-align: center; color: #b00020 }
.demonstration-ground { position: fixed; z-index: -1; top: 118mm; left: -30mm; width: 225mm; margin: 0; text-align: center;
  text-indent: 0; font-weight: 700; font-size: 31pt; line-height: 1; white-space: nowrap;
  color: #f3d3d7; transform: rotate(-52deg) }
"""


def _font(letters: Letters) -> str:
    """Return the declarations for one component's letters, each ending with a semicolon."""
    declarations = [
        f"font-size: {letters.size:g}pt",
        f"font-weight: {700 if letters.bold else 400}",
        f"font-style: {'italic' if letters.italic else 'normal'}",
    ]
    if letters.capitals:
        declarations.append("text-transform: uppercase")
    if letters.underlined:
        declarations.append("text-decoration: underline")
    return "; ".join(declarations) + ";"
