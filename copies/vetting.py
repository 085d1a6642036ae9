"""Looks an Office file over in a process of its own, closed off, before LibreOffice opens it. Answers with JSON, then ends.

Run as `python -I -S vetting.py KIND SOURCE TARGET MEMORY SECONDS`; what goes on to LibreOffice stands at TARGET afterwards.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from copies import bounds, compound, isolation, packages

#: Bytes of an RTF file; pictures stand in it as letters.
_RTF = 256 * 1024 * 1024


def main() -> None:
    """Close off, look, answer."""
    kind, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    "x".encode("cp437"), b"xx".decode("utf-16")  # what is loaded on first use must be loaded before the door closes
    isolation.limit(isolation.Limits(int(sys.argv[4]), int(sys.argv[5])))
    said: dict[str, object]
    try:
        isolation.enclose(reading=[source], writing=[target.parent])
        said = {"weight": vet(kind, source, target)}
    except bounds.Unfit as unfit:
        said = {"refused": unfit.word}
    except isolation.NotPossible:
        said = {"refused": "no_isolation"}
    except (MemoryError, RecursionError):
        said = {"refused": "bomb"}
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        said = {"refused": "disk" if full else "bomb" if error.errno == errno.EFBIG else "broken"}
    except Exception:  # of a file that wants to break us; nothing of it is told
        said = {"refused": "broken"}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
    os._exit(0)


def vet(kind: str, source: Path, target: Path) -> int:
    """Put what LibreOffice may open at `target`; return its weight: bytes it has to read. Raises Unfit."""
    if source.stat().st_size == 0:
        raise bounds.Unfit("empty")
    if kind in ("doc", "xls", "ppt"):
        compound.refuse_unfit(source, kind)
    elif kind == "rtf":
        _refuse_rtf(source)
    elif _begins(source, compound.MAGIC):  # a package with a password is a compound file
        compound.refuse_unfit(source, "")
    else:
        return packages.rewrite(source, target)
    shutil.copyfile(source, target)
    return source.stat().st_size


def _begins(source: Path, mark: bytes) -> bool:
    with source.open("rb") as file:
        return file.read(len(mark)) == mark


def _refuse_rtf(source: Path) -> None:
    if source.stat().st_size > _RTF:
        raise bounds.Unfit("huge")
    depth = deepest = 0
    if not _begins(source, b"{\\rtf"):
        raise bounds.Unfit("broken")
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            opened, closed = block.count(b"{"), block.count(b"}")
            deepest = max(deepest, depth + opened if opened > 10 * (closed + 10) else 0)
            depth = max(0, depth + opened - closed)
    if max(deepest, depth) > 20_000:
        raise bounds.Unfit("bomb")


if __name__ == "__main__":
    main()
