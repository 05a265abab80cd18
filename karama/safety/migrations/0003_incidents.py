import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_emergencies'),
        ('programme', '0001_initial'),
        ('safety', '0002_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('kind', models.CharField(choices=[('self_harm', 'A suicide attempt or self-harm'), ('violence', 'Violence'), ('threat', 'A threat, or armed people'), ('staff', 'Harm by a colleague'), ('medical', 'A medical emergency or an accident'), ('data', 'Records lost, seen or taken'), ('other', 'Something else')], max_length=9)),
                ('occurred_on', models.DateField()),
                ('words', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='safety.incident')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='people.person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'safety_incident',
                'abstract': False,
                'indexes': [models.Index(fields=['site', 'occurred_on'], name='safety_incident_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='safety_incident_amend_paired')],
            },
        ),
        migrations.CreateModel(
            name='IncidentKeptFrom',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('user_id', models.UUIDField()),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='safety.incidentkeptfrom')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_from', to='safety.incident')),
            ],
            options={
                'db_table': 'safety_incident_kept_from',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='safety_incidentkeptfrom_amend_paired'), models.UniqueConstraint(fields=('incident', 'user_id'), name='safety_incident_kept_from_once')],
            },
        ),
        migrations.CreateModel(
            name='IncidentStep',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('step', models.CharField(max_length=15)),
                ('words', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='safety.incidentstep')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='safety.incident')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'safety_incident_step',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='safety_incidentstep_amend_paired'), models.CheckConstraint(condition=models.Q(('step__in', ('acted', 'told_family', 'told_authority', 'staff_supported', 'learned', 'closed'))), name='safety_incident_step_known')],
            },
        ),
    ]
