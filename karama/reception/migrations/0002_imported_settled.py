from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reception', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='appointment',
            name='imported',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='appointment',
            name='settled_by',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='appointment',
            name='reason',
            field=models.CharField(blank=True, choices=[('person', 'The person called it off'), ('staff', 'We had to call it off'), ('closed', 'The centre is closed'), ('unsafe', 'The way was not safe'), ('mistake', 'Booked by mistake'), ('ended', 'Not needed any more'), ('unsaid', 'Why was not written down')], default='', max_length=8),
        ),
    ]
