"""``manage.py serve``: serves the whole product, pages and sockets, in one process."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Any

from channels.routing import get_default_application
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from live.serving.addresses import addresses_of, is_loopback, url_of
from live.serving.connections import kept_connections
from live.serving.presence import Occupied, serving
from live.serving.workers import Workers


class Command(BaseCommand):
    """Serves until SIGTERM or SIGINT; exits with 1 and one sentence when it must not or cannot start."""

    help = "Serve pages and live sockets in one process."
    # Checked in handle, after the address: whoever opens the demonstration to a network is told that first.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """HOST and PORT of the environment, unless told otherwise."""
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", default=settings.PORT, type=int, help="port to listen on (default: %(default)s)")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Looks for every reason not to start, then serves."""
        address = listening_address(host)
        self.check()
        refuse_unmigrated()
        from live.hub import hub
        from live.serving.server import LiveServer  # starts Twisted's reactor, which only a server needs

        server = LiveServer(get_default_application(), address, port, ready=self.tell, farewell=hub.close_all)
        self.workers = Workers(settings.WORKERS)
        try:
            with serving(settings.DATA_DIR), kept_connections():
                server.serve()
                self.workers.stop()
        except Occupied as error:
            raise CommandError(_("The data are being exchanged by setup_office or restore. Start again afterwards.")) from error
        connections.close_all()
        if server.refusal:
            told = {"address": url_of(host, port), "reason": server.refusal}
            raise CommandError(_("Cannot listen at %(address)s: %(reason)s. Choose another PORT, or stop what uses it.") % told)
        leave()

    def tell(self, host: str, port: int) -> None:
        """One line, once the address is open; the hub begins with the loop, also for consoles that open no socket."""
        from live.hub import hub

        asyncio.get_event_loop().call_soon(hub.start)
        self.workers.start()
        self.stdout.write(_("Điểm Cầu is served at %(url)s") % {"url": url_of(host, port)})
        self.stdout.flush()


def leave() -> None:
    """Ends the process at once. Requests that came after the end had begun may still wait for a lock in their threads, and
    the interpreter would wait for them while nobody listens; what they have not committed is sent again under its id.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def listening_address(host: str) -> str:
    """The numeric address to listen on; CommandError if there is none, or if a demonstration would leave this machine."""
    found = addresses_of(host)
    if not found:
        raise CommandError(_("HOST is “%(host)s”, which is no address of any machine.") % {"host": host})
    if settings.DEMO_MODE and not is_loopback(host):
        raise CommandError(
            _(
                "A demonstration is served on this machine only: HOST must be 127.0.0.1, not “%(host)s”. "
                "For an office, run manage.py setup_office first."
            )
            % {"host": host}
        )
    return found[0]


def refuse_unmigrated() -> None:
    """CommandError if the database cannot be opened or does not have the tables of this version."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise CommandError(_("The database cannot be opened: %(reason)s.") % {"reason": error}) from error
    finally:
        connection.close()
    if missing:
        raise CommandError(_("The database is not prepared for this version: run manage.py migrate first."))
