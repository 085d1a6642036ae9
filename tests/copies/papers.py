"""Papers as offices write them: text with tables and pictures, fields, comments, turned pages, layers, presentations."""

# ruff: noqa: E501  (content of papers)

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from weasyprint import HTML

STYLE = """
@page { size: A4; margin: 2cm; @bottom-center { content: counter(page) } }
@page wide { size: A4 landscape }
body { font-family: "Liberation Serif"; font-size: 13pt } h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }
.wide { page: wide } table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #555; padding: 4px }
.glass { background: rgba(200, 20, 20, .35); height: 90px; margin-top: -40px } .slope { background: linear-gradient(90deg, red, blue 70%); height: 60px }
.round { border-radius: 20px; background: radial-gradient(yellow, green); height: 80px; opacity: .6; transform: rotate(4deg) }
"""
ROWS = "".join(f"<tr><td>{n}<td>Điểm cầu {n}<td>Đại biểu {n:02}-03<td>{n * 1234567:,}" for n in range(1, 25))
TEXT = f"""<html lang="vi"><head><title>Báo cáo</title><style>{STYLE}</style></head><body>
<h1 id="one">I. Tình hình chung</h1><p>Cộng hòa xã hội chủ nghĩa Việt Nam. Ưu điểm, khuyết điểm; đề nghị các đơn vị nghiêm túc thực hiện.
<a href="#two">Xem phần II</a>, <a href="https://example.vn/van-ban">văn bản gốc</a>.</p><h2>1. Số liệu</h2><table>{ROWS}</table>
<div class="slope"></div><div class="glass"></div><div class="round"></div>
<h1 id="two" class="wide">II. Kiến nghị</h1><p class="wide">Ằ Ẵ Ẳ Ặ ợ ữ đ Đ – “trích dẫn” …</p></body></html>"""


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def text() -> bytes:
    """Return a report of several pages, upright and wide, with contents, links, a table, colours that shine through."""
    return HTML(string=TEXT).write_pdf()


def picture(mode: str = "RGB", size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Return a drawing with edges, shades and colours."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.ellipse((40, 40, size[0] - 60, size[1] - 50), fill=(200, 30, 30), outline=(0, 0, 90), width=7)
    pen.rectangle((size[0] // 2, 20, size[0] - 20, 90), fill=(20, 120, 220))
    return image.convert(mode)


def pictures() -> bytes:
    """Return a page with pictures packed in different ways, one with a mask."""
    page = pikepdf.new()
    names = {}
    for n, (mode, colours) in enumerate((("RGB", Name.DeviceRGB), ("L", Name.DeviceGray), ("CMYK", Name.DeviceCMYK))):
        jpeg = io.BytesIO()
        picture(mode).save(jpeg, "JPEG", quality=90)
        names[f"/J{n}"] = page.make_indirect(
            pikepdf.Stream(
                page, jpeg.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=400, Height=300, ColorSpace=colours,
                BitsPerComponent=8, Filter=Name.DCTDecode, **({"Decode": Array([1, 0] * 4)} if mode == "CMYK" else {}),
            )
        )  # fmt: skip
    mask = pikepdf.Stream(
        page, Image.radial_gradient("L").tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=256, Height=256,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    names["/M"] = page.make_indirect(
        pikepdf.Stream(
            page, picture(size=(256, 256)).tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=256, Height=256,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8, SMask=page.make_indirect(mask),
        )
    )  # fmt: skip
    palette = bytes(range(48))
    names["/I"] = page.make_indirect(
        pikepdf.Stream(
            page, bytes(n % 16 * 17 for n in range(64 * 64)), Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64,
            ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 15, String(palette)]), BitsPerComponent=8, Decode=Array([0, 15]),
        )
    )  # fmt: skip
    fresh = page.add_blank_page(page_size=(595, 842)).obj
    fresh.Resources = Dictionary(XObject=Dictionary(names))
    places = ((50, 600), (300, 600), (50, 350), (300, 350), (50, 100))
    fresh.Contents = page.make_stream(
        b"0.9 1 0.9 rg 0 0 595 842 re f\n"
        + b"".join(
            b"q 200 0 0 180 %d %d cm %s Do Q\n" % (x, y, name.encode()) for (x, y), name in zip(places, names, strict=True)
        )
        + b"q 80 0 0 80 300 100 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\x80\xff\x40 EI Q"
    )
    return _saved(page)


def turned() -> bytes:
    """Return pages turned by every quarter, cut to a part, moved, one inheriting all of it."""
    with pikepdf.open(io.BytesIO(text())) as pdf:
        for n, page in enumerate(pdf.pages):
            page.obj.Rotate = (90, 180, 270, -90)[n % 4]
            if n == 0:
                page.obj.CropBox = Array([60, 100, 500, 700])
            if n == 1:
                page.obj.MediaBox = Array([-20, -30, 575, 812])
        pdf.Root.Pages.Rotate = 90
        del pdf.pages[-1].obj["/Rotate"]
        return _saved(pdf)


def _look(pdf: pikepdf.Pdf, content: bytes, box: tuple[int, int], **more: object) -> pikepdf.Object:
    look = pdf.make_stream(content)
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, *box])
    look.Resources = Dictionary(Font=Dictionary(T1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
    for key, value in more.items():
        look[f"/{key}"] = value
    return look


def annotated() -> bytes:
    """Return a page with comments and filled fields: with looks of their own, in a state, turned; and without."""
    with pikepdf.open(io.BytesIO(text())) as pdf:

        def add(subtype: str, rectangle: list[int], **keys: object) -> None:
            pdf.pages[0].obj.Annots.append(
                pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=Array(rectangle), **keys))
            )  # fmt: skip

        pdf.pages[0].obj.Annots = pdf.pages[0].obj.get("/Annots", Array([]))
        stamp = b"0.8 0 0 RG 4 w 2 2 196 56 re S BT /T1 24 Tf 0.8 0 0 rg 20 20 Td (APPROVED) Tj ET"
        add("Stamp", [300, 600, 500, 660], AP=Dictionary(N=_look(pdf, stamp, (200, 60))), F=4)
        add("Stamp", [60, 500, 120, 700], AP=Dictionary(N=_look(pdf, stamp, (200, 60), Matrix=Array([0, 1, -1, 0, 60, 0]))), F=4)
        add(
            "FreeText",
            [300, 500, 540, 560],
            AP=Dictionary(N=_look(pdf, b"0 0 1 rg BT /T1 20 Tf 5 20 Td (A remark) Tj ET", (240, 60))),
            F=4,
        )
        add("Highlight", [56, 720, 300, 745], QuadPoints=Array([56, 745, 300, 745, 56, 720, 300, 720]), C=Array([1, 1, 0]), F=4)
        on, off = _look(pdf, b"2 w 2 2 m 18 18 l 2 18 m 18 2 l S", (20, 20)), _look(pdf, b"1 w 1 1 18 18 re S", (20, 20))
        for n, state in enumerate((Name.On, Name.Off)):
            add(
                "Widget",
                [60 + 40 * n, 400, 80 + 40 * n, 420],
                FT=Name.Btn,
                T=f"box{n}",
                AS=state,
                AP=Dictionary(N=Dictionary(On=on, Off=off)),
                F=4,
            )
        field = b"/Tx BMC q BT /T1 14 Tf 2 6 Td (Filled in by hand) Tj ET Q EMC"
        add(
            "Widget",
            [200, 400, 420, 424],
            FT=Name.Tx,
            T="name",
            V="Filled in by hand",
            AP=Dictionary(N=_look(pdf, field, (220, 24))),
            F=4,
        )
        pdf.Root.AcroForm = Dictionary(Fields=Array(list(pdf.pages[0].obj.Annots)[-3:]))
        return _saved(pdf)


def filled() -> bytes:
    """Return a page with fields that were filled in, in Vietnamese, by a program that draws none of it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.Annots = Array([])
    long_ = "Đề nghị các điểm cầu kiểm tra đường truyền trước giờ khai mạc, báo cáo kết quả về Văn phòng.\rTrân trọng."
    for n, (keys, value) in enumerate(
        (({}, "Nguyễn Thị Ưu Điểm"), ({"DA": "/Helv 14 Tf 0 g", "Q": 2}, "Sát mép phải"), ({"Ff": 1 << 12}, long_), ({"Ff": 1 << 13}, "bí mật"),
         ({"FT": Name.Ch, "Opt": Array([Array(["lc", "Lào Cai"]), Array(["yb", "Yên Bái"])])}, "lc"), ({}, "   "))
    ):  # fmt: skip
        body = {"FT": Name.Tx, "T": f"f{n}", "V": value, **keys}
        page.Annots.append(
            pdf.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([50, 700 - 80 * n, 400, 760 - 80 * n]), F=4, **body)
            )
        )
    pdf.Root.AcroForm = Dictionary(Fields=Array(list(page.Annots)), NeedAppearances=True)
    return _saved(pdf)


def unbalanced() -> bytes:
    """Return a page that saves its state without restoring it, scales and colours everything, and has a comment on it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.Resources = Dictionary(Font=Dictionary(T1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
    page.Contents = Array([
        pdf.make_stream(b"Q Q q 0.5 0 0 0.5 100 100 cm q 1 0 0 rg BT /T1 60 Tf 50 9"), pdf.make_stream(b"00 Td (Half as large) Tj ET 0.3 w"),
    ])  # fmt: skip
    look = _look(pdf, b"0 0.6 0 rg 0 0 100 40 re f", (100, 40))
    page.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([50, 50, 150, 90]), AP=Dictionary(N=look), F=4)
            )
        ]
    )
    return _saved(pdf)


def layered() -> bytes:
    """Return a page with a layer that is seen and one that is not."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    seen, unseen = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("seen", "unseen"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([seen, unseen]), D=Dictionary(OFF=Array([unseen]), Order=Array([seen, unseen])))
    page.Resources = Dictionary(
        Font=Dictionary(T1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)),
        Properties=Dictionary(P1=seen, P2=unseen),
    )
    page.Contents = pdf.make_stream(
        b"/OC /P1 BDC 0 0 1 rg 100 600 200 100 re f EMC /OC /P2 BDC 1 0 0 rg 100 300 300 200 re f q 2 0 0 2 0 0 cm EMC "
        b"Q BT /T1 30 Tf 100 200 Td (Behind the layers) Tj ET"
    )
    return _saved(pdf)


def drawing() -> bytes:
    """Return a page with patterns, shadings, a knocked-out group, a soft mask, a font of drawings and colours of inks."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    line = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    ink = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 1, 0]), N=1)
    tile = pdf.make_stream(b"0 0.5 0 rg 0 0 8 8 re f")
    for key, value in {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": Array([0, 0, 16, 16]), "XStep": 16, "YStep": 16,
                       "Resources": Dictionary()}.items():  # fmt: skip
        tile[f"/{key}"] = value
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([50, 0, 500, 0]), Function=line, Extend=Array([True, True])
    )
    veil = _look(pdf, b"/S sh", (595, 842), Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    veil.Resources = Dictionary(Shading=Dictionary(S=shading))
    glyph = pdf.make_stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 700 re f")
    stars = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph), Encoding=Dictionary(Differences=Array([97, Name.a])), FirstChar=97, LastChar=97,
        Widths=Array([1100]), Resources=Dictionary(),
    )  # fmt: skip
    page.Resources = Dictionary(
        Pattern=Dictionary(T=tile, G=Dictionary(PatternType=2, Shading=shading)),
        Font=Dictionary(S=stars),
        Shading=Dictionary(S=shading),
        ColorSpace=Dictionary(Ink=Array([Name.Separation, Name("/Son đỏ"), Name.DeviceCMYK, ink])),
        ExtGState=Dictionary(
            M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=veil)), N=Dictionary(SMask=Name("/None"), BM=Name.Multiply, ca=0.5)
        ),
    )
    page.Contents = pdf.make_stream(
        b"/Pattern cs /T scn 50 650 200 150 re f /G scn 300 650 200 150 re f /Ink cs 0.8 scn 50 450 200 150 re f "
        b"q /M gs 0 g 300 450 200 150 re f Q BT /S 40 Tf 0 0.4 0 rg 50 380 Td (aaaa) Tj ET q 50 200 400 100 re W n /S sh Q /N gs 1 0 0 rg 100 150 300 200 re f"
    )
    return _saved(pdf)


EVERY: dict[str, Callable[[], bytes]] = {
    "text": text, "pictures": pictures, "turned": turned, "annotated": annotated, "unbalanced": unbalanced, "layered": layered, "drawing": drawing,
}  # fmt: skip
