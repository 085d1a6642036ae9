"""The letters of every paper: Liberation Serif, metric twin of Times New Roman, from fixed files of this machine."""

from pathlib import Path

from printing.errors import FontMissing

FAMILY = "Liberation Serif"
#: Where Debian's package fonts-liberation2 puts it. An absolute path, so that no other font can take its place.
DIRECTORY = Path("/usr/share/fonts/truetype/liberation2")
#: File name, CSS weight, CSS style.
FACES = (
    ("LiberationSerif-Regular.ttf", 400, "normal"),
    ("LiberationSerif-Bold.ttf", 700, "normal"),
    ("LiberationSerif-Italic.ttf", 400, "italic"),
    ("LiberationSerif-BoldItalic.ttf", 700, "italic"),
)
_TRUETYPE = b"\x00\x01\x00\x00"


def files(directory: Path = DIRECTORY) -> tuple[Path, ...]:
    """Return the four font files; raise FontMissing when one is absent, unreadable or no TrueType font.

    Checked before each start of the press, because WeasyPrint replaces a missing font in silence and the lines then
    break elsewhere than the layout says.
    """
    paths = tuple(directory / name for name, _weight, _style in FACES)
    for path in paths:
        if not _is_truetype(path):
            raise FontMissing(f"{path} is missing or is no font. On Debian: apt-get install fonts-liberation2")
    return paths


def face_rules(directory: Path = DIRECTORY) -> str:
    """Return the `@font-face` rules that bind the family's name to exactly these files."""
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; src: url("{path.as_uri()}") }}'
        for path, (_name, weight, style) in zip(files(directory), FACES, strict=True)
    )


def _is_truetype(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == _TRUETYPE
    except OSError:
        return False
