"""Django's sessions in the database, with whose they are: an owner sees them, and ends them without knowing their keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from people.models import Session
from people.sessions import fingerprint_of

SIGNED_IN = "signed_in"  # in the session: when, from where and with what, as people/attempts.py puts it there
SEEN_EVERY = timedelta(minutes=15)


class SessionStore(DatabaseStore):
    """Writes the account beside the session."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the kind of row."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of this session: whose it is stands in what Django keeps in it."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        told = data.get(SIGNED_IN, {})
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.fingerprint = fingerprint_of(row.session_key)
        row.began_at = datetime.fromisoformat(told["at"]) if "at" in told else timezone.now()
        row.seen_at = timezone.now()
        row.address, row.device = told.get("address", ""), told.get("device", "")
        return row

    def _get_session_from_db(self) -> Session | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def seen(self, address: str) -> None:
        """Note that the session is in use; at most once in a quarter of an hour."""
        now = timezone.now()
        if self.row is not None and (self.row.seen_at is None or now - self.row.seen_at > SEEN_EVERY):
            Session.objects.filter(pk=self.row.pk).update(seen_at=now, address=address)
