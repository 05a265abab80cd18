from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmessage',
            name='report_digest',
            field=models.BinaryField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name='outgoingmessage',
            name='reported_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='outgoingmessage',
            name='why',
            field=models.CharField(blank=True, choices=[('no_rule', 'Nobody has asked how this person may be reached'), ('never', 'This person is not to be contacted'), ('undecided', 'It is not decided how this person may be reached'), ('other_way', 'This person agreed to another way'), ('no_address', 'There is no number'), ('hours_unclear', 'The safe hours are in words: a colleague has to look'), ('at_rest', 'The record rests'), ('ended', 'No message goes to this person any more'), ('called_off', 'It is not needed any more'), ('too_late', 'There was no safe hour before it'), ('no_gateway', 'No way out for messages is set up here'), ('refused', 'The network refused it'), ('unclear', 'It is not sure whether it went out; it is not sent twice'), ('not_reached', 'The network could not be reached'), ('undelivered', 'The network says that it did not arrive')], default='', max_length=13),
        ),
    ]
