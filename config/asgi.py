"""The whole service as one plain ASGI application: pages over HTTP, the live room over WebSocket."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter  # noqa: E402

from live.consumers import socket  # noqa: E402
from live.hub import hub  # noqa: E402
from live.serving.pages import Pages  # noqa: E402
from packets.reader.quick import send_range  # noqa: E402

http = Pages()


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """Answer over HTTP. The hub works from the first page on: where no socket passes, none would ever start it."""
    hub.start()
    if not await send_range(scope, send):
        await http(scope, receive, send)


application = ProtocolTypeRouter({"http": pages, "websocket": socket})
