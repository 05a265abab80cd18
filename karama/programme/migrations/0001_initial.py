import django.db.models.deletion
import karama.security.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('role', models.CharField(choices=[('own', 'own'), ('partner', 'partner')], max_length=8)),
            ],
            options={
                'db_table': 'programme_organisation',
                'constraints': [models.UniqueConstraint(condition=models.Q(('role', 'own')), fields=('role',), name='programme_one_own_organisation'), models.CheckConstraint(condition=models.Q(('role__in', ['own', 'partner'])), name='programme_organisation_role')],
            },
        ),
        migrations.CreateModel(
            name='CountryProgramme',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='programme.organisation')),
            ],
            options={
                'db_table': 'programme_country_programme',
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='programme_closed_after_opened')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('code', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('p_code', models.CharField(blank=True, default='', max_length=20)),
                ('time_zone', models.CharField(max_length=60)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='programme.countryprogramme')),
            ],
            options={
                'db_table': 'programme_site',
                'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='programme_site_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Responder',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('role', models.CharField(choices=[('responder', 'responder'), ('deputy', 'deputy')], max_length=10)),
                ('user_id', models.UUIDField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responders', to='programme.site')),
            ],
            options={
                'db_table': 'programme_responder',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['responder', 'deputy'])), name='programme_responder_role'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('site', 'user_id'), name='programme_responds_once_a_site')],
            },
        ),
        migrations.CreateModel(
            name='SiteAnswer',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('out_of_hours', models.CharField(blank=True, default='', max_length=600)),
                ('service', models.CharField(blank=True, default='', max_length=160)),
                ('service_contact', models.CharField(blank=True, default='', max_length=160)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='programme.site')),
            ],
            options={
                'db_table': 'programme_site_answer',
                'constraints': [models.CheckConstraint(condition=models.Q(('verified_on__isnull', True), models.Q(('service', ''), _negated=True), _connector='OR'), name='programme_verified_service_is_named')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='programme.site')),
            ],
            options={
                'db_table': 'programme_team',
                'constraints': [models.UniqueConstraint(fields=('site', 'name'), name='programme_team_name_once')],
            },
        ),
    ]
