"""The links of circulators, and what they tell before they come."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarrierLink",
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
                ("digest", models.CharField(max_length=64, unique=True)),
                ("measure", models.CharField(max_length=120)),
                ("circulator", models.CharField(max_length=40)),
                ("made_by", models.CharField(max_length=254)),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("measure", "circulator"),
                        name="one_standing_link_of_a_circulator",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
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
                ("measure", models.CharField(max_length=120)),
                ("bundle", models.CharField(max_length=12)),
                ("lines", models.PositiveIntegerField()),
                ("missing", models.CharField(blank=True, default="", max_length=200)),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["measure", "bundle"],
                        name="campaign_to_measure_de4dd4_idx",
                    )
                ],
            },
        ),
    ]
