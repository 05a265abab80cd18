import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('people', '0001_initial'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('opened_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('screening', 'Screening'), ('waiting', 'Waiting'), ('active', 'In care'), ('on_hold', 'On hold'), ('follow_up', 'Follow-up'), ('closed', 'Closed')], default='screening', max_length=9)),
                ('reason', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='episodes', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.countryprogramme')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'care_episode',
                'indexes': [models.Index(fields=['person', 'state'], name='care_episode_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('screening', 'waiting', 'active', 'on_hold', 'follow_up', 'closed'))), name='care_episode_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state__in', ('follow_up', 'closed'))), models.Q(models.Q(('state__in', ('follow_up', 'closed')), _negated=True), ('ended_on__isnull', True)), _connector='OR'), name='care_episode_end_paired'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('opened_on')), _connector='OR'), name='care_episode_order')],
            },
        ),
        migrations.CreateModel(
            name='DraftResponse',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('compartment', models.CharField(max_length=10)),
                ('instrument', models.CharField(max_length=24)),
                ('version', models.CharField(max_length=12)),
                ('wave', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=20)),
                ('mode', models.CharField(choices=[('self', 'Filled in by the person'), ('interviewer', 'Asked by a worker'), ('interpreter', 'Through an interpreter'), ('phone', 'By telephone'), ('imported', 'Collected elsewhere, on the official form')], max_length=11)),
                ('begun_on', models.DateField()),
                ('answers', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('answers_gbv', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('raised', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draft_responses', to='people.person')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('episode', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='care.episode')),
            ],
            options={
                'db_table': 'care_draft_response',
                'constraints': [models.UniqueConstraint(fields=('person', 'instrument', 'user'), name='care_draft_once')],
            },
        ),
        migrations.CreateModel(
            name='InstalledWording',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('instrument', models.CharField(max_length=24)),
                ('version', models.CharField(max_length=12)),
                ('language', models.CharField(max_length=20)),
                ('digest', models.CharField(max_length=64)),
                ('validated', models.BooleanField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('source', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('licence', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('validator', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
            ],
            options={
                'db_table': 'care_installed_wording',
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('instrument', 'language'), name='care_wording_once')],
            },
        ),
        migrations.CreateModel(
            name='OwnerPermission',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('instrument', models.CharField(max_length=24)),
                ('given_on', models.DateField()),
                ('who', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('reference', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
            ],
            options={
                'db_table': 'care_owner_permission',
                'indexes': [models.Index(fields=['instrument'], name='care_permission_instrument')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('compartment', models.CharField(max_length=10)),
                ('instrument', models.CharField(max_length=24)),
                ('version', models.CharField(max_length=12)),
                ('wave', models.CharField(max_length=20)),
                ('occurred_on', models.DateField(null=True)),
                ('precision', models.CharField(choices=[('day', 'This day'), ('month', 'Only the month is known'), ('year', 'Only the year is known'), ('approx', 'About'), ('unknown', 'Not known')], max_length=7)),
                ('language', models.CharField(max_length=20)),
                ('mode', models.CharField(choices=[('self', 'Filled in by the person'), ('interviewer', 'Asked by a worker'), ('interpreter', 'Through an interpreter'), ('phone', 'By telephone'), ('imported', 'Collected elsewhere, on the official form')], max_length=11)),
                ('validated', models.BooleanField()),
                ('wording', models.CharField(max_length=64)),
                ('source', models.CharField(max_length=40)),
                ('answers', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('answers_gbv', karama.journal.sealed.SealedField(compartment='gbv', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.response')),
                ('episode', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='care.episode')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='people.person')),
            ],
            options={
                'db_table': 'care_response',
                'indexes': [models.Index(fields=['person', 'instrument', 'wave'], name='care_response_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_response_amend_paired'), models.UniqueConstraint(fields=('amends',), name='care_response_one_chain'), models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', False), ('answers_gbv__isnull', True), ('compartment', 'clinical')), models.Q(('answers__isnull', True), ('answers_gbv__isnull', False), ('compartment', 'gbv')), _connector='OR'), name='care_response_answers_in_compartment'), models.CheckConstraint(condition=models.Q(models.Q(('occurred_on__isnull', True), ('precision', 'unknown')), models.Q(models.Q(('precision', 'unknown'), _negated=True), ('occurred_on__isnull', False)), _connector='OR'), name='care_response_day_paired'), models.CheckConstraint(condition=models.Q(('mode', 'interpreter'), ('validated', True), _negated=True), name='care_response_interpreter_not_validated'), models.CheckConstraint(condition=models.Q(models.Q(('mode', 'imported'), ('wording', '')), models.Q(models.Q(('mode', 'imported'), _negated=True), models.Q(('wording', ''), _negated=True)), _connector='OR'), name='care_response_wording_paired')],
            },
        ),
    ]
