"""The process in which templates are filled: orders from its standard input, pages to its output; no file, no network, no keys.

Run as `python -m minutes.papers.child MEMORY_BYTES CPU_SECONDS`.
"""

import json
import os
import resource
import sys
from typing import Any

from minutes.papers import sandbox
from printing.wire import read_frame, write_frame

_FORBIDDEN = ("socket.", "subprocess.", "os.", "open", "shutil.", "tempfile.", "ctypes.", "import")


def main() -> None:
    """Take limits, close the doors, then answer one order after the other until the pipe ends."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    os.nice(5)
    _rehearse()
    sys.addaudithook(_forbid)
    write_frame(answers, b"ready")
    while True:
        try:
            order = read_frame(orders)
        except EOFError:
            return
        resource.setrlimit(resource.RLIMIT_CPU, (int(_spent()) + seconds, resource.RLIM_INFINITY))
        write_frame(answers, json.dumps(_answered(order)).encode())


def _answered(order: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(order)
        if asked["do"] == "check":
            found = sandbox.check(asked["source"], asked["context"])
            return {"page": "", "faults": [vars(one) for one in found]}
        page, found = sandbox.fill(asked["source"], asked["context"], asked["markup"])
        return {"page": page, "faults": [vars(one) for one in found]}
    except MemoryError:
        return {"page": "", "faults": [{"line": 0, "rule": "too_large", "what": ""}]}
    except Exception as error:  # the reason goes to the parent as a word, never what the data say
        return {"page": "", "faults": [{"line": 0, "rule": "cannot_be_filled", "what": type(error).__name__}]}


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + 1


def _rehearse() -> None:
    """Fill templates that fail and that do not, so that whatever is loaded late is there before the doors close."""
    everything = (
        "{{ y|length }}{{ a|rich(t) }}{{ t|upper }}{{ t|ended(t) }}{{ t|lines }}{% if y is none %}{% endif %}{{ t ~ 'x' }}"
    )
    for source in (
        "{{ a.b }}",
        "{{ a }}",
        "{% for x in y if x %}{{ loop.index|roman }}{% endfor %}",
        "{{ 1 +",
        everything,
        "{{ f() }}",
    ):
        sandbox.fill("<!doctype html>" + source, {"a": {}, "y": [1, 2], "t": "ạ"}, {})
        sandbox.check(source, {"a": {}, "y": [1]})
    json.dumps({"page": "ạ"})


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse whatever would reach out of the process."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"who fills templates does not do {event}")


if __name__ == "__main__":
    main()
