"""The triggers of the ledger of ballots and of the box."""

from django.db import migrations

from voting.ballots import guards


class Migration(migrations.Migration):
    """Installs the triggers of voting/ballots/guards.py."""

    dependencies = [("voting", "0001_initial"), ("meetings", "0007_calendar")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(editor.connection), lambda apps, editor: guards.remove(editor.connection)
        ),
    ]
