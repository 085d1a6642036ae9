"""The 34 provinces are there from the beginning."""

from typing import Any

from django.db import migrations

from people.provinces import PROVINCES


def enter_provinces(apps: Any, editor: Any) -> None:
    """Enter each province under its Party committee's name."""
    organisation = apps.get_model("people", "Organisation")
    organisation.objects.bulk_create(
        organisation(kind="province", code=code, name=committee, short_name=name) for code, name, committee in PROVINCES
    )


class Migration(migrations.Migration):
    """Fills the directory with the provinces."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(enter_provinces, migrations.RunPython.noop)]
