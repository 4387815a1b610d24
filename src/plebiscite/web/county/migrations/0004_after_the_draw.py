"""Lines drawn further, counts revised, every line counted after a sample."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = import_module("plebiscite.web.county.migrations.0002_decisions_only_grow")
KINDS = [
    ("extended", "further lines drawn"),
    ("revised", "raw counts revised"),
    ("every", "every line to be looked at"),
]


class Migration(migrations.Migration):
    dependencies = [("county", "0003_retention")]
    operations = [
        migrations.RunPython(TRIGGERS.allow, TRIGGERS.forbid),
        migrations.AddField(
            "desk", "round", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.CreateModel(
            name="FurtherAct",
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
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=150)),
                ("told", models.JSONField(default=dict)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="further",
                        to="county.desk",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "kind", "number"), name="county_further_once"
                    )
                ],
            },
        ),
        migrations.RunPython(TRIGGERS.forbid, TRIGGERS.allow),
    ]
