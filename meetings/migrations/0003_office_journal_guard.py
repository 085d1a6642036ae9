"""The trigger that keeps the office's journal from being replaced, for databases that were made before it."""

from django.db import migrations

from meetings import guards


class Migration(migrations.Migration):
    """Installs the triggers of meetings/guards.py again; those that are there stay."""

    dependencies = [("meetings", "0002_journal_guards")]
    operations = [
        migrations.RunPython(lambda apps, editor: guards.install(editor.connection), lambda apps, editor: None, elidable=True)
    ]
