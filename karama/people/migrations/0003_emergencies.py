import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_families_minors_lost_cards'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('user_id', models.UUIDField()),
                ('until', models.DateTimeField()),
                ('reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='people.breakglass')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='people.person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
            ],
            options={
                'db_table': 'people_break_glass',
                'abstract': False,
                'indexes': [models.Index(fields=['user_id', 'recorded_at'], name='people_break_glass_user'), models.Index(fields=['site'], name='people_break_glass_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='people_breakglass_amend_paired'), models.CheckConstraint(condition=models.Q(('reason__isnull', False)), name='people_break_glass_reason')],
            },
        ),
        migrations.CreateModel(
            name='GlassReview',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('verdict', models.CharField(choices=[('justified', 'It was right'), ('talk', 'To be talked about with the colleague'), ('not_justified', 'It was not right: I follow it up')], max_length=13)),
                ('words', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='people.glassreview')),
                ('glass', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='people.breakglass')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_reviews', to='people.person')),
            ],
            options={
                'db_table': 'people_glass_review',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='people_glassreview_amend_paired')],
            },
        ),
    ]
