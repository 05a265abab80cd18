import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0009_day_precision'),
        ('people', '0003_emergencies'),
        ('programme', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BriefIntervention',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('given_on', models.DateField()),
                ('kind', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.briefintervention')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='brief_interventions', to='people.person')),
            ],
            options={
                'db_table': 'care_brief_intervention',
                'abstract': False,
                'indexes': [models.Index(fields=['person', 'given_on'], name='care_brief_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_briefintervention_amend_paired'), models.CheckConstraint(condition=models.Q(('kind__isnull', False)), name='care_brief_has_kind')],
            },
        ),
        migrations.CreateModel(
            name='CompanySaid',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('said_at', models.DateTimeField()),
                ('said', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'care_company_said',
                'constraints': [models.UniqueConstraint(fields=('person', 'user'), name='care_company_said_once')],
            },
        ),
        migrations.CreateModel(
            name='FocalPoint',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'care_focal_point',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('user', 'site'), name='care_focal_point_once'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('since_on')), _connector='OR'), name='care_focal_point_days')],
            },
        ),
        migrations.CreateModel(
            name='GroupAnswer',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('asked_on', models.DateField()),
                ('groups', karama.journal.sealed.SealedField(compartment='kp_sogi', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.groupanswer')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'care_group_answer',
                'abstract': False,
                'indexes': [models.Index(fields=['person', 'asked_on'], name='care_group_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_groupanswer_amend_paired'), models.CheckConstraint(condition=models.Q(('groups__isnull', False)), name='care_group_answer_said')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('offered_on', models.DateField()),
                ('token', models.CharField(max_length=14, null=True, unique=True)),
                ('way', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('way_gbv', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('way_hiv', karama.journal.sealed.SealedField(compartment='hiv', null=True, store='clinical')),
                ('said', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('accompany', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.offer')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='people.person')),
            ],
            options={
                'db_table': 'care_offer',
                'abstract': False,
                'indexes': [models.Index(fields=['person', 'offered_on'], name='care_offer_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_offer_amend_paired'), models.CheckConstraint(condition=models.Q(models.Q(('way__isnull', False), ('way_gbv__isnull', True), ('way_hiv__isnull', True)), models.Q(('way__isnull', True), ('way_gbv__isnull', False), ('way_hiv__isnull', True)), models.Q(('way__isnull', True), ('way_gbv__isnull', True), ('way_hiv__isnull', False)), _connector='OR'), name='care_offer_one_way')],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('held_on', models.DateField()),
                ('again', models.BooleanField()),
                ('answers', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('answers_gbv', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.talk')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='people.person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'care_talk',
                'abstract': False,
                'indexes': [models.Index(fields=['person', 'held_on'], name='care_talk_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_talk_amend_paired'), models.CheckConstraint(condition=models.Q(('answers__isnull', False)), name='care_talk_has_answers')],
            },
        ),
        migrations.CreateModel(
            name='TalkDraft',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('again', models.BooleanField()),
                ('asked', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('raised', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('answers', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('answers_gbv', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'care_talk_draft',
                'constraints': [models.UniqueConstraint(fields=('person', 'user'), name='care_talk_draft_once')],
            },
        ),
        migrations.CreateModel(
            name='ViolenceIncident',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('noted_on', models.DateField()),
                ('type', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('timing', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('actor', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('services', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.violenceincident')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'care_violence_incident',
                'abstract': False,
                'indexes': [models.Index(fields=['person', 'noted_on'], name='care_incident_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_violenceincident_amend_paired'), models.UniqueConstraint(fields=('amends',), name='care_incident_one_chain'), models.CheckConstraint(condition=models.Q(('services__isnull', False), ('type__isnull', False)), name='care_incident_whole')],
            },
        ),
    ]
