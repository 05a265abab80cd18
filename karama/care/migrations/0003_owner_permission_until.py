"""A permission of an instrument's owner may have a last day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("care", "0002_pathway_of_care")]

    operations = [
        migrations.AddField(
            model_name="ownerpermission",
            name="until",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="ownerpermission",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("given_on")), _connector="OR"),
                name="care_permission_days_in_order",
            ),
        ),
    ]
