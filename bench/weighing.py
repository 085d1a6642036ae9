"""What a first visit loads: what Chromium fetches with an empty cache, or, where there is no Chromium, what the page names."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from bench.rig import BenchFailure

PATIENCE_MS = 30_000
QUIET_MS = 1_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
_LINKS = re.compile(r"""<(?:link|script)\b[^>]*?(?:href|src)="([^"]+)"|<use href="([^"#]+)""")
_IMPORTS = re.compile(r"""(?:from|import)\s*["']([^"']+\.js)["']|url\(["']?([^"')]+)["']?\)""")
Get = Callable[[str], tuple[int, dict[str, str], bytes]]


def browser() -> str:
    """Where Chromium is; nothing without it or without Playwright."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return ""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


def weigh(program: str, base: str, cookies: dict[str, str], path: str) -> dict[str, float]:
    """What Chromium fetches for a page, in kB as it comes over the line, heads included: all, and of it page and fonts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
        context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
        page = context.new_page()
        line = context.new_cdp_session(page)
        kinds: dict[str, str] = {}
        sizes: dict[str, float] = {}
        line.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
        line.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
        line.send("Network.enable")
        answer = page.goto(base + path, wait_until="networkidle", timeout=PATIENCE_MS)
        page.wait_for_timeout(QUIET_MS)
        chromium.close()
    if answer is None or answer.status != 200:
        raise BenchFailure(f"{path} answered {answer.status if answer else 'nothing'} to the browser.")
    return {
        "all": _kb(sizes.values()),
        "page": _kb(size for one, size in sizes.items() if kinds.get(one) == "Document"),
        "fonts": _kb(size for one, size in sizes.items() if kinds.get(one) == "Font"),
        "files": len(sizes),
    }


def weigh_named(get: Get, path: str) -> dict[str, float]:
    """The page and everything it names, each gzipped: all fonts of the stylesheet, whether a browser would fetch them or not."""
    sizes: dict[str, tuple[str, int]] = {}
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one in sizes:
            continue
        status, headers, body = get(one)
        if status != 200:
            raise BenchFailure(f"{one} answered {status}.")
        kind = headers.get("content-type", "")
        plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
        is_font = "font" in kind or one.endswith(".woff2")
        sizes[one] = ("fonts" if is_font else "page" if one == path else "", len(body if is_font else gzip.compress(plain, 6)))
        text = plain.decode("utf-8", "replace") if "text" in kind or "javascript" in kind else ""
        found = _LINKS.findall(text) if "html" in kind else _IMPORTS.findall(text) if not one.endswith(".svg") else []
        waiting += [urljoin(one, first or second) for first, second in found if not (first or second).startswith("data:")]
    return {
        "all": _kb(size for _kind, size in sizes.values()),
        "page": _kb(size for kind, size in sizes.values() if kind == "page"),
        "fonts": _kb(size for kind, size in sizes.values() if kind == "fonts"),
        "files": len(sizes),
    }


def _kb(sizes: Any) -> float:
    return round(sum(sizes) / 1000, 1)
