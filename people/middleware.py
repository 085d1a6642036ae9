"""The language of a page: what somebody chose, else Vietnamese. A browser's own language decides nothing:
an office PC with an English Windows still belongs to a Vietnamese office."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin


def chosen_language(request: HttpRequest) -> str:
    """Return the language of the cookie when it is one of ours, else the installation's."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class ChosenLanguageMiddleware(MiddlewareMixin):
    """Activates the chosen language for the request."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate it."""
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language()
