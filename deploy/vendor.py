"""Copies from node_modules/ what pages really load, each with its licence, into static/vendor/ (never committed)."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

SUBSETS = ("vietnamese", "latin-ext", "latin")
WEIGHTS = (400, 500, 600, 700)
FAMILIES = ("be-vietnam-pro", "inter")
PROSEMIRROR = ("commands", "history", "inputrules", "keymap", "model", "schema-list", "state", "tables", "transform", "view")


def wanted_files() -> dict[str, str]:
    """Return the files to serve: path under static/vendor/ → path under node_modules/."""
    files = {
        "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
        "htmx/LICENSE": "htmx.org/LICENSE",
        "idiomorph/idiomorph.esm.js": "idiomorph/dist/idiomorph.esm.js",
        "idiomorph/LICENSE": "idiomorph/LICENSE",
        "noble/LICENSE-ed25519": "@noble/ed25519/LICENSE",
        "noble/LICENSE-hashes": "@noble/hashes/LICENSE",
        "pdfjs/LICENSE": "pdfjs-dist/LICENSE",
        "pdfjs/pdf.min.mjs": "pdfjs-dist/legacy/build/pdf.min.mjs",
        "pdfjs/pdf.worker.min.mjs": "pdfjs-dist/legacy/build/pdf.worker.min.mjs",
        "tus/tus.min.js": "tus-js-client/dist/tus.min.js",
        "tus/tus.min.js.map": "tus-js-client/dist/tus.min.js.map",
        "tus/LICENSE": "tus-js-client/LICENSE",
        "zxing/LICENSE": "zxing-wasm/LICENSE",
        "zxing/zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    }
    files |= {f"prosemirror/LICENSE-{name}": f"prosemirror-{name}/LICENSE" for name in PROSEMIRROR}
    for folder in ("standard_fonts", "wasm"):
        found = sorted((MODULES / "pdfjs-dist" / folder).iterdir())
        files |= {f"pdfjs/{folder}/{one.name}": f"pdfjs-dist/{folder}/{one.name}" for one in found if one.is_file()}
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
    bundle("prosemirror.js", fresh / "prosemirror" / "prosemirror.min.mjs")
    bundle("noble.js", fresh / "noble" / "noble.min.mjs")
    bundle("zxing.js", fresh / "zxing" / "zxing.min.mjs")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def bundle(source: str, target: Path) -> None:
    """Make one module of what our pages take of packages of many; esbuild as WebAssembly runs on every processor."""
    builder = [ROOT / ".venv" / "bin" / "node", MODULES / "esbuild-wasm" / "bin" / "esbuild", ROOT / "deploy" / source]
    subprocess.run([*builder, "--bundle", "--format=esm", "--minify", f"--outfile={target}", "--log-level=warning"], check=True)


if __name__ == "__main__":
    try:
        copy_files(wanted_files())
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is not there: run make setup.")
