"""Triggers that keep the journal append-only."""

from django.db import migrations

from meetings import guards


class Migration(migrations.Migration):
    """Installs the triggers of meetings/guards.py."""

    dependencies = [("meetings", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(editor.connection),
            lambda apps, editor: guards.remove(editor.connection),
            elidable=False,
        )
    ]
