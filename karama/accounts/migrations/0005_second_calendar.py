from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_seen_telephones_and_handed_passwords'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='calendar',
            field=models.CharField(blank=True, default='', max_length=10),
        ),
    ]
