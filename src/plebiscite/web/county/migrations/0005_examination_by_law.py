"""The last day to begin an examination is the law's; where none is recorded, none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("county", "0004_after_the_draw")]
    operations = [
        migrations.AlterField("examination", "last_day", models.DateField(null=True))
    ]
