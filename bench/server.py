"""The real service as ``manage.py serve`` runs it, that also tells on its standard output when a command has committed.

The moment is read from the monotonic clock, which all processes of a machine share, by a listener of meetings/announcing.py:
right after the commit, before anything else that happens because of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time

import django

from bench.bare_view import add_bare_view

# What a variant gives back to Daphne, to tell apart what each measure brings (docs/decisions/0003).
GIVEN_BACK: dict[str, tuple[str, ...]] = {
    "ours": (),
    "eager": ("handle_reply",),
    "frames": ("listen_success",),
    "stock": ("handle_reply", "listen_success"),
}


def main(variant: str, port: int) -> None:
    """Serves until it is told to end, on a free port where none is given; says the port first, then each commit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from channels.routing import get_default_application
    from daphne.server import Server

    from bench.lines import say
    from live.hub import hub
    from live.serving.connections import kept_connections
    from live.serving.server import LiveServer
    from meetings.announcing import listen

    listen(_tell_commit)
    add_bare_view()
    kind = type("BenchServer", (LiveServer,), {name: getattr(Server, name) for name in GIVEN_BACK[variant]})
    application = get_default_application()

    def ready(_host: str, port: int) -> None:
        asyncio.get_event_loop().call_soon(hub.start)
        say({"port": port})

    server = kind(application, "127.0.0.1", port, ready=ready, farewell=hub.close_all)
    with kept_connections():
        server.serve()
    sys.exit(server.refusal or 0)


def _tell_commit(meeting_id: int, number: int) -> None:
    now = time.monotonic_ns()
    os.write(1, json.dumps({"committed_ns": now, "number": number}).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ours", int(sys.argv[2]) if len(sys.argv) > 2 else 0)
