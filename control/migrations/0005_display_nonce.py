"""Addresses of displays that no restore gives to another display; those that hang on walls already stay as they are."""

from django.db import migrations, models

import meetings.nonces


def _field(**default: object) -> models.CharField:
    return models.CharField(blank=True, help_text="Stands in its address; empty in an old one.", max_length=16, **default)


class Migration(migrations.Migration):
    """Gives the displays there are none, and each later one its own."""

    dependencies = [("control", "0004_incidents")]
    operations = [
        migrations.AddField("display", "nonce", _field(default="")),
        migrations.AlterField("display", "nonce", _field(default=meetings.nonces.fresh_nonce)),
    ]
