"""The real service as ``manage.py serve`` runs it, that also tells on its standard output when a command has committed.

The moment is read from the monotonic clock, which all processes of a machine share, by a listener of meetings/announcing.py:
right after the commit, before anything else that happens because of it.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

# What a variant gives back to Daphne, to tell apart what each measure brings (docs/decisions/0003).
GIVEN_BACK: dict[str, tuple[str, ...]] = {
    "ours": (),
    "eager": ("handle_reply",),
    "frames": ("listen_success",),
    "stock": ("handle_reply", "listen_success"),
}


def main(variant: str) -> None:
    """Serves on a free port until it is told to end; says the port first, then each commit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from channels.routing import get_default_application
    from daphne.server import Server

    from bench.lines import say
    from live.hub import hub
    from live.serving.server import LiveServer
    from meetings.announcing import listen

    listen(_tell_commit)
    # To tell apart what each measure brings, one or both are given back to Daphne (docs/decisions/0003).
    given_back = {
        "ours": (),
        "eager": ("handle_reply",),
        "frames": ("listen_success",),
        "stock": ("handle_reply", "listen_success"),
    }
    kind = type("BenchServer", (LiveServer,), {name: getattr(Server, name) for name in given_back[variant]})
    application = get_default_application()
    server = kind(application, "127.0.0.1", 0, ready=lambda _host, port: say({"port": port}), farewell=hub.close_all)
    server.serve()
    sys.exit(server.refusal or 0)


def _tell_commit(meeting_id: int, number: int) -> None:
    now = time.monotonic_ns()
    os.write(1, json.dumps({"committed_ns": now, "number": number}).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ours")
