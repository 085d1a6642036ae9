"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who there is, and which sessions have ended."""

    name = "people"

    def ready(self) -> None:
        """Hear of it when somebody signs in or out."""
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from people import attempts, sessions

        user_logged_out.connect(sessions.signed_out, dispatch_uid="people.sessions.signed_out")
        user_logged_in.connect(attempts.signed_in, dispatch_uid="people.attempts.signed_in")
