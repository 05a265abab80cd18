"""Beside a held operation, digests of the ids in it: a colleague whom it names does not see it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sync", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="heldoperation",
            name="named",
            field=models.CharField(blank=True, default=""),
        ),
    ]
