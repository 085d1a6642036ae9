"""The installation: settings, addresses, the ASGI application and the commands that set it up. Nobody imports it."""

from config.sqlite import use_safe_sqlite

use_safe_sqlite()
