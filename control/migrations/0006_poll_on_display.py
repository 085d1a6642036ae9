"""Displays can be told to show a vote."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("control", "0005_display_nonce")]

    operations = [
        migrations.AlterField(
            model_name="display",
            name="mode",
            field=models.CharField(
                choices=[
                    ("auto", "Follow the meeting"),
                    ("item", "Item"),
                    ("speaker", "Speaker and timer"),
                    ("announcement", "Announcement"),
                    ("count", "Head count"),
                    ("conclusion", "Conclusion"),
                    ("poll", "Vote"),
                    ("welcome", "Welcome"),
                    ("blank", "Blank"),
                ],
                default="auto",
                max_length=12,
            ),
        ),
    ]
