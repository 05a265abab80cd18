import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('care', '0004_recordings'),
        ('people', '0003_emergencies'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('kind', models.CharField(choices=[('intake', 'Intake meeting'), ('conference', 'Care conference'), ('supervision', 'Supervision')], max_length=11)),
                ('mode', models.CharField(choices=[('together', 'In one room'), ('phone', 'By telephone or online')], max_length=8)),
                ('occurred_on', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField(null=True)),
                ('attended', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.meeting')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'care_meeting',
                'abstract': False,
                'indexes': [models.Index(fields=['site', 'occurred_on'], name='care_meeting_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_meeting_amend_paired')],
            },
        ),
        migrations.CreateModel(
            name='Discussed',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('decision', models.CharField(choices=[('accept', 'Taken into care'), ('wait', 'Waits, with a named contact'), ('go_on', 'Goes on as now'), ('more', 'Needs more care'), ('less', 'Needs less care'), ('refer', 'Is referred'), ('call', 'Is contacted again'), ('close', 'Care is to be closed'), ('later', 'Is discussed again')], max_length=6)),
                ('due_on', models.DateField(null=True)),
                ('words', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.discussed')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discussed', to='care.episode')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discussed', to='people.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discussed', to='care.meeting')),
            ],
            options={
                'db_table': 'care_discussed',
                'abstract': False,
                'indexes': [models.Index(fields=['owner'], name='care_discussed_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_discussed_amend_paired'), models.UniqueConstraint(fields=('meeting', 'episode'), name='care_discussed_once'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', True), ('owner__isnull', True)), models.Q(('due_on__isnull', False), ('owner__isnull', False)), _connector='OR'), name='care_discussed_owner_and_day')],
            },
        ),
        migrations.CreateModel(
            name='DecisionDone',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('words', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.decisiondone')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('discussed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='care.discussed')),
            ],
            options={
                'db_table': 'care_decision_done',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_decisiondone_amend_paired')],
            },
        ),
        migrations.CreateModel(
            name='DiscussionWish',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('why', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='care.discussionwish')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='care.episode')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'care_discussion_wish',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='care_discussionwish_amend_paired')],
            },
        ),
    ]
