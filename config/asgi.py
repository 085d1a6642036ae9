"""The whole service as one plain ASGI application: pages over HTTP, the live room over WebSocket."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.asgi import get_asgi_application

http = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402

from live.consumers import socket  # noqa: E402

application = ProtocolTypeRouter({"http": http, "websocket": socket})
