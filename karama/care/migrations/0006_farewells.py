import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0005_meetings'),
        ('people', '0003_emergencies'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteClosing',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('ends_on', models.DateField()),
                ('cancelled_on', models.DateField(null=True)),
                ('why', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'care_site_closing',
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_on__isnull', True)), fields=('site',), name='care_site_closing_once')],
            },
        ),
        migrations.CreateModel(
            name='Farewell',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('occurred_on', models.DateField()),
                ('last_check', models.CharField(choices=[('safe', 'Asked: no danger now'), ('alert', 'Asked: an alert was raised'), ('not_asked', 'Could not be asked')], max_length=9)),
                ('onward', models.CharField(choices=[('handed_over', 'To another service or site, as this person agreed'), ('ended', 'Care has come to its end'), ('declined', 'This person wants no other service'), ('not_reached', 'Could not be reached')], help_text='Where a person goes', max_length=11)),
                ('words', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.farewell')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='farewells', to='people.person')),
                ('closing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='farewells', to='care.siteclosing')),
            ],
            options={
                'db_table': 'care_farewell',
                'abstract': False,
                'indexes': [models.Index(fields=['closing', 'person'], name='care_farewell_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_farewell_amend_paired')],
            },
        ),
    ]
