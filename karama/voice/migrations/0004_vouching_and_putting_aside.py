import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voice', '0003_erased_words'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='feedbackstep',
            name='voice_feedback_step_known',
        ),
        migrations.AddConstraint(
            model_name='feedbackstep',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ('acknowledged', 'passed_on', 'put_aside', 'looked_into', 'answered', 'outside', 'closed', 'disagreed', 'erased'))), name='voice_feedback_step_known'),
        ),
        migrations.CreateModel(
            name='Vouching',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('posting_id', models.UUIDField()),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.vouching')),
            ],
            options={
                'db_table': 'voice_vouching',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_vouching_amend_paired'), models.UniqueConstraint(fields=('posting_id', 'author_id'), name='voice_vouching_once')],
            },
        ),
    ]
