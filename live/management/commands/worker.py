"""``manage.py worker``: does the long work (papers, mails, imports) in a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.utils.translation import gettext as _

from jobs.runner import Runner, release_at_start
from live.management.commands.serve import leave, refuse_unmigrated
from live.serving.connections import kept_connections
from live.serving.presence import Occupied, alone, serving

#: Seconds a step of a job has to end when the process is told to stop; what takes longer is taken up again later.
CALM = 5.0
#: The live pages go first.
NICENESS = 5


class Command(BaseCommand):
    """Works until SIGTERM or SIGINT, or, beside a service, until that is gone."""

    help = "Do long work in the background; on PostgreSQL in as many processes as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        """How `serve` starts one beside itself."""
        parser.add_argument("--beside", action="store_true", help="end when standard input does (used by serve)")

    def handle(self, *args: Any, beside: bool, **options: Any) -> None:
        """Looks for every reason not to start, then works."""
        refuse_unmigrated()
        os.nice(NICENESS)
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: ended.set())
        if beside:
            threading.Thread(target=_watch_parent, args=(ended,), daemon=True).start()
        try:
            with serving(settings.DATA_DIR):
                self._work(ended)
        except Occupied as error:
            raise CommandError(_("The data are being exchanged by setup_office or restore. Start again afterwards.")) from error
        leave()

    def _work(self, ended: threading.Event) -> None:
        _release_what_was_left()
        with serving(settings.DATA_DIR, "working.lock"), kept_connections():
            connections.close_all()
            runner = Runner()
            runner.start()
            ended.wait()
            runner.stop(CALM)


def _release_what_was_left() -> None:
    """On SQLite all runners are on this machine: when there is no other, what was begun is nobody's any more."""
    if connection.vendor != "sqlite":
        return  # leases run out by themselves
    try:
        with alone(settings.DATA_DIR, "working.lock"):
            release_at_start()
    except Occupied:
        pass


def _watch_parent(ended: threading.Event) -> None:
    """The service closes the pipe when it ends, and the system closes it when the service is killed."""
    while sys.stdin.buffer.read(1):
        pass
    ended.set()
