"""The language of a page: what somebody chose, else Vietnamese. A browser's own language decides nothing:
an office PC with an English Windows still belongs to a Vietnamese office."""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.decorators import sync_and_async_middleware


def chosen_language(request: HttpRequest) -> str:
    """Return the language of the cookie when it is one of ours, else the installation's."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@sync_and_async_middleware
def ChosenLanguageMiddleware(get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]):  # type: ignore[no-untyped-def]
    """Activate the chosen language for the request."""

    def begin(request: HttpRequest) -> None:
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]

    if iscoroutinefunction(get_response):

        async def run(request: HttpRequest) -> HttpResponseBase:
            begin(request)
            return await get_response(request)  # type: ignore[misc]

    else:

        def run(request: HttpRequest) -> HttpResponseBase:  # type: ignore[misc]
            begin(request)
            return get_response(request)  # type: ignore[return-value]

    return run
