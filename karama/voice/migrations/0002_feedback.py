import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0001_initial'),
        ('voice', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BoardLine',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('language', models.CharField(max_length=8)),
                ('said', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('did', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.boardline')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.countryprogramme')),
            ],
            options={
                'db_table': 'voice_board_line',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_boardline_amend_paired')],
            },
        ),
        migrations.CreateModel(
            name='BoardStep',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('step', models.CharField(max_length=10)),
                ('written_by', models.UUIDField()),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.boardstep')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='voice.boardline')),
            ],
            options={
                'db_table': 'voice_board_step',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_boardstep_amend_paired'), models.CheckConstraint(condition=models.Q(('step__in', ['put_up', 'taken_down'])), name='voice_board_step_known'), models.CheckConstraint(condition=models.Q(models.Q(('step', 'put_up'), _negated=True), models.Q(('author_id', models.F('written_by')), _negated=True), _connector='OR'), name='voice_board_two_people'), models.UniqueConstraint(fields=('line', 'step'), name='voice_board_step_once')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('kind', models.CharField(choices=[('thanks', 'Thanks'), ('suggestion', 'A suggestion'), ('complaint', 'A complaint'), ('sensitive', 'Somebody who works here did harm, asked for something in return, told secrets or stole')], max_length=10)),
                ('channel', models.CharField(max_length=5)),
                ('received_on', models.DateField()),
                ('time', models.CharField(max_length=5)),
                ('danger', models.CharField(choices=[('none', 'No'), ('child', 'A child is in danger'), ('life', 'Somebody may die or be badly hurt')], default='none', max_length=5)),
                ('answer_key', models.CharField(blank=True, default='', max_length=64)),
                ('held', models.BooleanField(default=False)),
                ('face', karama.journal.sealed.SealedField(compartment='complaint', null=True, store='clinical')),
                ('words', karama.journal.sealed.SealedField(compartment='complaint', null=True, store='clinical')),
                ('about', karama.journal.sealed.SealedField(compartment='complaint', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.feedback')),
                ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.countryprogramme')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'voice_feedback',
                'abstract': False,
                'indexes': [models.Index(fields=['programme', 'received_on'], name='voice_feedback_received')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_feedback_amend_paired'), models.CheckConstraint(condition=models.Q(('kind__in', ('thanks', 'suggestion', 'complaint', 'sensitive'))), name='voice_feedback_kind_known'), models.CheckConstraint(condition=models.Q(('channel__in', ('web', 'paper'))), name='voice_feedback_channel_known'), models.CheckConstraint(condition=models.Q(('time__in', ('day', 'week', 'month'))), name='voice_feedback_time_known'), models.CheckConstraint(condition=models.Q(('danger__in', ('none', 'child', 'life'))), name='voice_feedback_danger_known'), models.CheckConstraint(condition=models.Q(('site__isnull', True), models.Q(('programme__isnull', False), ('time', 'day')), _connector='OR'), name='voice_feedback_place_or_time'), models.UniqueConstraint(condition=models.Q(('answer_key', ''), _negated=True), fields=('answer_key',), name='voice_feedback_answer_key_once')],
            },
        ),
        migrations.CreateModel(
            name='FeedbackKeptFrom',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('user_id', models.UUIDField()),
                ('why', models.CharField(max_length=13)),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.feedbackkeptfrom')),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_from', to='voice.feedback')),
            ],
            options={
                'db_table': 'voice_feedback_kept_from',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_feedbackkeptfrom_amend_paired'), models.UniqueConstraint(fields=('feedback', 'user_id'), name='voice_feedback_kept_from_once'), models.CheckConstraint(condition=models.Q(('why__in', ['named', 'in_line', 'stepped_aside'])), name='voice_feedback_kept_why')],
            },
        ),
        migrations.CreateModel(
            name='FeedbackStep',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('place', models.PositiveIntegerField()),
                ('step', models.CharField(max_length=12)),
                ('words', karama.journal.sealed.SealedField(compartment='complaint', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.feedbackstep')),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='voice.feedback')),
            ],
            options={
                'db_table': 'voice_feedback_step',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_feedbackstep_amend_paired'), models.UniqueConstraint(fields=('feedback', 'place'), name='voice_feedback_step_order'), models.CheckConstraint(condition=models.Q(('step__in', ('acknowledged', 'passed_on', 'looked_into', 'answered', 'outside', 'closed', 'disagreed'))), name='voice_feedback_step_known'), models.CheckConstraint(condition=models.Q(models.Q(('step', 'answered'), _negated=True), ('words__isnull', False), _connector='OR'), name='voice_feedback_answer_has_words')],
            },
        ),
    ]
