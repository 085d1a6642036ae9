"""Which accounts there are."""

from django.db.models import Q, QuerySet

from people.models import User


def accounts_like(sought: str) -> QuerySet[User]:
    """Return the accounts whose user name or person contains the text, open ones first."""
    found = User.objects.select_related("person", "organisation").order_by("-is_active", "username")
    if not sought:
        return found
    return found.filter(Q(username__icontains=sought) | Q(person__full_name__icontains=sought))
