"""One press for the module's tests, and one printed set of minutes that many of them measure."""

from collections.abc import Iterator

import pytest

from printing.press import Press
from tests.printing.minutes import order_for, render_minutes


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


@pytest.fixture(scope="session")
def minutes_pdf(press: Press) -> bytes:
    return press.print(order_for(render_minutes()))


@pytest.fixture(scope="session")
def demonstration_pdf(press: Press) -> bytes:
    return press.print(order_for(render_minutes(demonstration=True)))
