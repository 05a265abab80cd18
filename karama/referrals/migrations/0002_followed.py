"""A referral that somebody took up who does not work with the person, and a packet that a no has closed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="referraltask",
            name="followed",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="packet",
            name="closed_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("withdrawn", "The person took the yes back"),
                    ("refused", "The person said no to sharing"),
                    ("ended", "The referral ended"),
                    ("codes", "Too many wrong codes"),
                    ("renewed", "A new slip was made"),
                    ("stopped", "Sharing was stopped"),
                    ("rest", "The record is at rest"),
                ],
                default="",
                max_length=9,
            ),
        ),
    ]
