"""A referral by which a wanted service is followed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_followed")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="offer",
            field=models.UUIDField(blank=True, null=True, unique=True),
        ),
    ]
