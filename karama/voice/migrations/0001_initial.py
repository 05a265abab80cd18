import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_emergencies'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('right', models.CharField(choices=[('access', 'A copy to read'), ('correct', 'A correction'), ('restrict', 'Leave the record at rest'), ('withdraw', 'Take a yes back'), ('delete', 'Delete everything'), ('portability', 'A file to take along')], max_length=11)),
                ('checked', models.CharField(choices=[('known', 'I know this person'), ('card', 'By the card with the code'), ('find_me', 'By the two questions'), ('document', 'By a document that was shown'), ('guardian', 'By a guardian who may decide')], max_length=8)),
                ('received_on', models.DateField()),
                ('due_on', models.DateField()),
                ('note', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.rightsrequest')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights_requests', to='people.person')),
            ],
            options={
                'db_table': 'voice_rights_request',
                'abstract': False,
                'indexes': [models.Index(fields=['due_on'], name='voice_request_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_rightsrequest_amend_paired'), models.CheckConstraint(condition=models.Q(('right__in', ('access', 'correct', 'restrict', 'withdraw', 'delete', 'portability'))), name='voice_request_right_known'), models.CheckConstraint(condition=models.Q(('checked__in', ('known', 'card', 'find_me', 'document', 'guardian'))), name='voice_request_check_known'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('received_on'))), name='voice_request_clock')],
            },
        ),
        migrations.CreateModel(
            name='RequestStep',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('place', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('received', 'Received'), ('prepared', 'Waits for a second person'), ('granted', 'Granted, to be done'), ('partly', 'Granted in part, to be done'), ('done', 'Done'), ('refused', 'Refused'), ('withdrawn', 'No longer wanted')], max_length=9)),
                ('reason', models.CharField(blank=True, choices=[('identity', 'It is not sure who asks'), ('others', 'It would show or harm somebody else'), ('danger', 'It would put somebody in danger'), ('obligation', 'A law obliges us to keep it'), ('claim', 'It is needed before a court'), ('not_held', 'We do not have it')], default='', max_length=10)),
                ('words', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.requeststep')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='voice.rightsrequest')),
            ],
            options={
                'db_table': 'voice_request_step',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_requeststep_amend_paired'), models.UniqueConstraint(fields=('request', 'place'), name='voice_step_order'), models.CheckConstraint(condition=models.Q(('state__in', ('received', 'prepared', 'granted', 'partly', 'done', 'refused', 'withdrawn'))), name='voice_step_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['partly', 'refused']), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state__in', ['partly', 'refused']), _negated=True), ('reason', '')), _connector='OR'), name='voice_step_reason_paired')],
            },
        ),
        migrations.CreateModel(
            name='PortableCopy',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('until', models.DateTimeField()),
                ('content', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.portablecopy')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='voice.rightsrequest')),
            ],
            options={
                'db_table': 'voice_portable_copy',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_portablecopy_amend_paired')],
            },
        ),
        migrations.CreateModel(
            name='DeletionCertificate',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('whom', models.UUIDField(unique=True)),
                ('requested_on', models.DateField()),
                ('asked_by', models.UUIDField()),
                ('prepared_by', models.UUIDField()),
                ('deleted', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.deletioncertificate')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.countryprogramme')),
            ],
            options={
                'db_table': 'voice_deletion_certificate',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_deletioncertificate_amend_paired'), models.CheckConstraint(condition=models.Q(models.Q(('author_id', models.F('prepared_by')), _negated=True), models.Q(('author_id', models.F('asked_by')), _negated=True)), name='voice_certificate_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('why_lifted', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'voice_restriction',
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('person',), name='voice_restriction_once')],
            },
        ),
    ]
