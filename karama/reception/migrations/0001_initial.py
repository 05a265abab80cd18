import django.db.models.deletion
import karama.journal.sealed
import karama.security.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('people', '0003_emergencies'),
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('arrived', 'Is here'), ('in_room', 'In the room'), ('done', 'Done'), ('missed', 'Did not come'), ('cancelled', 'Cancelled'), ('moved', 'Moved')], default='planned', max_length=9)),
                ('reason', models.CharField(blank=True, choices=[('person', 'The person called it off'), ('staff', 'We had to call it off'), ('closed', 'The centre is closed'), ('unsafe', 'The way was not safe'), ('mistake', 'Booked by mistake'), ('ended', 'Not needed any more')], default='', max_length=8)),
                ('children', models.IntegerField(default=0)),
                ('moved_from', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_to', to='reception.appointment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='people.person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'reception_appointment',
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('due_at', models.DateTimeField()),
                ('ended', models.CharField(blank=True, choices=[('came', 'Came after all'), ('well', 'Safe, comes again'), ('stops', 'Does not want to come any more'), ('worry', 'A worry was raised'), ('not_reached', 'Could not be reached'), ('no_way', 'No safe way was agreed'), ('ended', 'Not needed any more')], default='', max_length=11)),
                ('ended_at', models.DateTimeField(null=True)),
                ('appointment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='follow_up', to='reception.appointment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'reception_follow_up',
                'indexes': [models.Index(fields=['worker', 'ended'], name='reception_follow_up_whose')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended', ''), ('ended_at__isnull', True)), models.Q(models.Q(('ended', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='reception_follow_up_ended_paired')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpTry',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('amend_reason', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('way', models.CharField(choices=[('call', 'By a call'), ('message', 'By a neutral message'), ('via_person', 'Through the trusted person'), ('in_person', 'The person came, or was met by chance')], max_length=10)),
                ('result', models.CharField(choices=[('not_reached', 'Not reached'), ('well', 'Spoke: safe, comes again'), ('stops', 'Spoke: does not want to come any more'), ('worry', 'Spoke: I am worried')], max_length=11)),
                ('words', karama.journal.sealed.SealedField(compartment='clinical', null=True, store='clinical')),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='reception.followuptry')),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='reception.followup')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'reception_follow_up_try',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amend_reason__isnull', True), ('amends__isnull', True)), models.Q(('amend_reason__isnull', False), ('amends__isnull', False)), _connector='OR'), name='reception_followuptry_amend_paired'), models.CheckConstraint(condition=models.Q(('way__in', ('call', 'message', 'via_person', 'in_person'))), name='reception_try_way')],
            },
        ),
        migrations.CreateModel(
            name='Interpreter',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('languages', models.CharField(max_length=120)),
                ('sex', models.CharField(choices=[('woman', 'Woman'), ('man', 'Man'), ('not_said', 'Prefers not to say')], default='not_said', max_length=8)),
                ('signed_on', models.DateField(null=True)),
                ('until_on', models.DateField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'reception_interpreter',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('user', 'site'), name='reception_interpreter_once'), models.CheckConstraint(condition=models.Q(('languages', ''), _negated=True), name='reception_interpreter_speaks')],
            },
        ),
        migrations.AddField(
            model_name='appointment',
            name='interpreter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reception.interpreter'),
        ),
        migrations.CreateModel(
            name='InterpreterVeto',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('why', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'reception_interpreter_veto',
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('person', 'user'), name='reception_veto_once')],
            },
        ),
        migrations.CreateModel(
            name='InterpreterWish',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('language', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('sex', karama.journal.sealed.SealedField(compartment='general', null=True, store='clinical')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='interpreter_wish', to='people.person')),
            ],
            options={
                'db_table': 'reception_interpreter_wish',
            },
        ),
        migrations.CreateModel(
            name='Interpreting',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('briefed_at', models.DateTimeField(null=True)),
                ('debriefed_at', models.DateTimeField(null=True)),
                ('debrief', models.CharField(blank=True, choices=[('well', 'Spoke about it, goes well'), ('support', 'Wants support'), ('not_wanted', 'Did not want to')], default='', max_length=10)),
                ('settled_at', models.DateTimeField(null=True)),
                ('appointment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='interpreting', to='reception.appointment')),
                ('interpreter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reception.interpreter')),
            ],
            options={
                'db_table': 'reception_interpreting',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('debrief', ''), ('debriefed_at__isnull', True)), models.Q(('debriefed_at__isnull', False), models.Q(('debrief', ''), _negated=True)), _connector='OR'), name='reception_debrief_paired')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('name', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('talk', 'For two or three'), ('group', 'For a group'), ('children', 'Childcare')], default='talk', max_length=8)),
                ('places', models.IntegerField(default=3)),
                ('closed_on', models.DateField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='programme.site')),
            ],
            options={
                'db_table': 'reception_room',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('site', 'name'), name='reception_room_once'), models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='reception_room_has_places')],
            },
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.UUIDField(default=karama.security.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('author_id', models.UUIDField(editable=False)),
                ('author_duty', models.CharField(editable=False, max_length=60)),
                ('day', models.DateField()),
                ('number', models.IntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Sits and waits'), ('called', 'Called'), ('with', 'With a colleague'), ('left', 'Left')], default='waiting', max_length=7)),
                ('came_at', models.DateTimeField()),
                ('called_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('appointment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrival', to='reception.appointment')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.site')),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reception.room')),
            ],
            options={
                'db_table': 'reception_arrival',
                'constraints': [models.UniqueConstraint(fields=('site', 'day', 'number'), name='reception_arrival_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='reception_arrival_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', False), ('state', 'left')), models.Q(models.Q(('state', 'left'), _negated=True), ('left_at__isnull', True)), _connector='OR'), name='reception_left_when'), models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('left_at__gte', models.F('came_at')), _connector='OR'), name='reception_left_after_came'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'with'), _negated=True), ('worker__isnull', False), _connector='OR'), name='reception_with_whom')],
            },
        ),
        migrations.AddField(
            model_name='appointment',
            name='room',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reception.room'),
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=models.Index(fields=['site', 'starts_at'], name='reception_site_day'),
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=models.Index(fields=['worker', 'starts_at'], name='reception_worker_day'),
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=models.Index(fields=['person', 'state'], name='reception_of_person'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('planned', 'arrived', 'in_room', 'done', 'missed', 'cancelled', 'moved'))), name='reception_state_known'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='reception_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('reason', '')), _connector='OR'), name='reception_cancel_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('children__gte', 0), ('children__lte', 20)), name='reception_children_count'),
        ),
    ]
