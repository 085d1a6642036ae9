"""``python -m bench.pages``: how long the pages of a big conference take, what they ask of the database, and how much they weigh.

What is measured and how stands in bench/README.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import time
from contextlib import ExitStack
from statistics import median
from typing import Any

from bench.bare_view import PAGE
from bench.demonstration import SLUG
from bench.figures import percentile
from bench.office import Secretary
from bench.place import DATABASES, demonstration_place
from bench.rig import BenchFailure, Neighbours, Workers, cores, end_tidily_on_signals, pinned
from bench.weighing import browser, weigh, weigh_named

WARM = 20


def main() -> int:
    """Runs the bench; returns 0, or 1 with a sentence when it could not run."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="how often each page is read (default: %(default)s)")
    parser.add_argument("--database", choices=DATABASES, default="sqlite", help="a private one (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but the figures, as one line")
    options = parser.parse_args()
    end_tidily_on_signals()
    try:
        print(json.dumps(measure(options.rounds, options.database)), flush=True)
    except BenchFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


class Reader:
    """A signed-in account on one line that stays open, as a browser keeps it."""

    def __init__(self, port: int, account: str, password: str) -> None:
        self.base = f"http://127.0.0.1:{port}"
        signed_in = Secretary(self.base, account, password)
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = {one.name: str(one.value) for one in signed_in.cookies}

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes, float]:
        """Reads a page as a browser asks for it: status, headers, body as it came, milliseconds from request to last byte."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        asked = {"Cookie": cookies, "Accept": "text/html", "Accept-Encoding": "gzip", **headers}
        start = time.perf_counter()
        self.line.request("GET", path, headers=asked)
        answer = self.line.getresponse()
        body = answer.read()
        took = (time.perf_counter() - start) * 1000
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body, took

    def whole(self, path: str) -> bytes:
        """Reads a page that must be there."""
        status, _headers, body, _took = self.get(path)
        if status != 200:
            raise BenchFailure(f"{path} answered {status}.")
        return body

    def weight(self, path: str) -> dict[str, float]:
        """How much a first visit of the page loads, in kB."""
        program = browser()
        return weigh(program, self.base, self.cookies, path) if program else weigh_named(lambda one: self.get(one)[:3], path)

    def times(self, paths: dict[str, str], rounds: int, tags: dict[str, str]) -> dict[str, list[float]]:
        """Reads the pages in turn, warm: for each the milliseconds of all rounds; those with a tag must answer 304."""
        found: dict[str, list[float]] = {name: [] for name in paths}
        for number in range(WARM + rounds):
            for name, path in paths.items():
                status, _headers, _body, took = self.get(path, **({"If-None-Match": tags[name]} if name in tags else {}))
                if status != (304 if name in tags else 200):
                    raise BenchFailure(f"{path} answered {status}.")
                if number >= WARM:
                    found[name].append(took)
        return found


def measure(rounds: int, database: str) -> dict[str, Any]:
    """Sets everything up, reads the pages in turn with the bare ones, and leaves nothing behind."""
    server_core, client_core = cores()
    with ExitStack() as stack:
        place, told = stack.enter_context(demonstration_place(database))
        made = place.call("bench.furnishing:furnish")
        asked = place.call("bench.furnishing:queries")
        stack.enter_context(pinned(client_core))
        workers = stack.enter_context(Workers(place.environment))
        server = workers.start("bench.server", server_core, "ours")
        port = int(server.hear()["port"])
        secretary = Reader(port, "secretary", told["accounts"]["secretary"])
        delegate = Reader(port, "delegate", told["accounts"]["delegate"])
        programme, people = f"/m/{SLUG}/programme/", f"/m/{SLUG}/participants/"
        sizes = {"bare": len(secretary.whole(programme)), "bare_list": len(secretary.whole(people))}
        paths = {"programme": programme, "list": people, "unchanged": programme, "unchanged_list": people}
        paths |= {name: f"/{PAGE}{size}/" for name, size in sizes.items()}
        tags = {name: secretary.get(paths[name])[1].get("etag", "") for name in ("unchanged", "unchanged_list")}
        neighbours, started, spent = Neighbours(workers), time.monotonic(), time.process_time()
        took = secretary.times(paths, rounds, tags)
        took |= delegate.times({"reader": programme}, rounds, {})
        client_cpu = 100 * (time.process_time() - spent) / (time.monotonic() - started)
        others_cpu = neighbours.share()
        kb = {name: reader.weight(programme) for name, reader in (("programme", secretary), ("reader", delegate))}
        kb["list"] = secretary.weight(people)
        p50 = {name: round(median(each), 1) for name, each in took.items()}
    return {
        "programme_p50_ms": p50["programme"],
        "programme_p99_ms": round(percentile(took["programme"], 0.99), 1),
        "programme_sql": asked["programme"],
        "programme_sql_changed": asked["programme_changed"],
        "programme_kb": kb["programme"]["all"],
        "programme_page_kb": kb["programme"]["page"],
        "programme_fonts_kb": kb["programme"]["fonts"],
        "programme_files": kb["programme"]["files"],
        "weighed_by": "browser" if browser() else "names",
        "reader_p50_ms": p50["reader"],
        "reader_sql": asked["reader"],
        "reader_sql_changed": asked["reader_changed"],
        "reader_kb": kb["reader"]["all"],
        "unchanged_p50_ms": p50["unchanged"],
        "list_p50_ms": p50["list"],
        "list_p99_ms": round(percentile(took["list"], 0.99), 1),
        "list_sql": asked["list"],
        "list_sql_changed": asked["list_changed"],
        "list_kb": kb["list"]["all"],
        "list_unchanged_p50_ms": p50["unchanged_list"],
        "bare_ms": p50["bare"],
        "bare_list_ms": p50["bare_list"],
        "ratio": round(p50["programme"] / p50["bare"], 2),
        "list_ratio": round(p50["list"] / p50["bare_list"], 2),
        "items": made["items"],
        "participants": made["people"],
        "rounds": rounds,
        "client_cpu": round(client_cpu),
        "others_cpu": round(others_cpu),
        "database": database,
    }


if __name__ == "__main__":
    sys.exit(main())
