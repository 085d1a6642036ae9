"""PDF files that do something: every kind of action at every place, files, films, forms, other files' content, hidden things."""

# ruff: noqa: E501  (bytes of files)

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import pikepdf

from tests.copies.bricks import DRAWING, EVIL, FONT, JS, TRACE, annotation, objects_of, paper, stream, updated, written

SPEC = b"<< /Type /Filespec /F (" + TRACE + b".exe) /UF (" + TRACE + b".exe) /EF << /F 40 0 R >> >>"
FILE = stream(b"MZ" + TRACE * 20, b"/Type /EmbeddedFile", packed=True)

ACTIONS: dict[str, bytes] = {
    "javascript": b"<< /S /JavaScript /JS (" + JS.replace(b"(", b"\\(").replace(b")", b"\\)") + b") >>",
    "javascript-in-a-stream": b"<< /S /JavaScript /JS 41 0 R >>",
    "javascript-in-hexadecimal": b"<< /S /JavaScript /JS <" + JS.hex().encode() + b"> >>",
    "javascript-obfuscated": b"<< /#53 /J#61vaScrip#74 /#4a#53 (" + TRACE + b") >>",
    "uri": b"<< /S /URI /URI (" + EVIL + b") >>",
    "uri-javascript": b"<< /S /URI /URI (javascript:" + TRACE + b") >>",
    "uri-file": b"<< /S /URI /URI (file:///etc/passwd?" + TRACE + b") >>",
    "launch": b"<< /S /Launch /F (" + TRACE + b".exe) /NewWindow true >>",
    "launch-on-windows": b"<< /S /Launch /Win << /F (cmd.exe) /P (/c " + TRACE + b") >> >>",
    "launch-on-unix": b"<< /S /Launch /Unix << /F (/bin/sh) /P (" + TRACE + b") >> >>",
    "goto-another-file": b"<< /S /GoToR /F (\\\\\\\\" + TRACE + b"\\\\share\\\\x.pdf) /D [0 /Fit] >>",
    "goto-an-embedded-file": b"<< /S /GoToE /T << /R /C /N (" + TRACE + b") >> /D [0 /Fit] >>",
    "submit-a-form": b"<< /S /SubmitForm /F << /FS /URL /F (" + EVIL + b") >> /Flags 4 >>",
    "import-data": b"<< /S /ImportData /F (" + TRACE + b".fdf) >>",
    "reset-a-form": b"<< /S /ResetForm /Fields [(" + TRACE + b")] >>",
    "hide": b"<< /S /Hide /T (" + TRACE + b") >>",
    "named-print": b"<< /S /Named /N /Print /X (" + TRACE + b") >>",
    "movie": b"<< /S /Movie /T (" + TRACE + b") /Operation /Play >>",
    "sound": b"<< /S /Sound /Sound 42 0 R >>",
    "rendition": b"<< /S /Rendition /OP 0 /JS (" + TRACE + b") /R << /S /MR /C << /S /MCD /D " + SPEC + b" >> >> >>",
    "rich-media": b"<< /S /RichMediaExecute /CMD << /C (" + TRACE + b") >> >>",
    "view-in-3d": b"<< /S /GoTo3DView /V (" + TRACE + b") >>",
    "layer-state": b"<< /S /SetOCGState /State [/ON] /X (" + TRACE + b") >>",
    "transition": b"<< /S /Trans /Trans << /S /" + TRACE + b" >> >>",
    "thread": b"<< /S /Thread /F (" + TRACE + b".pdf) /D 0 >>",
    "document-part": b"<< /S /GoToDp /Dp 40 0 R /X (" + TRACE + b") >>",
    "chained": b"<< /S /GoTo /D [3 0 R /Fit] /Next [<< /S /URI /URI ("
    + EVIL
    + b") /Next << /S /JavaScript /JS ("
    + TRACE
    + b") >> >>] >>",
    "unknown": b"<< /S /Diemcau" + TRACE + b" /X (" + TRACE + b") >>",
}
_SUPPLIES = {40: FILE, 41: stream(JS, packed=True), 42: stream(TRACE * 9, b"/Type /Sound /R 8000")}


def _at_places(name: str, action: bytes) -> dict[str, bytes]:
    link = annotation("Link", b"/A 10 0 R /PA 10 0 R")
    outlines = {
        11: b"<< /Type /Outlines /First 12 0 R /Last 12 0 R /Count 1 >>",
        12: b"<< /Title (Chapter) /Parent 11 0 R /A 10 0 R >>",
    }
    return {
        f"{name}, when opened": paper(catalog=b"/OpenAction 10 0 R", more={10: action, **_SUPPLIES}),
        f"{name}, on a link": paper(page=b"/Annots [11 0 R]", more={10: action, 11: link, **_SUPPLIES}),
        f"{name}, in the contents": paper(catalog=b"/Outlines 11 0 R", more={10: action, **outlines, **_SUPPLIES}),
    }


def actions() -> dict[str, bytes]:
    """Return every action at the places where most viewers look for them."""
    return {name: data for kind, action in ACTIONS.items() for name, data in _at_places(kind, action).items()}


def places() -> dict[str, bytes]:
    """Return a program at every place where one can stand."""
    act = ACTIONS["javascript"]
    every = {10: act}

    def additional(*keys: str) -> bytes:
        return b"/AA << " + b" ".join(b"/%s 10 0 R" % key.encode() for key in keys) + b" >>"

    field = b"/FT /Tx /T (name) /V (Filled) /DA (/F1 12 Tf 0 g) "
    look = {
        12: stream(
            b"BT /F1 12 Tf 2 5 Td (Filled) Tj ET", b"/Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /F1 4 0 R >> >>"
        )
    }
    form = b"/AcroForm << /Fields [11 0 R] /DR << /Font << /F1 4 0 R >> >> /CO [11 0 R] >>"
    return {
        "program of the file's life": paper(catalog=additional("WC", "WS", "DS", "WP", "DP"), more=every),
        "program of a page": paper(page=additional("O", "C"), more=every),
        "program of a comment": paper(
            page=b"/Annots [11 0 R]",
            more={**every, 11: annotation("Text", b"/Contents (x) " + additional("E", "X", "D", "U", "PO", "PC", "PV", "PI"))},
        ),
        "program of a field": paper(
            catalog=form,
            page=b"/Annots [11 0 R]",
            more={
                **every,
                **look,
                11: annotation("Widget", field + additional("K", "F", "V", "C", "Fo", "Bl") + b" /AP << /N 12 0 R >>"),
            },
        ),
        "program of a button": paper(
            catalog=form,
            page=b"/Annots [11 0 R]",
            more={
                **every,
                11: annotation("Widget", b"/FT /Btn /T (b) /Ff 65536 /A 10 0 R /MK << /CA (Press) /I 12 0 R >>"),
                **look,
            },
        ),
        "program among names": paper(catalog=b"/Names << /JavaScript << /Names [(a) 10 0 R] >> >>", more=every),
        "program among nested names": paper(
            catalog=b"/Names << /JavaScript << /Kids [11 0 R] >> >>",
            more={**every, 11: b"<< /Limits [(a) (a)] /Kids [12 0 R] >>", 12: b"<< /Limits [(a) (a)] /Names [(a) 10 0 R] >>"},
        ),
        "program in an inherited page dictionary": written(
            {**objects_of(more=every), 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /AA << /O 10 0 R >> >>"}
        ),
        "program in a thread and a requirement": paper(
            catalog=b"/Requirements [<< /S /EnableJavaScripts /RH << /S /JS /Script (" + TRACE + b") >> >>] /Threads [10 0 R]",
            more=every,
        ),
        "program in the trailer and the information": written(
            objects_of(more={**every, 11: b"<< /Author (" + TRACE + b") /Custom 10 0 R >>"}),
            trailer=b"/Info 11 0 R /Extra 10 0 R",
        ),
        "program in a font's matrix": paper(
            resources=b"/Font << /F1 10 0 R >>",
            more={
                10: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 (0\\); alert\\('"
                + TRACE
                + b"')] "
                b"/CharProcs << /a 12 0 R >> /FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> >>",
                12: stream(b"9 0 d0 0 0 9 9 re f"),
            },
        ),
        "program in PostScript": paper(
            resources=b"/Font << /F1 4 0 R >> /XObject << /P 10 0 R >>",
            content=DRAWING + b" /P Do",
            more={10: stream(b"(" + TRACE + b") run", b"/Type /XObject /Subtype /PS /Level1 11 0 R"), 11: stream(TRACE)},
        ),
        "program in a second subtype": paper(
            resources=b"/Font << /F1 4 0 R >> /XObject << /P 10 0 R >>",
            content=DRAWING + b" /P Do",
            more={
                10: stream(b"(" + TRACE + b") run", b"/Type /XObject /Subtype /Form /Subtype2 /PS /BBox [0 0 0 0] /PS 11 0 R"),
                11: stream(TRACE),
            },
        ),
    }


def carried() -> dict[str, bytes]:
    """Return papers that carry something along: files, films, sound, models, forms of other kinds."""
    stored = {10: SPEC, 40: FILE}
    xfa = stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>" + TRACE + b"</script></xdp:xdp>")
    media = b"<< /Type /RichMediaContent /Assets << /Names [(a.swf) 10 0 R] >> /Configurations [<< /Subtype /Flash >>] >>"
    return {
        "files among names": paper(catalog=b"/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>", more=stored),
        "files as a collection": paper(
            catalog=b"/Collection << /View /T /D (" + TRACE + b") >> /Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>",
            more=stored,
        ),
        "files of the file": paper(catalog=b"/AF [10 0 R]", page=b"/AF 10 0 R", more=stored),
        "a file as a comment": paper(
            page=b"/Annots [11 0 R]", more={**stored, 11: annotation("FileAttachment", b"/FS 10 0 R /Name /PushPin")}
        ),
        "a film": paper(
            page=b"/Annots [11 0 R]", more={**stored, 11: annotation("Movie", b"/Movie << /F 10 0 R /Poster true >> /A true")}
        ),
        "a sound": paper(
            page=b"/Annots [11 0 R]", more={11: annotation("Sound", b"/Sound 12 0 R"), 12: stream(TRACE, b"/R 8000")}
        ),
        "a screen": paper(
            page=b"/Annots [11 0 R]",
            more={**stored, 12: ACTIONS["rendition"], 11: annotation("Screen", b"/A 12 0 R /AA << /PV 12 0 R >>")},
        ),
        "rich media": paper(
            page=b"/Annots [11 0 R]", more={**stored, 11: annotation("RichMedia", b"/RichMediaContent " + media)}
        ),
        "a 3D model": paper(
            page=b"/Annots [11 0 R]",
            more={
                11: annotation("3D", b"/3DD 12 0 R /3DA << /A /PO >>"),
                12: stream(TRACE, b"/Type /3D /Subtype /U3D /OnInstantiate 13 0 R"),
                13: stream(JS),
            },
        ),
        "a form of XFA beside fields": paper(catalog=b"/AcroForm << /Fields [] /XFA 10 0 R >>", more={10: xfa}),
        "a form of XFA in parts": paper(
            catalog=b"/AcroForm << /Fields [] /XFA [(template) 10 0 R (datasets) 10 0 R] >>", more={10: xfa}
        ),
        "metadata": paper(
            catalog=b"/Metadata 10 0 R", page=b"/Metadata 10 0 R", more={10: stream(TRACE, b"/Type /Metadata /Subtype /XML")}
        ),
        "private data": paper(
            catalog=b"/PieceInfo << /Evil << /Private 10 0 R >> >> /SpiderInfo << /V 1 /C [10 0 R] >>",
            page=b"/PieceInfo << /Evil << /Private 10 0 R >> >> /Thumb 10 0 R",
            more={10: stream(TRACE)},
        ),
        "structure with words": paper(
            catalog=b"/StructTreeRoot << /Type /StructTreeRoot /K 10 0 R >> /MarkInfo << /Marked true >>",
            more={10: b"<< /S /P /ActualText (" + TRACE + b") /AF [11 0 R] /A << /O /" + TRACE + b" >> >>", 11: SPEC, 40: FILE},
        ),
        "objects that nothing leads to": paper(more={10: ACTIONS["javascript"], **stored, 41: ACTIONS["launch"]}),
        "a signature": paper(
            catalog=b"/AcroForm << /Fields [11 0 R] /SigFlags 3 >> /Perms << /DocMDP 12 0 R >> /DSS << /Certs [13 0 R] >>",
            page=b"/Annots [11 0 R]",
            more={
                11: annotation("Widget", b"/FT /Sig /T (s) /V 12 0 R"),
                13: stream(TRACE),
                12: b"<< /Type /Sig /Filter /Adobe.PPKLite /Name (" + TRACE + b") /Contents <00> /ByteRange [0 1 2 3] >>",
            },
        ),
    }


def from_elsewhere() -> dict[str, bytes]:
    """Return papers that draw what stands in another file, or on another machine."""
    outside = b"/F << /FS /URL /F (" + EVIL + b") >> "
    image = b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    drawn = {"resources": b"/Font << /F1 4 0 R >> /XObject << /X 10 0 R >>", "content": DRAWING + b" q 99 0 0 99 9 9 cm /X Do Q"}
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] "
    return {
        "content from elsewhere": written({**objects_of(), 5: stream(DRAWING, outside + b"/FFilter /FlateDecode")}),
        "a picture from elsewhere": paper(**drawn, more={10: stream(b"\0\0\0\0", image + outside)}),
        "a form from elsewhere": paper(**drawn, more={10: stream(b"", form + outside + b"/FDecodeParms << >>")}),
        "a font from elsewhere": paper(
            more={
                4: FONT[:-2] + b"/FontDescriptor 10 0 R >>",
                11: stream(b"", outside),
                10: b"<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontFile2 11 0 R >>",
            }
        ),
        "a reference to another file's page": paper(
            **drawn, more={10: stream(b"", form + b"/Ref << /F (" + TRACE + b".pdf) /Page 0 >>")}
        ),
        "an OPI picture": paper(
            **drawn, more={10: stream(b"\0\0\0\0", image + b"/OPI << /2.0 << /Type /OPI /F (" + TRACE + b") >> >>")}
        ),
        "alternates of a picture": paper(
            **drawn,
            more={
                10: stream(b"\0\0\0\0", image + b"/Alternates [<< /Image 11 0 R /DefaultForPrinting true >>]"),
                11: stream(b"\0\0\0\0", image + outside),
            },
        ),
        "a base for addresses": paper(catalog=b"/URI << /Base (" + EVIL + b") >>"),
        "a link without an action's type": paper(
            page=b"/Annots [11 0 R]", more={11: annotation("Link", b"/A << /URI (" + EVIL + b") >>")}
        ),
        "a destination that is an action": paper(
            catalog=b"/Dests << /a << /D [3 0 R /Fit] /A 10 0 R /S /JavaScript /JS (" + TRACE + b") >> >>",
            page=b"/Annots [11 0 R]",
            more={10: ACTIONS["javascript"], 11: annotation("Link", b"/Dest /a")},
        ),
        "a character map from elsewhere": paper(
            more={
                4: b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 10 0 R /DescendantFonts [11 0 R] >>",
                10: stream(b"begincmap endcmap", b"/Type /CMap /CMapName /X /UseCMap 12 0 R " + outside),
                12: stream(TRACE),
                11: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement 0 >> >>",
            }
        ),
    }


def hidden() -> dict[str, bytes]:
    """Return papers with layers: what is hidden when they are opened must not be in the copy; what is seen must."""
    trap = b" BT /F1 18 Tf 72 300 Td (" + TRACE + b") Tj ET "
    off = b"/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>"
    group = {10: b"<< /Type /OCG /Name (hidden) >>"}
    layer = b"/Font << /F1 4 0 R >> /Properties << /L 10 0 R /M 11 0 R >>"
    form = stream(trap, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /OC 10 0 R /Resources << /Font << /F1 4 0 R >> >>")
    nested = stream(
        b"/OC /L BDC" + trap + b"EMC", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << " + layer + b" >>"
    )
    xobject = b"/Font << /F1 4 0 R >> /XObject << /X 12 0 R >>"
    member = {11: b"<< /Type /OCMD /OCGs [10 0 R] /P /AllOn >>"}
    rule = {11: b"<< /Type /OCMD /VE [/And 10 0 R [/Not [/Or 10 0 R]]] >>"}
    return {
        "a hidden layer in content": paper(
            catalog=off, resources=layer, content=DRAWING + b" /OC /L BDC" + trap + b"EMC", more={**group, **member}
        ),
        "a hidden layer by a rule": paper(
            catalog=off, resources=layer, content=DRAWING + b" /OC /M BDC" + trap + b"EMC", more={**group, **rule}
        ),
        "a hidden layer by membership": paper(
            catalog=off, resources=layer, content=DRAWING + b" /OC /M BDC" + trap + b"EMC", more={**group, **member}
        ),
        "a hidden form": paper(catalog=off, resources=xobject, content=DRAWING + b" /X Do", more={**group, 12: form}),
        "a hidden layer within a form": paper(
            catalog=off, resources=xobject, content=DRAWING + b" /X Do", more={**group, **member, 12: nested}
        ),
        "layers that are off from the start": paper(
            catalog=b"/OCProperties << /OCGs [10 0 R] /D << /BaseState /OFF >> >>",
            resources=layer,
            content=DRAWING + b" /OC /L BDC" + trap + b"EMC",
            more={**group, **member},
        ),
        "a layer for printing alone": paper(
            catalog=b"/OCProperties << /OCGs [10 0 R] /D << /AS [<< /Event /View /Category [/View] /OCGs [10 0 R] >>] >> >>",
            resources=layer,
            content=DRAWING + b" /OC /L BDC" + trap + b"EMC",
            more={**member, 10: b"<< /Type /OCG /Name (print) /Usage << /View << /ViewState /OFF >> >> >>"},
        ),
        "a hidden comment": paper(
            page=b"/Annots [11 0 R 13 0 R]",
            more={
                12: stream(trap, b"/Subtype /Form /BBox [0 0 595 842]"),
                11: annotation("FreeText", b"/F 2 /AP << /N 12 0 R >>"),
                13: annotation("Text", b"/Contents (" + TRACE + b") /T (" + TRACE + b") /Popup 14 0 R"),
                14: annotation("Popup"),
            },
        ),
        "a layer hidden on two pages with the same resources": written(
            {
                **objects_of(catalog=off),
                **group,
                **member,
                2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /MediaBox [0 0 595 842] /Resources 7 0 R >>",
                3: b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
                6: b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
                7: b"<< " + layer + b" >>",
                5: stream(DRAWING + b" /OC /L BDC" + trap + b"EMC"),
            }
        ),
    }


def packed_away() -> dict[str, bytes]:
    """Return active papers packed so that a search through their bytes finds nothing."""
    found = {}
    with pikepdf.open(io.BytesIO(_evil())) as pdf:
        for name, options in {
            "in object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
            "with AES and no password": {"encryption": pikepdf.Encryption(user="", owner="secret", R=6)},
            "with RC4 and no password": {
                "encryption": pikepdf.Encryption(user="", owner="secret", R=3, aes=False, metadata=False)
            },
            "linearised": {"linearize": True},
        }.items():
            out = io.BytesIO()
            pdf.save(out, static_id=True, **options)
            found[f"everything {name}"] = out.getvalue()
    honest = paper()
    found["everything in an update"] = updated(honest, {1: _catalog(), 10: ACTIONS["javascript"], 40: FILE, 11: SPEC})
    found["an update that takes the evil away"] = updated(_evil(), {1: b"<< /Type /Catalog /Pages 2 0 R >>"})
    found["names spelled with numbers"] = (
        _evil()
        .replace(b"/OpenAction", b"/Open#41ction")
        .replace(b"/JavaScript", b"/#4aava#53cript")
        .replace(b"/JS ", b"/#4A#53 ")
    )
    found["two values of one key"] = paper(catalog=b"/OpenAction null /OpenAction 10 0 R", more={10: ACTIONS["javascript"]})
    found["an object of several generations"] = written(
        objects_of(catalog=b"/OpenAction 10 0 R", more={10: ACTIONS["launch"]})
    ).replace(b"10 0 obj", b"10 0 obj % " + TRACE + b"\n")
    return found


def _catalog() -> bytes:
    return b"<< /Type /Catalog /Pages 2 0 R /OpenAction 10 0 R /Names << /EmbeddedFiles << /Names [(a) 11 0 R] >> >> >>"


def _evil() -> bytes:
    return written({**objects_of(), 1: _catalog(), 10: ACTIONS["javascript"], 11: SPEC, 40: FILE})


def every() -> dict[str, bytes]:
    """Return all of them by name: each must become a harmless copy."""
    return {**actions(), **places(), **carried(), **from_elsewhere(), **hidden(), **packed_away()}


@cache
def bomb_of(size: int, times: int = 1) -> bytes:
    """Return so many zeros, packed so often: one packed megabyte repeats itself, so that making them costs nothing."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = engine.compress(b"\0" * (1 << 20)) + engine.flush(zlib.Z_FULL_FLUSH)
    data = b"\x78\xda" + block * (size >> 20) + engine.flush() + struct.pack(">HH", size % 65_521, 1)
    for _again in range(times - 1):
        data = zlib.compress(data, 9)
    return data
