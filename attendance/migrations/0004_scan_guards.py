"""The triggers of the ledger of scans."""

from django.db import migrations

from attendance.ledger import guards


class Migration(migrations.Migration):
    """Installs the triggers of attendance/ledger/guards.py."""

    dependencies = [("attendance", "0003_ready_and_present"), ("meetings", "0007_calendar")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(editor.connection), lambda apps, editor: guards.remove(editor.connection)
        ),
    ]
