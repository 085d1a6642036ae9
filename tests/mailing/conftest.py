"""A mail server, and an installation that knows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.mailing.postman import Postman, serve


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    """A mail server of this test's own, set as the installation's."""
    postman, server = serve()
    settings.DEMO_MODE, settings.SMTP_HOST, settings.SMTP_PORT = False, "127.0.0.1", postman.port
    settings.SMTP_TLS, settings.SMTP_USER, settings.MAIL_PER_MINUTE = "none", "", 6000
    settings.MAIL_FROM = "Văn phòng Tỉnh ủy <van.phong@example.vn>"
    yield postman
    server.shutdown()
    server.server_close()
