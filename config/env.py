"""Every setting an office can make, with its default and meaning; a bad or unknown one stops the start."""

import ipaddress
import os
import re
import secrets
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, its default as text, and what it does (for docs/settings.md)."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "DATABASE_URL", "", "Database. Empty: SQLite in the data folder; postgres://user:password@host/name for PostgreSQL."
    ),
    Variable("REDIS_URL", "", "Redis for hints between processes. Empty: in-memory, one process."),
    Variable(
        "HOST",
        "127.0.0.1",
        "Address the service listens on. Demo mode accepts loopback only, 0.0.0.0 means every address of the machine.",
    ),
    Variable("PORT", "8000", "Port the service listens on, 1 to 65535."),
    Variable("DIEMCAU_MODE", "demo", "demo or office. `manage.py setup_office` writes office."),
    Variable("DIEMCAU_DATA", "var", "Folder of the database, files and keys."),
    Variable("DIEMCAU_SECRET_KEY", "", "Signing key, at least 50 characters. Empty: made once and kept in the data folder."),
    Variable(
        "DIEMCAU_ALLOWED_HOSTS",
        "",
        "Host names the service answers to, separated by commas. Loopback, HOST and that of DIEMCAU_PUBLIC_URL always work.",
    ),
    Variable(
        "DIEMCAU_PUBLIC_URL", "", "Address printed in QR codes, such as https://hoinghi.example.vn. Empty: http://HOST:PORT."
    ),
    Variable(
        "DIEMCAU_PROXIES",
        "127.0.0.1,::1",
        "Addresses of the proxies in front, separated by commas: their X-Forwarded-For says who signs in from where.",
    ),
    Variable("DIEMCAU_ONE_TIME_DAYS", "14", "Days a one-time password opens its account, 1 to 90."),
    Variable(
        "DIEMCAU_WORKERS",
        "1",
        "Processes for long work beside the service, 0 to 8. 0: `manage.py worker` runs as services of its own.",
    ),
    Variable("DIEMCAU_SMTP_HOST", "", "Mail server. Empty: letters stay in the outbox. A demonstration never sends any."),
    Variable("DIEMCAU_SMTP_PORT", "587", "Its port, 1 to 65535."),
    Variable(
        "DIEMCAU_SMTP_TLS",
        "starttls",
        "starttls, tls (from the first byte, port 465) or none (a server of this machine).",
    ),
    Variable("DIEMCAU_SMTP_USER", "", "User name at the mail server. Empty: without signing in."),
    Variable("DIEMCAU_SMTP_PASSWORD", "", "Password at the mail server."),
    Variable("DIEMCAU_MAIL_FROM", "", "Sender of letters: Văn phòng <vanphong@hoinghi.example.vn>. Needed with a mail server."),
    Variable("DIEMCAU_MAIL_PER_MINUTE", "60", "Letters a minute at most, 1 to 6000: mail servers refuse who is too fast."),
    Variable("DIEMCAU_DEBUG", "false", "true shows error details and the page of parts. Never in an office."),
    Variable("DIEMCAU_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
)
_BY_NAME = {variable.name: variable for variable in VARIABLES}
_env = environ.Env()


OFFICE_FILE = "diemcau.env"


def read_office_file() -> None:
    """Take values that `setup_office` wrote to the data folder, where the environment names none.

    An office's data never become a demonstration, with its one-click sign-in, by a word in the environment.
    """
    path = data_folder() / OFFICE_FILE
    if not path.exists():
        return
    asked = os.environ.get("DIEMCAU_MODE", "").strip()
    environ.Env.read_env(path, overwrite=False)
    if asked == "demo" and "DIEMCAU_MODE=office" in path.read_text().split():
        raise ImproperlyConfigured(f"DIEMCAU_MODE=demo, but {path} says that these are the data of an office.")


def refuse_unknown() -> None:
    """Stop at a DIEMCAU_ variable that nothing reads: a typing mistake would otherwise be ignored in silence."""
    unknown = sorted(name for name in os.environ if name.startswith("DIEMCAU_") and name not in _BY_NAME)
    if unknown:
        raise ImproperlyConfigured(f"Unknown setting {', '.join(unknown)}. docs/settings.md lists the settings there are.")


def text(name: str) -> str:
    """Return a setting as text, stripped; its default when it is unset or empty."""
    return (os.environ.get(name) or _BY_NAME[name].default).strip()


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """Return a setting that must be one of `allowed`; raise ImproperlyConfigured otherwise."""
    value = text(name)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r}: must be one of {', '.join(allowed)}.")
    return value


def flag(name: str) -> bool:
    """Return a setting that must be true or false."""
    return choice(name, ("true", "false", "1", "0")) in ("true", "1")


def port(name: str) -> int:
    """Return a TCP port, 1 to 65535."""
    value = text(name)
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise ImproperlyConfigured(f"{name}={value!r}: must be a port from 1 to 65535.")
    return int(value)


def whole(name: str, least: int, most: int) -> int:
    """Return a whole number between two others."""
    value = text(name)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}={value!r}: must be a number from {least} to {most}.")
    return int(value)


def addresses(name: str) -> frozenset[str]:
    """Return a comma-separated list of addresses, each in its shortest form."""
    parts = [part.strip() for part in text(name).split(",") if part.strip()]
    try:
        return frozenset(str(ipaddress.ip_address(part.strip("[]"))) for part in parts)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}.") from error


def mail_server(name: str) -> str:
    """Return the host of the mail server, or nothing."""
    return host(name) if text(name) else ""


def sender(name: str, server: str) -> str:
    """Return the sender of letters, `Name <address>` or an address; needed where there is a mail server."""
    value = text(name)
    address = parseaddr(value)[1]
    local, _at, domain = address.rpartition("@")
    plain = value.isprintable() and local.isascii() and not re.search(r"[\s<>]", address)
    if value and not (plain and local and _is_host(domain)):
        raise ImproperlyConfigured(f"{name} must be an address such as Văn phòng <vanphong@hoinghi.example.vn>.")
    if server and not value:
        raise ImproperlyConfigured(f"{name} is needed with a mail server: the address that letters come from.")
    return value


def host(name: str) -> str:
    """Return a host name or an address, without brackets; raise ImproperlyConfigured for anything else."""
    value = text(name).strip("[]")
    if not _is_host(value):
        raise ImproperlyConfigured(f"{name}={value!r}: must be an address such as 127.0.0.1, or a host name.")
    return value


def hosts(name: str) -> list[str]:
    """Return a comma-separated list of host names; a leading dot stands for all names under one. No * for all."""
    found = [part.strip() for part in text(name).split(",") if part.strip()]
    for part in found:
        if not _is_host(part.strip("[]").removeprefix(".")):
            raise ImproperlyConfigured(f"{name}: {part!r} is not a host name such as hoinghi.example.vn.")
    return found


def in_address(name_or_ip: str) -> str:
    """Return a host as it stands in an address: an IPv6 one in brackets."""
    return f"[{name_or_ip}]" if ":" in name_or_ip else name_or_ip


def host_of(address: str) -> str:
    """Return the host of an address, as it stands in it."""
    return in_address(urlsplit(address).hostname or "")


def _is_host(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return bool(re.fullmatch(r"(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value)) and not re.fullmatch(r"[\d.]+", value)
    return True


def url(name: str, schemes: tuple[str, ...]) -> str:
    """Return an address with one of `schemes`, without a trailing slash, or nothing."""
    value = text(name).rstrip("/")
    try:
        parts = urlsplit(value)
        complete = bool(parts.hostname) or (parts.scheme == "unix" and bool(parts.path))
        complete = complete and (parts.port is None or 1 <= parts.port <= 65535)
    except ValueError:  # a port that is no number, half an IPv6 address
        complete = False
    if value and (parts.scheme not in schemes or not complete):
        raise ImproperlyConfigured(f"{name} must be an address beginning with {' or '.join(s + '://' for s in schemes)}.")
    return value


def data_folder() -> Path:
    """Return the folder of database, files and keys (relative paths start at the project)."""
    return (ROOT / text("DIEMCAU_DATA")).resolve()


def made_data_folder() -> Path:
    """Return that folder, made for this account alone when it is not there yet."""
    folder = data_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DIEMCAU_DATA={folder}: this folder cannot be made ({error.strerror}).") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"DIEMCAU_DATA={folder}: this account may not write there.")
    return folder


def database(data: Path) -> dict[str, Any]:
    """Return Django's description of the database that DATABASE_URL names."""
    value = text("DATABASE_URL")
    if not value:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "diemcau.sqlite3")}
    if not value.startswith(("postgres://", "postgresql://", "sqlite:///")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    try:
        found: dict[str, Any] = _env.db_url_config(value)
    except Exception as error:  # without the address in the sentence: it carries a password
        raise ImproperlyConfigured("DATABASE_URL cannot be read: see docs/settings.md for its form.") from error
    if found["NAME"] in ("", ":memory:"):
        raise ImproperlyConfigured("DATABASE_URL must name a database: postgres://…/name or sqlite:////folder/file.")
    if value.startswith("sqlite:"):
        found["NAME"] = str(ROOT / str(found["NAME"]))
    return found


def secret_key(data: Path) -> str:
    """Return the signing key: from the environment, else from the data folder, where it is made once (0600)."""
    given = text("DIEMCAU_SECRET_KEY")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured("DIEMCAU_SECRET_KEY must have at least 50 characters.")
        return given
    path = data / "secret-key"
    if not path.exists():
        _make_secret_key(path)
    kept = path.read_text().strip()
    if len(kept) < 50:
        raise ImproperlyConfigured(f"{path} holds no key. Delete it to get a new one; links signed with the old one end.")
    return kept


def _make_secret_key(path: Path) -> None:
    """Write a new key so that nobody reads half of it, and two processes that start together agree on one."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-key-") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)


def is_testing() -> bool:
    """Tell whether pytest runs: cheaper password hashing, a database in a file of its own."""
    return "pytest" in sys.modules
