"""The first form of the tables."""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "name",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("beat_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("given", models.JSONField(default=dict)),
                ("kept", models.JSONField(default=dict)),
                ("result", models.JSONField(default=dict)),
                ("lock", models.CharField(blank=True, default="", max_length=200)),
                ("measure", models.CharField(blank=True, default="", max_length=120)),
                ("county", models.CharField(blank=True, default="", max_length=80)),
                ("by", models.CharField(max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("stopped", "stopped"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("what", models.CharField(blank=True, default="", max_length=200)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("problem", models.TextField(blank=True, default="")),
                ("refusals", models.JSONField(default=list)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("worker", models.CharField(blank=True, default="", max_length=64)),
                ("stop_asked", models.BooleanField(default=False)),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("next_url", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "running"), models.Q(("lock", ""), _negated=True)
                        ),
                        fields=("lock",),
                        name="one_job_at_a_time_per_lock",
                    )
                ],
            },
        ),
    ]
