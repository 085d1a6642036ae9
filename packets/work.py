"""The long work of papers."""

from packets.binding import work as binding  # noqa: F401
from packets.folder import work as folders  # noqa: F401
from packets.preparing import again, tidying, work  # noqa: F401
from packets.reading import reminding  # noqa: F401
