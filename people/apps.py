"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who there is, and which sessions have ended."""

    name = "people"

    def ready(self) -> None:
        """Hear of it when somebody signs out."""
        from django.contrib.auth.signals import user_logged_out

        from people import sessions

        user_logged_out.connect(sessions.signed_out, dispatch_uid="people.sessions.signed_out")
