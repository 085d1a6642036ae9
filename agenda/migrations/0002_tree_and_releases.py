"""Items as a tree with numbers, notes and fixed times; releases of the programme."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def number_items(apps, schema_editor):
    """Until now the number of an item was its place."""
    items = apps.get_model("agenda", "AgendaItem")
    for item in items.objects.exclude(kind="break").iterator():
        items.objects.filter(pk=item.pk).update(number=str(item.position))


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0001_initial"),
        ("meetings", "0005_deadlines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="begins_at",
            field=models.TimeField(blank=True, help_text="A fixed time of day; nothing: after the one before.", null=True),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="note",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="number",
            field=models.CharField(blank=True, help_text="As shown: 1, 2, 2.1; follows from the tree.", max_length=20),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="children",
                to="agenda.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="people",
            field=models.ManyToManyField(
                blank=True, help_text="Who of the list presents.", related_name="presents", to="meetings.participant"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="version",
            field=models.PositiveIntegerField(default=1, help_text="Counts the changes of its words."),
        ),
        migrations.AlterField(
            model_name="agendaitem",
            name="position",
            field=models.PositiveIntegerField(help_text="Running order over the whole tree: an item, then what is under it."),
        ),
        migrations.AlterField(
            model_name="agendaitem",
            name="presenter",
            field=models.CharField(blank=True, help_text="Names or offices as they were when it was written.", max_length=200),
        ),
        migrations.RunPython(number_items, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ProgrammeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(help_text="Of its entry in the journal.")),
                ("before", models.JSONField()),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="programme_step", to="meetings.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgrammeRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("released_at", models.DateTimeField()),
                ("released_by", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("snapshot", models.JSONField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "-number"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "number"), name="one_release_per_number")],
            },
        ),
        migrations.CreateModel(
            name="SeenRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seen_releases", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seen_releases", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "account"), name="an_account_has_seen_one_release")],
            },
        ),
    ]
