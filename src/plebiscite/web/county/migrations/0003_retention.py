"""Until when the data of signers are kept: holds, who asked, and the record after.

SQLite makes a table anew to add a column, and a trigger that asks for it is in the way
meanwhile; so those on decisions are taken away and set again.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = import_module("plebiscite.web.county.migrations.0002_decisions_only_grow")

STATES = [
    ("waiting", "waiting"),
    ("taking", "being read"),
    ("taken", "taken over"),
    ("refused", "refused"),
    ("replaced", "replaced by a newer file"),
    ("destroyed", "destroyed when its term had ended"),
]


class Migration(migrations.Migration):
    dependencies = [("county", "0002_decisions_only_grow")]
    operations = [
        migrations.RunPython(TRIGGERS.allow, TRIGGERS.forbid),
        migrations.AddField("desk", "purge", models.JSONField(default=dict)),
        migrations.AddField("desk", "purge_asked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "desk", "purge_asked_by", models.CharField(blank=True, max_length=150)
        ),
        migrations.AlterField(
            "upload",
            "state",
            models.CharField(choices=STATES, default="waiting", max_length=10),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("laid_at", models.DateTimeField()),
                ("laid_by", models.CharField(max_length=150)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=150)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
                        to="county.desk",
                    ),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.RunPython(TRIGGERS.forbid, TRIGGERS.allow),
    ]
