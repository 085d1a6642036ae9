"""``python -m bench.imports``: from the upload of a list of thousands to the page of what would change, and its import.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from bench.demonstration import SLUG
from bench.office import Secretary
from bench.place import DATABASES, demonstration_place
from bench.rig import BenchFailure, Workers, cores, pinned
from bench.telling import run

PAGE = f"/m/{SLUG}/import/participants/"
BOUNDARY = "diemcau-bench-imports"
WARM_ROWS = 50


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=5000, help="rows of the list (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often it is uploaded and looked at (default: %(default)s)")
    parser.add_argument("--database", choices=DATABASES, default="sqlite", help="a private one (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    return run(lambda: measure(options.rows, options.rounds, options.database))


def measure(rows: int, rounds: int, database: str) -> dict[str, Any]:
    """Sets everything up, imports, reads and inserts barely in turn, and leaves nothing behind."""
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, told = stack.enter_context(demonstration_place(database))
        sheets = {count: Path(place.folder) / f"list-{count}.xlsx" for count in (WARM_ROWS, rows)}
        for count, path in sheets.items():
            path.write_bytes(_list_of(count))
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        server = workers.start("bench.server", server_core, "ours")
        secretary = Secretary(f"http://127.0.0.1:{int(server.hear()['port'])}", "secretary", told["accounts"]["secretary"])
        _preview(secretary, sheets[WARM_ROWS])
        bare = workers.start("bench.bare_import", server_core, str(sheets[rows]), str(rows))
        previews, reads, inserts = [], [], []
        for _round in range(max(1, rounds)):
            start = time.perf_counter()
            address, page = _preview(secretary, sheets[rows])
            previews.append(time.perf_counter() - start)
            bare.tell({"do": "measure"})
            said = bare.hear()
            reads.append(said["read_s"])
            inserts.append(said["insert_s"])
        counts = {label: int(number) for label, number in re.findall(r'data-verdict-count="(\w+)">(\d+)<', page)}
        seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
        if seen is None:
            raise BenchFailure("The list has errors, or nothing to import.")
        start = time.perf_counter()
        answer = secretary.command(SLUG, "participants.import", run=address.rstrip("/").rpartition("/")[2], seen=seen[1])
        apply_s = time.perf_counter() - start
    preview_s, bare_s = median(previews), median(reads) + median(inserts)
    return {
        "preview_s": round(preview_s, 3),
        "apply_s": round(apply_s, 3),
        "ratio": round((preview_s + apply_s) / bare_s, 1),
        "bare_read_s": round(median(reads), 3),
        "bare_insert_s": round(median(inserts), 3),
        "rows": rows,
        "rounds": rounds,
        "counts": counts,
        "number": answer["number"],
        "database": database,
    }


def _list_of(count: int) -> bytes:
    """A list as a ministry sends it: two title rows, one in four at a bridge point by another spelling, a group, telephones."""
    from sheets.writing import write_xlsx

    head = ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điểm cầu", "Vai trò", "Hình thức", "Nhóm", "Email", "Điện thoại"]
    sites = ("Lào Cai", "lao cai", "Tỉnh ủy Lào Cai", "15", "Huế", "Cà Mau", "Tỉnh uỷ Hà Tĩnh", "TP. Huế")
    rows = [
        [
            n, f"Người dự {n:05}", "Chuyên viên", f"Đơn vị mời {n % 211}", sites[n % len(sites)], "khách mời",
            ("Trực tiếp", "Trực tuyến")[n % 2], f"Khối {n % 7}", f"nguoi.du.{n}@example.vn", 912_000_000 + n,
        ]
        for n in range(1, count + 1)
    ]  # fmt: skip
    return write_xlsx("Danh sách", ["DANH SÁCH ĐẠI BIỂU"], [["(kèm theo Công văn)"], head, *rows])


def _preview(secretary: Secretary, path: Path) -> tuple[str, str]:
    """Uploads a list and follows to the page that shows what would change; its address and its text."""
    token = next((cookie.value for cookie in secretary.cookies if cookie.name == "csrftoken"), "")
    parts = [f'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}'.encode()]
    head = (
        f'Content-Disposition: form-data; name="file"; filename="{path.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    parts.append(head.encode() + path.read_bytes())
    edge = f"--{BOUNDARY}".encode()
    body = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"
    request = urllib.request.Request(
        secretary.base + PAGE, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "text/html"}
    )
    try:
        with secretary.opener.open(request, timeout=120) as response:
            return str(response.url), str(response.read().decode())
    except urllib.error.HTTPError as refused:
        raise BenchFailure(f"The upload was answered with {refused.code}.") from refused


if __name__ == "__main__":
    sys.exit(main())
