import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_reserved_codes'),
        ('programme', '0001_initial'),
        ('voice', '0004_vouching_and_putting_aside'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImpactAssessment',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('done_on', models.DateField()),
                ('review_on', models.DateField()),
                ('risk', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=6)),
                ('who', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('summary', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('measures', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('reference', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
            ],
            options={
                'db_table': 'voice_impact_assessment',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KeptLonger',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('until', models.DateField()),
                ('reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
            ],
            options={
                'db_table': 'voice_kept_longer',
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='rightsrequest',
            name='voice_request_check_known',
        ),
        migrations.AlterField(
            model_name='rightsrequest',
            name='checked',
            field=models.CharField(choices=[('known', 'I know this person'), ('card', 'By the card with the code'), ('find_me', 'By the two questions'), ('document', 'By a document that was shown'), ('guardian', 'By a guardian who may decide'), ('rule', 'Nobody asked: the days of keeping are over')], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='rightsrequest',
            constraint=models.CheckConstraint(condition=models.Q(('checked__in', ('known', 'card', 'find_me', 'document', 'guardian', 'rule'))), name='voice_request_check_known'),
        ),
        migrations.AddField(
            model_name='impactassessment',
            name='amends',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.impactassessment'),
        ),
        migrations.AddField(
            model_name='impactassessment',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.countryprogramme'),
        ),
        migrations.AddField(
            model_name='keptlonger',
            name='amends',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='voice.keptlonger'),
        ),
        migrations.AddField(
            model_name='keptlonger',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddIndex(
            model_name='impactassessment',
            index=models.Index(fields=['programme', 'done_on'], name='voice_assessment_of'),
        ),
        migrations.AddConstraint(
            model_name='impactassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_impactassessment_amend_paired'),
        ),
        migrations.AddConstraint(
            model_name='impactassessment',
            constraint=models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('done_on'))), name='voice_assessment_reviewed_later'),
        ),
        migrations.AddConstraint(
            model_name='impactassessment',
            constraint=models.CheckConstraint(condition=models.Q(('risk__in', ['low', 'medium', 'high'])), name='voice_assessment_risk_known'),
        ),
        migrations.AddIndex(
            model_name='keptlonger',
            index=models.Index(fields=['person', 'until'], name='voice_kept_longer_of'),
        ),
        migrations.AddConstraint(
            model_name='keptlonger',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='voice_keptlonger_amend_paired'),
        ),
    ]
