"""Copies from node_modules/ what pages really load, each with its licence, into static/vendor/ (never committed)."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

SUBSETS = ("vietnamese", "latin-ext", "latin")
WEIGHTS = (400, 500, 600, 700)
FAMILIES = ("be-vietnam-pro", "inter")


def wanted_files() -> dict[str, str]:
    """Return the files to serve: path under static/vendor/ → path under node_modules/."""
    files = {
        "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
        "htmx/LICENSE": "htmx.org/LICENSE",
        "idiomorph/idiomorph.esm.js": "idiomorph/dist/idiomorph.esm.js",
        "idiomorph/LICENSE": "idiomorph/LICENSE",
    }
    for family in FAMILIES:
        folder = f"fontsource/{family}"
        names = [f"files/{family}-{subset}-{weight}-normal.woff2" for subset in SUBSETS for weight in WEIGHTS]
        files |= {f"{folder}/{name}": f"@{folder}/{name}" for name in [*names, "LICENSE"]}
    return files


def copy_files(files: dict[str, str]) -> None:
    """Make static/vendor/ hold exactly these files; a missing one is an error, not a page without letters."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for target, source in files.items():
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, fresh / target)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


if __name__ == "__main__":
    try:
        copy_files(wanted_files())
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is not there: run make setup.")
