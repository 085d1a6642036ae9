"""Office files for tests, made here byte by byte: plain ones, and ones that would reach out, run, fill the memory or hide."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_ODF_SPACES = (
    f'xmlns:office="{OFFICE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
)
_ODF_TYPES = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_MAIN = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def packed(parts: Mapping[str, bytes | str], *, level: int = 6) -> bytes:
    """A ZIP of parts; `mimetype` stands plain in front, as ODF wants it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, data in parts.items():
            package.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


# ODF


def odf(kind: str, body: str, *, styles: str = "", front: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """An ODF file: `body` within its element, `styles` before it, `front` before the root."""
    name = _ODF_TYPES[kind]
    content = (
        f"{HEAD}{front}<office:document-content {_ODF_SPACES}>{styles}"
        f"<office:body><office:{name}>{body}</office:{name}></office:body></office:document-content>"
    )
    kinds = f"application/vnd.oasis.opendocument.{name}"
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kinds}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return packed({"mimetype": kinds, "content.xml": content, "META-INF/manifest.xml": manifest} | dict(more or {}))


def odt(body: str = "<text:p>Báo cáo công tác</text:p>", **more: object) -> bytes:
    return odf("odt", body, **more)  # type: ignore[arg-type]


def picture_frame(address: str) -> str:
    return (
        '<text:p><draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="5cm">'
        f'<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        "</draw:frame></text:p>"
    )


def linked_section(address: str) -> str:
    return (
        f'<text:section text:name="S{zlib.crc32(address.encode())}"><text:section-source xlink:href="{address}" '
        'xlink:type="simple" text:filter-name="Text (encoded)"/><text:p>trống</text:p></text:section>'
    )


def dde_section(server: str, topic: str, item: str) -> str:
    return (
        f'<text:section text:name="D1"><office:dde-source office:dde-application="{server}" office:dde-topic="{topic}" '
        f'office:dde-item="{item}" office:automatic-update="true"/><text:p>trống</text:p></text:section>'
    )


# OOXML


def related(*rows: tuple[str, str, str, bool]) -> str:
    """A list of relationships: number, last word of the type, target, whether it leads out."""
    made = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"' + (' TargetMode="External"' if out else "") + "/>"
        for key, kind, target, out in rows
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def ooxml(kind: str, main: str, *, parts: Mapping[str, bytes | str] | None = None, types: str = "") -> bytes:
    """An OOXML file with its main part."""
    path, content_type = _MAIN[kind]
    listed = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>'
        f'<Override PartName="/{path}" ContentType="{content_type}"/>{types}</Types>'
    )
    base = {"[Content_Types].xml": listed, "_rels/.rels": related(("rId1", "officeDocument", path, False)), path: HEAD + main}
    return packed(base | dict(parts or {}))


def docx(
    body: str = "", *, rels: str = "", front: str = "", parts: Mapping[str, bytes | str] | None = None, types: str = ""
) -> bytes:
    """A Word file: `body` is XML within w:body, after a first paragraph."""
    document = (
        f'{front}<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>'
        f"{words('Báo cáo công tác')}{body}</w:body></w:document>"
    )
    more = {"word/_rels/document.xml.rels": rels} if rels else {}
    return ooxml("docx", document, parts=more | dict(parts or {}), types=types)


def words(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def field(code: str) -> str:
    """A Word field with its code, as it stands when it was never brought up to date."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f'<w:p>{mark.format("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f"{mark.format('separate')}<w:r><w:t>cũ</w:t></w:r>{mark.format('end')}</w:p>"
    )


def linked_picture(key: str) -> str:
    """A Word picture that is linked, not embedded."""
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1800000"/><wp:docPr id="1" name="p"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="{key}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="1800000" cy="1800000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def xlsx(rows: str = '<row r="1"><c r="A1" t="inlineStr"><is><t>Số liệu</t></is></c></row>', *,
         parts: Mapping[str, bytes | str] | None = None, book: str = "", rels: tuple[tuple[str, str, str, bool], ...] = (),
         types: str = "") -> bytes:  # fmt: skip
    """A workbook with one sheet."""
    return ooxml(
        "xlsx",
        f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>{book}</workbook>',
        parts={
            "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{S}" xmlns:r="{R}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/_rels/workbook.xml.rels": related(("rId1", "worksheet", "worksheets/sheet1.xml", False), *rels),
            **(parts or {}),
        },
        types='<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.worksheet+xml"/>{types}',
    )


# Compound files


def compound(streams: Mapping[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """A compound file of version 3: every stream in sectors of 512 bytes, at least 4096 bytes long."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]

    def put(data: bytes) -> int:
        first = len(sectors)
        count = max(1, -(-len(data) // 512))
        for at in range(count):
            sectors.append(data[at * 512 : at * 512 + 512].ljust(512, b"\0"))
            table.append(first + at + 1 if at + 1 < count else 0xFFFFFFFE)
        return first

    for name, data in streams.items():
        full = data.ljust(4096, b"\0")
        entries.append((name, 2, put(full), len(full)))
    entries += [(name, 1, 0, 0) for name in storages]
    rows = b""
    for number, (name, kind, start, size) in enumerate(entries):
        letters = (name + "\0").encode("utf-16-le")
        right = number + 1 if 0 < number < len(entries) - 1 else 0xFFFFFFFF
        child = 1 if number == 0 and len(entries) > 1 else 0xFFFFFFFF
        links = struct.pack("<III", 0xFFFFFFFF, right, child)
        rows += letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1) + links + bytes(36)
        rows += struct.pack("<IQ", start, size)
    directory = put(rows)
    where = len(sectors)
    table.append(0xFFFFFFFD)
    sectors.append(struct.pack("<128I", *(table + [0xFFFFFFFF] * (128 - len(table)))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, directory)
    head += struct.pack("<IIIIII", 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", where, *([0xFFFFFFFF] * 108))
    assert len(head) == 512
    return head + b"".join(sectors)


def bomb_png(width: int, height: int) -> bytes:
    """A picture of a few bytes that says it is enormous, and is: rows of nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(width // 8 + 1)) for _ in range(min(height, 200))) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )  # fmt: skip
