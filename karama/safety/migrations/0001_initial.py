import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('person_id', models.UUIDField(null=True)),
                ('own_keys', models.BooleanField(default=False)),
                ('grade', models.CharField(choices=[('now', 'now'), ('today', 'today'), ('soon', 'soon')], max_length=5)),
                ('historic', models.BooleanField(default=False)),
                ('match', models.CharField(blank=True, default='', max_length=64)),
                ('raised_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('asked_first_id', models.UUIDField(null=True)),
                ('kind', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='safety.alert')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'safety_alert',
                'abstract': False,
                'indexes': [models.Index(fields=['person_id'], name='safety_alert_person'), models.Index(fields=['match'], name='safety_alert_match'), models.Index(fields=['historic', 'raised_at'], name='safety_alert_raised')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='safety_alert_amend_paired'), models.CheckConstraint(condition=models.Q(('grade__in', ('now', 'today', 'soon'))), name='safety_alert_grade'), models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('raised_at'))), name='safety_alert_due_after'), models.CheckConstraint(condition=models.Q(('own_keys', False), ('person_id__isnull', False), _connector='OR'), name='safety_alert_keys_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='AlertSource',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('source', models.CharField(max_length=40)),
                ('source_record_id', models.UUIDField(null=True)),
                ('grade', models.CharField(choices=[('now', 'now'), ('today', 'today'), ('soon', 'soon')], max_length=5)),
                ('words', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='safety.alert')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='safety.alertsource')),
            ],
            options={
                'db_table': 'safety_alert_source',
                'abstract': False,
                'indexes': [models.Index(fields=['author_id'], name='safety_source_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='safety_alertsource_amend_paired'), models.CheckConstraint(condition=models.Q(('grade__in', ('now', 'today', 'soon'))), name='safety_source_grade')],
            },
        ),
        migrations.CreateModel(
            name='AlertStep',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('step', models.CharField(choices=[('seen', 'seen'), ('taken', 'taken'), ('handed_over', 'handed_over'), ('follow_up', 'follow_up'), ('first_contact', 'first_contact'), ('contact_tried', 'contact_tried'), ('closed', 'closed'), ('reopened', 'reopened'), ('reminded', 'reminded'), ('joined', 'joined')], max_length=16)),
                ('to_id', models.UUIDField(null=True)),
                ('grade', models.CharField(blank=True, default='', max_length=5)),
                ('outcome', models.CharField(blank=True, choices=[('plan_made', 'plan_made'), ('brought_to_service', 'brought_to_service'), ('service_took_over', 'service_took_over'), ('no_danger_found', 'no_danger_found'), ('died', 'died')], default='', max_length=20)),
                ('source_record_id', models.UUIDField(null=True)),
                ('note', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('follow_up', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='safety.alert')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='safety.alertstep')),
            ],
            options={
                'db_table': 'safety_alert_step',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='safety_alertstep_amend_paired'), models.CheckConstraint(condition=models.Q(('step__in', ('seen', 'taken', 'handed_over', 'follow_up', 'first_contact', 'contact_tried', 'closed', 'reopened', 'reminded', 'joined'))), name='safety_step_known'), models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['handed_over', 'reminded']), ('to_id__isnull', False)), models.Q(models.Q(('step__in', ['handed_over', 'reminded']), _negated=True), ('to_id__isnull', True)), _connector='OR'), name='safety_step_to_paired'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ('plan_made', 'brought_to_service', 'service_took_over', 'no_danger_found', 'died')), ('step', 'closed')), models.Q(models.Q(('step', 'closed'), _negated=True), ('outcome', '')), _connector='OR'), name='safety_step_outcome_paired'), models.CheckConstraint(condition=models.Q(models.Q(('grade__in', ('now', 'today', 'soon')), ('step', 'follow_up')), models.Q(models.Q(('step', 'follow_up'), _negated=True), ('grade', '')), _connector='OR'), name='safety_step_grade_paired')],
            },
        ),
        migrations.CreateModel(
            name='KeptFrom',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('user_id', models.UUIDField()),
                ('reason', karama.journal.sealed.SealedField(compartment='complaint', null=True, store='clinical')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_from', to='safety.alert')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='safety.keptfrom')),
            ],
            options={
                'db_table': 'safety_kept_from',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='safety_keptfrom_amend_paired'), models.UniqueConstraint(fields=('alert', 'user_id'), name='safety_kept_from_once')],
            },
        ),
    ]
