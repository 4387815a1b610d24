"""The year and number by which a list of measures goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0003_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="filed_as",
            field=models.CharField(blank=True, default="", max_length=140),
        ),
        migrations.AlterModelOptions(
            name="measure",
            options={"ordering": ("counterfactual", "place", "filed_as", "id")},
        ),
    ]
