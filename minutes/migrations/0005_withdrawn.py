"""When a conclusion was withdrawn, by whom, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0004_issuance"),
    ]

    operations = [
        migrations.AddField(
            model_name="conclusion",
            name="why",
            field=models.CharField(blank=True, help_text="Why it was withdrawn.", max_length=300),
        ),
        migrations.AddField(
            model_name="conclusion",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conclusion",
            name="withdrawn_by",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
