"""Damaged files, files under a wrong name, files that are two things at once; and pictures of every kind, honest and not."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

from PIL import Image

from tests.copies.bricks import TRACE, objects_of, paper, written
from tests.copies.hostile import bomb_of
from tests.copies.hostile import every as hostile_papers
from tests.copies.papers import picture

#: What becomes of a file: a word of copies/refusals.py, or "copy".
File = tuple[bytes, str, frozenset[str]]
COPY, ANY = (
    frozenset({"copy"}),
    frozenset({"copy", "broken", "slow", "bomb", "pages", "encrypted", "blank", "ending", "unknown", "empty"}),
)


def truncated(whole: bytes) -> dict[str, File]:
    """Return the beginnings of a paper, cut at many points."""
    points = [1, 5, 9, 20, *range(60, len(whole), max(len(whole) // 22, 1)), len(whole) - 1, len(whole) - 7]
    return {f"cut at byte {point}": (whole[:point], "pdf", ANY) for point in points}


def flipped(whole: bytes, count: int = 40) -> dict[str, File]:
    """Return a paper with bytes changed here and there, always the same ones."""
    chance, found = random.Random(20261122), {}
    for n in range(count):
        data = bytearray(whole)
        for _times in range(1 + n % 12):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if n % 4 == 3:
            at, length = chance.randrange(len(data)), chance.randrange(1, 400)
            data[at : at + length] = bytes(chance.randrange(256) for _ in range(length if n % 8 == 3 else 0))
        found[f"bytes changed, {n}"] = (bytes(data), "pdf", ANY)
    return found


def damaged() -> dict[str, File]:
    """Return papers damaged in the ways that files are."""
    whole = paper()
    return {
        "without a table of places": (whole[: whole.rindex(b"xref\n0")] + b"trailer\n<< /Root 1 0 R >>\n", "pdf", COPY),
        "with a table that lies": (whole.replace(b"startxref\n", b"startxref\n9"), "pdf", COPY),
        "with other line ends": (whole.replace(b"\n", b"\r\n"), "pdf", COPY),
        "with a tail of nonsense": (whole + b"\0" * 5000, "pdf", COPY),
        "with blank lines before it": (b"\r\n\n  " + whole, "pdf", COPY),
        "without a catalog": (written({4: b"<< >>"}, root=9), "pdf", frozenset({"broken"})),
        "without pages": (written({1: b"<< /Type /Catalog >>"}), "pdf", frozenset({"broken"})),
        "with pages that are no pages": (written({**objects_of(), 2: b"<< /Kids [4 0 R 9 0 R null 5] /Count 4 >>"}), "pdf", ANY),
        "only a head": (b"%PDF-1.7\n", "pdf", frozenset({"broken"})),
        "only an end": (b"%PDF-1.4\n%%EOF", "pdf", frozenset({"broken"})),
        "a form that only its program draws": (
            written(
                {
                    **objects_of(),
                    1: b"<< /Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm << /XFA (" + TRACE + b") >> >>",
                }
            ),
            "pdf",
            frozenset({"blank"}),
        ),
        "locked with a password": (_locked(), "pdf", frozenset({"encrypted"})),
        "locked in an unknown way": (
            paper().replace(b"trailer\n<<", b"trailer\n<< /Encrypt << /Filter /Unknown /V 9 >> /ID [<00> <00>]"),
            "pdf",
            frozenset({"encrypted", "broken"}),
        ),
        "zeros": (b"\0" * 5000, "pdf", frozenset({"broken"})),
        "noise": (random.Random(7).randbytes(20_000), "pdf", frozenset({"broken"})),
        "nothing": (b"", "pdf", frozenset({"empty"})),
    }


def _locked() -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(paper())) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="mật khẩu", owner="khác"))
        return out.getvalue()


def masked() -> dict[str, File]:
    """Return files that are not what their name says, or are two things at once."""
    whole, ending, unknown = paper(), frozenset({"ending"}), frozenset({"unknown"})
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("evil.txt", TRACE)
    png, jpeg, tiff, webp, gif = (_image(kind) for kind in ("PNG", "JPEG", "TIFF", "WEBP", "GIF"))
    page = b"<html><script>alert('" + TRACE + b"')</script></html>"
    script = b"<script>alert('" + TRACE + b"')</script>"
    return {
        "a page named .pdf": (page, "pdf", ending),
        "a page before a paper": (page + whole, "pdf", ending),
        "a paper with a page behind it": (whole + page, "pdf", COPY),
        "a paper with a page in its remarks": (whole.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%" + page + b"\n"), "pdf", COPY),
        "a paper with a package behind it": (whole + package.getvalue(), "pdf", COPY),
        "a package with a paper in front of its end": (package.getvalue() + whole, "pdf", ending),
        "a GIF before a paper": (gif + whole, "pdf", ending),
        "a GIF that is a paper": (b"GIF89a%PDF-1.7\n" + whole[9:], "pdf", ending),
        "a program named .pdf": (b"MZ\x90\0" + b"\0" * 600, "pdf", ending),
        "a program of Linux named .pdf": (b"\x7fELF" + b"\0" * 600, "pdf", ending),
        "a script named .pdf": (b"#!/bin/sh\necho " + TRACE, "pdf", ending),
        "PostScript named .pdf": (b"%!PS-Adobe-3.0\n(" + TRACE + b") run", "pdf", ending),
        "plain text named .pdf": ("Xin chào".encode(), "pdf", frozenset({"ending", "broken"})),
        "a picture named .pdf": (png, "pdf", ending),
        "a paper named .png": (whole, "png", ending),
        "a paper named .docx": (whole, "docx", ending),
        "a paper named .exe": (whole, "exe", ending),
        "a paper named .html": (whole, "html", ending),
        "a package named .docx": (package.getvalue(), "docx", ending),
        "a package of nothing": (b"PK\x05\x06" + b"\0" * 18, "docx", ending),
        "a package cut off": (package.getvalue()[:40], "docx", frozenset({"broken"})),
        "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'>" + script + b"</svg>", "svg", unknown),
        "an SVG named .png": (b"<svg xmlns='http://www.w3.org/2000/svg'>" + script + b"</svg>", "png", ending),
        "a GIF": (gif, "gif", unknown),
        "a film": (b"\0\0\0\x18ftypmp42" + b"\0" * 100, "mp4", unknown),
        "a GIF named .jpg": (gif, "jpg", ending),
        "a program named .png": (b"MZ\x90\0" + b"\0" * 600, "png", ending),
        "a picture with a page behind it": (png + page, "png", COPY),
        "a JPEG with a package behind it": (jpeg + package.getvalue(), "jpg", COPY),
        "a JPEG with a program in its remarks": (
            jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(page) + 2) + page + jpeg[2:],
            "jpg",
            COPY,
        ),
        "a PNG with words in it": (_with_chunk(png, b"tEXt", b"Comment\0" + page), "png", COPY),
        "a PNG with a paper in it": (_with_chunk(png, b"prVt", whole), "png", COPY),
        "a TIFF with a tail": (tiff + page, "tif", COPY),
        "a WebP with a tail": (webp + page, "webp", COPY),
        "a JPEG named .png": (jpeg, "png", COPY),
        "macros by name": (package.getvalue(), "docm", frozenset({"macro"})),
    }


def _image(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture().save(out, kind, **options)
    return out.getvalue()


def _with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return png[:33] + chunk + png[33:]


def pictures() -> dict[str, File]:
    """Return pictures that lie about their size, are cut off, or have more pages than anybody reads."""
    png, jpeg, tiff, webp = (_image(kind) for kind in ("PNG", "JPEG", "TIFF", "WEBP"))
    refused = frozenset({"bomb", "broken"})
    huge = struct.pack(">II", 2**31 - 1, 2**31 - 1)
    many = _frames(10_000)
    return {
        "a PNG of 10^18 dots": (_sized(png, huge), "png", refused),
        "a PNG of no dots": (_sized(png, struct.pack(">II", 0, 9)), "png", refused),
        "a PNG of 50,000 by 50,000": (_sized(png, struct.pack(">II", 50_000, 50_000)), "png", refused),
        "a PNG as wide as a street": (_sized(png, struct.pack(">II", 2_000_000, 1)), "png", refused),
        "a PNG that unpacks to more": (_png_bomb(), "png", refused | COPY),
        "a PNG with words that unpack to 200 MB": (
            _with_chunk(png, b"zTXt", b"x\0\0" + bomb_of(200 << 20)),
            "png",
            refused | COPY,
        ),
        "a JPEG of 65,500 by 65,500": (_jpeg_sized(jpeg, 65_500, 65_500), "jpg", refused),
        "a JPEG of no height": (_jpeg_sized(jpeg, 0, 300), "jpg", refused),
        "a TIFF of 10,000 pages": (many, "tif", frozenset({"pages"})),
        "a TIFF of 10^10 dots": (
            tiff.replace(struct.pack("<HHII", 256, 4, 1, 400), struct.pack("<HHII", 256, 4, 1, 2_000_000_000)).replace(
                struct.pack("<HHIHH", 256, 3, 1, 400, 0), struct.pack("<HHII", 256, 4, 1, 2_000_000_000)
            ),
            "tif",
            refused,
        ),
        "a TIFF whose pages go in a circle": (_circle(), "tif", frozenset({"pages", "broken", "copy"})),
        "a WebP of 16,383 by 16,383": (webp[:26] + struct.pack("<HH", 16_383, 16_383) + webp[30:], "webp", refused),
        "a PNG cut off": (png[: len(png) // 2], "png", frozenset({"broken"})),
        "a JPEG cut off": (jpeg[: len(jpeg) // 2], "jpg", frozenset({"broken"})),
        "a TIFF cut off": (tiff[: len(tiff) // 2], "tif", frozenset({"broken"})),
        "a WebP cut off": (webp[: len(webp) // 2], "webp", frozenset({"broken"})),
        "only the head of a PNG": (png[:8], "png", frozenset({"broken"})),
        "only the head of a JPEG": (jpeg[:4], "jpg", frozenset({"broken"})),
        "only the head of a TIFF": (tiff[:8], "tif", frozenset({"broken"})),
        "only the head of a WebP": (webp[:12], "webp", frozenset({"broken"})),
    }


def _sized(png: bytes, size: bytes) -> bytes:
    head = b"IHDR" + size + png[24:29]
    return png[:12] + head + struct.pack(">I", zlib.crc32(head)) + png[33:]


def _jpeg_sized(jpeg: bytes, height: int, width: int) -> bytes:
    at = jpeg.index(b"\xff\xc0")
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def _png_bomb() -> bytes:
    png = _image("PNG")
    body = bomb_of(400 << 20)
    data = struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    return png[:33] + data + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))


def _frames(count: int) -> bytes:
    """Return a TIFF of so many pages that all show the same eight dots."""
    tags = [(256, 3, 8), (257, 3, 1), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 3, 1), (279, 4, 1)]
    size = 2 + 12 * len(tags) + 4
    out = bytearray(b"II*\0" + struct.pack("<I", 12) + b"\xaa\0\0\0")
    for n in range(count):
        out += struct.pack("<H", len(tags))
        for tag, kind, value in tags:
            out += struct.pack("<HHII", tag, kind, 1, value)
        out += struct.pack("<I", 12 + (n + 1) * size if n < count - 1 else 0)
    return bytes(out)


def _circle() -> bytes:
    data = bytearray(_frames(2))
    data[-4:] = struct.pack("<I", 12)
    return bytes(data)


def every() -> dict[str, File]:
    """Return all of them by name: bytes, ending, and what may become of them."""
    active = hostile_papers()["everything in object streams"]
    whole = written(
        objects_of(page=b"/Annots [11 0 R]", more={11: b"<< /Subtype /Link /A << /S /URI /URI (http://x.example) >> >>"})
    )
    return {
        **damaged(),
        **masked(),
        **pictures(),
        **truncated(whole),
        **flipped(whole),
        **{f"{name}, packed": file for name, file in flipped(active, 12).items()},
    }


def images() -> dict[str, Image.Image]:
    """Return pictures of every mode."""
    return {mode: picture(mode) for mode in ("RGB", "L", "1", "CMYK", "RGBA", "LA", "P", "I;16", "F")}
