"""Turns the pages of one marked copy into pictures in a process of its own: an order on standard input, a PDF on standard output.

Run alone, as `python -I flattening_child.py`. It closes itself off before it opens the file.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
#: How far the channels of a picture may differ that is told to be grey.
NEARLY = 10


def main() -> NoReturn:
    """Take an order, close off, write, end."""
    order = json.loads(sys.stdin.buffer.read())
    import pypdfium2  # all that will be needed, before the doors close
    from PIL import Image, JpegImagePlugin

    from copies import isolation

    Image.preinit()
    assert JpegImagePlugin
    isolation.limit(isolation.Limits(memory=order["memory"], seconds=order["seconds"], file=1 << 20))
    with contextlib.suppress(isolation.NotPossible):
        isolation.enclose(reading=[order["source"], sys.prefix, sys.base_prefix, str(ROOT / "copies")])
    with open(order["source"], "rb", buffering=0) as file:
        pdf = pypdfium2.PdfDocument(Joined(file, bytes.fromhex(order["tail"])))
        writer = Writer(sys.stdout.buffer)
        for wide, high, colours, picture in pictures(pdf, order):
            writer.page(wide, high, colours, *picture)
        writer.end()
    os._exit(0)


class Joined(io.RawIOBase):
    """A file and what comes behind it, as one."""

    def __init__(self, file: Any, tail: bytes) -> None:
        self.file, self.tail = file, tail
        self.size, self.at = os.fstat(file.fileno()).st_size, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """Anywhere."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self.at, os.SEEK_END: self.size + len(self.tail)}[whence]
        self.at = max(0, start + offset)
        return self.at

    def tell(self) -> int:
        """Say where it stands."""
        return self.at

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer from where it stands."""
        view = memoryview(buffer).cast("B")
        data = os.pread(self.file.fileno(), len(view), self.at) if self.at < self.size else b""
        if len(data) < len(view):
            begin = max(0, self.at + len(data) - self.size)
            data += self.tail[begin : begin + len(view) - len(data)]
        view[: len(data)] = data
        self.at += len(data)
        return len(data)


def pictures(pdf: Any, order: dict[str, Any]) -> Iterator[tuple[float, float, str, tuple[int, int, bytes]]]:
    """Yield each page as it is seen: width and height in points, its colours, and the picture as JPEG."""
    for number in range(len(pdf)):
        page = pdf[number]
        wide, high = page.get_size()
        scale = min(order["dots"] / 72, (order["most_dots"] / max(1.0, wide * high)) ** 0.5)
        seen = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True, fill_color=(255, 255, 255, 255)).to_pil()
        picture = seen.convert("RGB")
        page.close()
        if is_grey(picture):
            picture = picture.convert("L")
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=order["quality"], subsampling=0)
        yield wide, high, "DeviceGray" if picture.mode == "L" else "DeviceRGB", (*picture.size, written.getvalue())


def is_grey(picture: Any) -> bool:
    """Tell whether a picture has no colour to lose; looked at in small, where a coloured line still shows."""
    from PIL import ImageChops

    small = picture.reduce(4) if min(picture.size) > 16 else picture
    red, green, blue = small.split()
    apart: list[Any] = [ImageChops.difference(red, other).getextrema() for other in (green, blue)]
    return all(most <= NEARLY for _least, most in apart)


class Writer:
    """Writes a PDF of pictures, page after page, without going back: 1 is the catalogue, 2 the tree, three objects a page."""

    def __init__(self, out: BinaryIO) -> None:
        self.out, self.at, self.places, self.pages = out, 0, {}, []  # type: ignore[var-annotated]
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def _write(self, data: bytes) -> None:
        self.out.write(data)
        self.at += len(data)

    def _object(self, number: int, body: bytes) -> None:
        self.places[number] = self.at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def page(self, wide: float, high: float, colours: str, across: int, down: int, jpeg: bytes) -> None:
        """Add a page that is one picture."""
        number = 3 + 3 * len(self.pages)
        self.pages.append(number + 2)
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {across} /Height {down} /ColorSpace /{colours} /BitsPerComponent 8 "
            f"/Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n"
        )
        self._object(number, head.encode() + jpeg + b"\nendstream")
        drawing = f"{wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do".encode()
        self._object(number + 1, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        self._object(
            number + 2,
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.2f} {high:.2f}] /Contents {number + 1} 0 R "
                f"/Resources << /XObject << /P {number} 0 R >> >> >>"
            ).encode(),
        )
        self.out.flush()

    def end(self) -> None:
        """Write the tree of pages and the table, after which the file is whole."""
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        self._object(2, f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode())
        self._object(1, b"<< /Type /Catalog /Pages 2 0 R >>")
        table, size = self.at, 3 + 3 * len(self.pages)
        rows = "".join(f"{self.places[number]:010d} 00000 n \n" for number in range(1, size))
        self._write(f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode())
        self._write(f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
        self.out.flush()


if __name__ == "__main__":
    main()
