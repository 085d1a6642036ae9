"""PDF files that are small and become huge, turn in circles, or are made to keep a reader busy for ever."""

# ruff: noqa: E501  (bytes of files)

from __future__ import annotations

import struct
import zlib

from tests.copies.bricks import DRAWING, FONT, objects_of, paper, stream, written
from tests.copies.hostile import bomb_of

MEGABYTE = 1 << 20
_DRAWN = {"resources": b"/Font << /F1 4 0 R >> /XObject << /X 10 0 R >>", "content": DRAWING + b" q 99 0 0 99 9 9 cm /X Do Q"}
_IMAGE = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "


def packed(data: bytes, extra: bytes = b"/Filter /FlateDecode") -> bytes:
    """Return a stream whose data is packed already."""
    return stream(data, extra)


def unpacking() -> dict[str, bytes]:
    """Return files whose streams unpack to far more than a paper is."""
    return {
        "content of 300 MB": written({**objects_of(), 5: packed(bomb_of(300 * MEGABYTE))}),
        "content packed twice": written(
            {**objects_of(), 5: packed(bomb_of(1000 * MEGABYTE, 2), b"/Filter [/FlateDecode /FlateDecode]")}
        ),
        "content packed four times": written(
            {**objects_of(), 5: packed(bomb_of(1000 * MEGABYTE, 4), b"/Filter [/Fl /Fl /Fl /Fl]")}
        ),
        "forty filters": written({**objects_of(), 5: packed(zlib.compress(b"q Q"), b"/Filter [" + b"/FlateDecode " * 40 + b"]")}),
        "a font of 300 MB": paper(
            more={
                4: FONT[:-2] + b"/FontDescriptor 10 0 R >>",
                11: packed(bomb_of(300 * MEGABYTE)),
                10: b"<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontFile2 11 0 R >>",
            }
        ),
        "a profile of 300 MB": paper(
            resources=b"/Font << /F1 4 0 R >> /ColorSpace << /C [/ICCBased 10 0 R] >>",
            more={10: packed(bomb_of(300 * MEGABYTE), b"/N 3 /Filter /FlateDecode")},
        ),
        "a predictor with huge columns": written(
            {
                **objects_of(),
                5: packed(zlib.compress(DRAWING), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 >>"),
            }
        ),
        "a predictor with huge colours": written(
            {
                **objects_of(),
                5: packed(
                    zlib.compress(DRAWING), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Colors 2000000 /Columns 9 >>"
                ),
            }
        ),
        "an object stream of 600 MB": written(
            {**objects_of(), 10: packed(bomb_of(600 * MEGABYTE), b"/Type /ObjStm /N 3 /First 20 /Filter /FlateDecode")}
        ),
        "many pages of content of 60 MB": written(_pages(40, packed(bomb_of(60 * MEGABYTE)), each=True)),
        "content in run lengths": written({**objects_of(), 5: packed(b"\x81\0" * (3 * MEGABYTE), b"/Filter /RunLengthDecode")}),
        "a table of 1,000 MB of objects": _table_bomb(),
    }


def pictures() -> dict[str, bytes]:
    """Return files with pictures that say they are larger than any."""
    jpeg = b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, 65500, 65500, 3) + b"\1\x11\0\2\x11\1\3\x11\1" + b"\xff\xd9"
    jpx = b"\xff\x4f\xff\x51" + struct.pack(">HHIIIIIIII", 47, 0, 2**31, 2**31, 0, 0, 1, 1, 0, 0) + b"\0" * 20
    jbig2 = struct.pack(">IBBB", 0, 48, 0, 1) + struct.pack(">I", 19) + struct.pack(">IIIIBH", 2**31, 2**31, 0, 0, 0, 0)
    return {
        "a picture of 10^10 dots": paper(
            **_DRAWN, more={10: packed(bomb_of(9 * MEGABYTE), _IMAGE % (100_000, 100_000) + b"/Filter /FlateDecode")}
        ),
        "a picture of a negative height": paper(**_DRAWN, more={10: stream(b"\0", _IMAGE % (10, -10))}),
        "a picture of no width": paper(**_DRAWN, more={10: stream(b"\0", _IMAGE % (0, 10))}),
        "a JPEG larger than it says": paper(**_DRAWN, more={10: stream(jpeg, _IMAGE % (10, 10) + b"/Filter /DCTDecode")}),
        "a JPEG 2000 of 10^18 dots": paper(**_DRAWN, more={10: stream(jpx, _IMAGE % (10, 10) + b"/Filter /JPXDecode")}),
        "a JBIG2 of 10^18 dots": paper(**_DRAWN, more={10: stream(jbig2, _IMAGE % (10, 10) + b"/Filter /JBIG2Decode")}),
        "a fax of 10^9 columns": paper(
            **_DRAWN,
            more={
                10: stream(
                    b"\0" * 99,
                    _IMAGE % (10, 10) + b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 1000000000 /Rows 100000 >>",
                )
            },
        ),
        "a picture packed three times": paper(
            **_DRAWN,
            more={
                10: packed(bomb_of(900 * MEGABYTE, 3), _IMAGE % (10, 10) + b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")
            },
        ),
        "a mask of 10^10 dots": paper(
            **_DRAWN,
            more={10: stream(b"\0" * 100, _IMAGE % (10, 10) + b"/SMask 11 0 R"), 11: packed(b"x", _IMAGE % (100_000, 100_000))},
        ),
    }


def circles() -> dict[str, bytes]:
    """Return files that lead back into themselves, or are deeper than anybody needs."""
    loop = {
        **objects_of(),
        2: b"<< /Type /Pages /Kids [6 0 R 3 0 R 2 0 R] /Count 3 /Parent 6 0 R >>",
        6: b"<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>",
    }
    laughs = {
        10 + level: stream(b"/X Do " * 10, _FORM + b"/Resources << /XObject << /X %d 0 R >> >>" % (11 + level))
        for level in range(12)
    }
    laughs[22] = stream(b"0 0 9 9 re f", _FORM)
    names = {
        12: b"<< /Kids [12 0 R 13 0 R] >>",
        13: b"<< /Kids [12 0 R] >>",
        11: b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest (a) >>",
    }
    outlines = {
        10: b"<< /First 11 0 R /Last 12 0 R >>",
        11: b"<< /Title (One) /Parent 10 0 R /Next 12 0 R /First 11 0 R /Dest [3 0 R /Fit] >>",
        12: b"<< /Title (Two) /Parent 10 0 R /Next 11 0 R /Prev 12 0 R /First 10 0 R /Dest [3 0 R /Fit] >>",
    }
    return {
        "a page tree that bites its tail": written(loop),
        "a form that draws itself": paper(
            **_DRAWN, more={10: stream(b"/X Do", _FORM + b"/Resources << /XObject << /X 10 0 R >> >>")}
        ),
        "forms that draw each other": paper(
            **_DRAWN,
            more={
                10: stream(b"/X Do", _FORM + b"/Resources << /XObject << /X 11 0 R >> >>"),
                11: stream(b"/X Do", _FORM + b"/Resources << /XObject << /X 10 0 R >> >>"),
            },
        ),
        "forms ten times ten times ten": paper(**_DRAWN, more=laughs),
        "a pattern of itself": paper(
            resources=b"/Font << /F1 4 0 R >> /Pattern << /P 10 0 R >>",
            content=DRAWING + b" /Pattern cs /P scn 0 0 500 500 re f",
            more={
                10: stream(
                    b"/Pattern cs /P scn 0 0 9 9 re f",
                    b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1 /YStep 1 "
                    b"/Resources << /Pattern << /P 10 0 R >> >>",
                )
            },
        ),
        "a mask of itself": paper(
            resources=b"/Font << /F1 4 0 R >> /ExtGState << /G 10 0 R >>",
            content=b"/G gs " + DRAWING,
            more={
                10: b"<< /SMask << /S /Alpha /G 11 0 R >> >>",
                11: stream(b"/G gs 0 0 9 9 re f", _FORM + b"/Resources << /ExtGState << /G 10 0 R >> >>"),
            },
        ),
        "a glyph of itself": paper(
            resources=b"/Font << /F1 10 0 R >>",
            more={
                10: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 11 0 R >> /FirstChar 97 "
                b"/LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /Resources << /Font << /F1 10 0 R >> >> >>",
                11: stream(b"9 0 d0 BT /F1 9 Tf (aaaaaaaaaa) Tj ET"),
            },
        ),
        "a colour space of itself": paper(
            resources=b"/Font << /F1 4 0 R >> /ColorSpace << /C 10 0 R >>", more={10: b"[/Indexed 10 0 R 1 <0000>]"}
        ),
        "a function of itself": paper(
            resources=b"/Font << /F1 4 0 R >> /Shading << /S 10 0 R >>",
            content=DRAWING + b" /S sh",
            more={
                10: b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] /Function 11 0 R >>",
                11: b"<< /FunctionType 3 /Domain [0 1] /Functions [11 0 R 11 0 R] /Bounds [.5] /Encode [0 1 0 1] >>",
            },
        ),
        "names in a circle": paper(catalog=b"/Names << /Dests 12 0 R >>", page=b"/Annots [11 0 R]", more=names),
        "contents in a circle": paper(catalog=b"/Outlines 10 0 R", more=outlines),
        "fields in a circle": paper(
            catalog=b"/AcroForm << /Fields [10 0 R] >>",
            page=b"/Annots [10 0 R]",
            more={
                10: b"<< /Subtype /Widget /Rect [0 0 9 9] /Parent 11 0 R >>",
                11: b"<< /Parent 10 0 R /Kids [10 0 R 11 0 R] >>",
            },
        ),
        "references in a circle": paper(page=b"/Rotate 10 0 R", more={10: b"11 0 R", 11: b"10 0 R"}),
        "the length of a stream is in itself": written(
            {**objects_of(), 5: b"<< /Length 5 0 R >>\nstream\n%s\nendstream" % DRAWING}
        ),
        "arrays 100,000 deep": paper(catalog=b"/Deep " + b"[" * 100_000 + b"]" * 100_000),
        "dictionaries 50,000 deep": paper(page=b"/Deep " + b"<< /D " * 50_000 + b"0" + b" >>" * 50_000),
        "forms 400 deep": paper(
            **_DRAWN,
            more={10 + n: stream(b"/X Do", _FORM + b"/Resources << /XObject << /X %d 0 R >> >>" % (11 + n)) for n in range(400)},
        ),
        "tables of places that follow each other": _previous_loop(),
        "a layer's rule of itself": paper(
            catalog=b"/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>",
            resources=b"/Font << /F1 4 0 R >> /Properties << /M 11 0 R >>",
            content=DRAWING + b" /OC /M BDC EMC",
            more={10: b"<< /Type /OCG /Name (x) >>", 11: b"<< /Type /OCMD /VE 12 0 R >>", 12: b"[/Not 12 0 R 12 0 R]"},
        ),
    }


def crowds() -> dict[str, bytes]:
    """Return files with more of something than a paper has."""
    return {
        "10^6 kids": written({**objects_of(), 2: b"<< /Type /Pages /Count 1000000 /Kids [" + b"3 0 R " * 1_000_000 + b"] >>"}),
        "5,000 pages": written(_pages(5000, stream(DRAWING))),
        "a count that lies": written({**objects_of(), 2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"}),
        "a huge page": paper(box=b"[0 0 1000000000 1000000000]"),
        "a page as long as the equator": paper(box=b"[0 0 10 100000000]"),
        "a page of no size": paper(box=b"[0 0 0 0]"),
        "a page of no box": written(
            {**objects_of(), 3: b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"}
        ),
        "a page in huge units": paper(page=b"/UserUnit 100000000"),
        "a page with a box of words": paper(box=b"[(a) /b null 5]"),
        "100,000 comments": paper(
            page=b"/Annots [" + b"<< /Subtype /Link /Rect [0 0 9 9] /Dest [3 0 R /Fit] >> " * 100_000 + b"]"
        ),
        "100,000 chapters": written(
            {
                **objects_of(catalog=b"/Outlines 10 0 R"),
                10: b"<< /First 11 0 R >>",
                **{n: b"<< /Title (x) /Next %d 0 R /Dest [3 0 R /Fit] >>" % (n + 1) for n in range(11, 100_000)},
            }
        ),
        "a state saved a million times": paper(content=b"q " * 1_000_000 + DRAWING),
        "a pattern of tiny steps": paper(
            resources=b"/Font << /F1 4 0 R >> /Pattern << /P 10 0 R >>",
            content=DRAWING + b" /Pattern cs /P scn 0 0 500 500 re f",
            more={
                10: stream(
                    b"0 0 1 1 re f",
                    b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.00001 /YStep 0.00001 /Resources << >>",
                )
            },
        ),
        "a dash of tiny steps": paper(content=DRAWING + b" [0.00001 0.00001] 0 d 0 0 m 500 500 l S"),
        "a number of 100,000 digits": paper(content=b"9" * 100_000 + b" w " + DRAWING, page=b"/X " + b"9" * 100_000),
        "a name of 100,000 letters": paper(resources=b"/Font << /F1 4 0 R /" + b"a" * 100_000 + b" 4 0 R >>"),
        "a curve of a million points": paper(content=b"0 0 m " + b"1 2 3 4 5 6 c 9 9 l " * 400_000 + b"S " + DRAWING),
    }


def _pages(count: int, body: bytes, *, each: bool = False) -> dict[int, bytes]:
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 4: FONT, 5: body}
    kids = []
    for n in range(count):
        number = 10 + 2 * n
        if each:
            objects[number + 1] = body
        kids.append(b"%d 0 R" % number)
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents %d 0 R >>"
            % (number + 1 if each else 5)
        )
    return {**objects, 2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b" ".join(kids))}


def _previous_loop() -> bytes:
    data = paper()
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    return data.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % start)


def _table_bomb() -> bytes:
    body = packed(bomb_of(1000 * MEGABYTE), b"/Type /XRef /W [1 4 1] /Size 170000000 /Root 1 0 R /Filter /FlateDecode")
    data = written(objects_of())
    start = len(data)
    return data + b"60 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (body, start)


def every() -> dict[str, bytes]:
    """Return all of them by name."""
    return {**unpacking(), **pictures(), **circles(), **crowds()}
