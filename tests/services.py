"""A private PostgreSQL and Redis for tests: `python -m tests.services run -- COMMAND…`; sockets in a temporary folder."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg

DATABASE = "diemcau"
PATIENCE = 20.0  # seconds Redis may take to start or to stop

# A test database need not survive a power cut, and is never tidied up: a table that was while a test had emptied it passes for
# empty with every plan that is kept, and thousands of rows that come then are read whole for each of them (180 s, not 17).
POSTGRES_OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_connections=200"
)


@contextmanager
def running_services() -> Iterator[dict[str, str]]:
    """Run both servers and yield the variables that lead to them (DATABASE_URL, REDIS_URL); leave no trace.

    Raises SystemExit when a server's program is missing or does not start.
    """
    with (
        _folder() as folder,
        _postgres(folder / "pg", POSTGRES_OPTIONS) as database_url,
        _redis(folder / "redis.sock") as redis_url,
    ):
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


@contextmanager
def private_postgres(options: str = POSTGRES_OPTIONS, *, begun: Path | None = None, kept: Path | None = None) -> Iterator[str]:
    """Run PostgreSQL alone and yield its address; `options` as the server takes them.

    `begun`: a folder of data to begin with a copy of; `kept`: where its data go in the end, unless the block raises.
    """
    with _folder() as folder:
        with _postgres(folder / "pg", options, begun, whole=kept is not None) as database_url:
            yield database_url
        if kept:
            _copy(folder / "pg" / "data", kept)


@contextmanager
def _folder() -> Iterator[Path]:
    # Not TMPDIR: the path of a socket may have 107 bytes, and another account must reach it.
    folder = Path(tempfile.mkdtemp(prefix="diemcau-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(folder: Path, options: str, begun: Path | None = None, whole: bool = False) -> Iterator[str]:
    folder.mkdir(mode=0o700)
    as_account: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_account = ["runuser", "-u", "postgres", "--"]
    data, log = folder / "data", folder / "log"
    control = [*as_account, _program("pg_ctl"), "--silent", "-D", str(data)]
    initdb = "--username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync"
    if begun:
        _copy(begun, data)
    else:
        _call([*control, "initdb", "-o", initdb], log)
    _call([*control, "start", "-w", "-l", str(log), "-o", f"-k {folder} {options}"], log)
    try:
        if not begun:
            with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
        yield f"postgres://postgres@/{folder}/{DATABASE}"
    finally:
        _call([*control, "stop", "-w", "-m", "fast" if whole else "immediate"], log)


@contextmanager
def _redis(socket: Path) -> Iterator[str]:
    command = [_program("redis-server"), "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    # A session of its own: Ctrl-C at the keyboard must not end it before the tests have ended.
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/", start_new_session=True)
    try:
        limit = time.monotonic() + PATIENCE
        while not socket.exists():
            if server.poll() is not None or time.monotonic() > limit:
                sys.exit("redis-server did not start.")
            time.sleep(0.02)
        yield f"unix://{socket}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _program(name: str) -> str:
    """Return a server's program; Debian keeps PostgreSQL's off the path, one folder per version."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name) or (str(versions[-1]) if versions else None)
    return found or sys.exit(f"{name} is missing: `make test` installs it.")


def _copy(data: Path, target: Path) -> None:
    """Copy a folder of data with its owner and rights, which PostgreSQL insists on."""
    subprocess.run(["cp", "-a", str(data), str(target)], check=True)


def _call(command: Sequence[str], log: Path) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", check=False)
    if done.returncode:
        sys.exit(f"{command[-1]}: {done.stderr}\n{log.read_text() if log.exists() else ''}")


def run_with_services(command: Sequence[str]) -> int:
    """Run a command beside the services; return its exit code (128 + signal when a signal ended it)."""
    with running_services() as variables:
        child = subprocess.Popen(command, env=os.environ | variables)
        try:
            code = child.wait()
        except BaseException as stop:
            # Ctrl-C reached the command too; let it close its connections before its database goes.
            _await_end(child, PATIENCE if isinstance(stop, KeyboardInterrupt) else 0)
            raise
    return code if code >= 0 else 128 - code


def _await_end(child: subprocess.Popen[bytes], patience: float) -> None:
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.terminate()
        child.wait()


def _end(signal_number: int, _frame: object) -> NoReturn:
    sys.exit(128 + signal_number)


if __name__ == "__main__":
    if sys.argv[1:3] != ["run", "--"] or len(sys.argv) < 4:
        sys.exit("usage: python -m tests.services run -- COMMAND…")
    signal.signal(signal.SIGTERM, _end)
    try:
        sys.exit(run_with_services(sys.argv[3:]))
    except KeyboardInterrupt:
        sys.exit(130)
