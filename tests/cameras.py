"""A camera of the browser that looks at a badge on paper: one picture with its QR code, as a film file."""

from __future__ import annotations

from pathlib import Path

from printing.qr import qr_matrix

WIDTH, HEIGHT = 640, 480
PAPER, INK, TABLE = 225, 30, 120  # how bright they are


def film(text: str, target: Path) -> Path:
    """Write a film (YUV4MPEG2) that shows the QR code of a text lying on a table; return its file."""
    matrix = qr_matrix(text)
    size = (HEIGHT - 40) // len(matrix)
    left, top = (WIDTH - size * len(matrix)) // 2, (HEIGHT - size * len(matrix)) // 2
    picture = bytearray([TABLE]) * (WIDTH * HEIGHT)
    for y, row in enumerate(matrix):
        line = b"".join(bytes([INK if dark else PAPER]) * size for dark in row)
        for step in range(size):
            at = (top + y * size + step) * WIDTH + left
            picture[at : at + len(line)] = line
    colours = bytes([128]) * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    target.write_bytes(head + (b"FRAME\n" + bytes(picture) + colours) * 2)
    return target


def looking_at(film_file: Path) -> list[str]:
    """Return the arguments of a browser whose camera shows a film, and who need not be asked whether it may be used."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film_file}",
    ]
