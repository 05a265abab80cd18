import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='password_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='password_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='DeviceSeen',
            fields=[
                ('device', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='seen', serialize=False, to='accounts.device')),
                ('seen_on', models.DateField()),
            ],
            options={
                'db_table': 'accounts_device_seen',
            },
        ),
    ]
