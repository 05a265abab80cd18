from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_phones'),
    ]

    operations = [
        migrations.AddField(
            model_name='device',
            name='keeps',
            field=models.BooleanField(null=True),
        ),
    ]
