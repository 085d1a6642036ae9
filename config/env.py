"""Every setting an office can make, with its default and meaning; a bad or unknown one stops the start."""

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
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
    Variable("HOST", "127.0.0.1", "Address the service listens on. Demo mode accepts loopback only."),
    Variable("PORT", "8000", "Port the service listens on, 1 to 65535."),
    Variable("DIEMCAU_MODE", "demo", "demo or office. `manage.py setup_office` writes office."),
    Variable("DIEMCAU_DATA", "var", "Folder of the database, files and keys."),
    Variable("DIEMCAU_SECRET_KEY", "", "Signing key, at least 50 characters. Empty: made once and kept in the data folder."),
    Variable("DIEMCAU_ALLOWED_HOSTS", "", "Host names the office mode answers to, separated by commas. Loopback always works."),
    Variable(
        "DIEMCAU_PUBLIC_URL", "", "Address printed in QR codes, such as https://hoinghi.example.vn. Empty: http://HOST:PORT."
    ),
    Variable("DIEMCAU_DEBUG", "false", "true shows error details and the page of parts. Never in an office."),
    Variable("DIEMCAU_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
)
_BY_NAME = {variable.name: variable for variable in VARIABLES}
_env = environ.Env()


def read_office_file() -> None:
    """Take values that `setup_office` wrote to the data folder, where the environment names none."""
    path = data_folder() / "diemcau.env"
    if path.exists():
        environ.Env.read_env(path, overwrite=False)


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


def names(name: str) -> list[str]:
    """Return a comma-separated list."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def url(name: str, schemes: tuple[str, ...]) -> str:
    """Return an address with one of `schemes`, without a trailing slash, or nothing."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in schemes or not (parts.netloc or parts.path)):
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(s + '://' for s in schemes)}.")
    return value


def data_folder() -> Path:
    """Return the folder of database, files and keys (relative paths start at the project)."""
    return (ROOT / text("DIEMCAU_DATA")).resolve()


def database(data: Path) -> dict[str, object]:
    """Return Django's description of the database that DATABASE_URL names."""
    value = text("DATABASE_URL")
    if not value:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "diemcau.sqlite3")}
    try:
        found: dict[str, object] = _env.db_url_config(value)
    except Exception as error:
        raise ImproperlyConfigured("DATABASE_URL cannot be read: see docs/settings.md for its form.") from error
    if found.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    return found


def secret_key(data: Path) -> str:
    """Return the signing key: from the environment, else from the data folder, where it is made once (0600)."""
    given = text("DIEMCAU_SECRET_KEY")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured("DIEMCAU_SECRET_KEY must have at least 50 characters.")
        return given
    path = data / "secret-key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def is_testing() -> bool:
    """Tell whether pytest runs: cheaper password hashing, a database in a file of its own."""
    return "pytest" in sys.modules
