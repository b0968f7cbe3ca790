"""What was set, found, written or drawn is never edited."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


TABLES = [
    "ketens_actionstate",
    "ketens_handcount",
    "ketens_staffnote",
    "ketens_signal",
    "ketens_signalstep",
    "ketens_yearreport",
]


class Migration(migrations.Migration):

    dependencies = [
        ('ketens', '0015_refuse_edits_of_released_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaAction',
            fields=[
                ('key', models.SlugField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(unique=True)),
                ('first_year', models.PositiveSmallIntegerField()),
                ('last_year', models.PositiveSmallIntegerField()),
                ('theme', models.CharField(help_text='As the agenda numbers it: 1.1 to 3.3.', max_length=4)),
                ('title', models.CharField(max_length=160)),
                ('what', models.TextField()),
                ('partners', models.CharField(max_length=300)),
                ('results', models.JSONField(help_text='What would be seen, by year.')),
                ('indicators', models.JSONField(help_text='Codes of measures, and of what is counted by hand.')),
                ('source', models.CharField(max_length=300)),
                ('is_proposal', models.BooleanField(help_text='Proposed by the street; the province decides.')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='an_action_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('theme__regex', '^[1-3]\\.[1-3]$')), name='an_action_belongs_to_a_theme_of_the_agenda')],
            },
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('rule', models.CharField(choices=[('rise', 'rise'), ('behind', 'behind'), ('coverage', 'coverage'), ('silence', 'silence'), ('waste', 'waste')], max_length=10)),
                ('rule_version', models.PositiveSmallIntegerField()),
                ('measure', models.CharField(blank=True, max_length=40)),
                ('place', models.CharField(help_text='PV22, or the code of a municipality.', max_length=6)),
                ('product_group', models.SlugField(blank=True)),
                ('target_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('month', models.DateField(help_text='The first day of the month that it is about.')),
                ('calculation', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('found_at', models.DateTimeField()),
                ('chain', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ketens.chain')),
            ],
            options={
                'ordering': ['-month', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SignalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('new', 'new'), ('seen', 'seen'), ('noted', 'noted'), ('closed', 'closed')], max_length=6)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('moved_at', models.DateTimeField()),
                ('moved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='ketens.signal')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='StaffNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subject', models.CharField(choices=[('figure', 'a figure'), ('place', 'a place'), ('chain', 'a chain'), ('signal', 'a signal'), ('action', 'an action')], max_length=8)),
                ('subject_key', models.CharField(help_text='What it is about, by its own code.', max_length=120)),
                ('text', models.TextField(max_length=2000)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-written_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='YearReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(help_text='Digest of everything it was built from.', max_length=64)),
                ('content', models.JSONField()),
                ('digest', models.CharField(help_text='SHA-256 of the PDF.', max_length=64)),
                ('pdf', models.BinaryField()),
                ('built_at', models.DateTimeField()),
                ('built_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-built_at'],
            },
        ),
        migrations.CreateModel(
            name='ActionState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('unknown', 'not told'), ('planned', 'planned'), ('running', 'under way'), ('done', 'done'), ('stopped', 'stopped')], max_length=8)),
                ('owner', models.CharField(help_text='A post or an organisation, not a person.', max_length=120)),
                ('evidence', models.TextField(blank=True, max_length=2000)),
                ('evidence_address', models.URLField(blank=True, max_length=300)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='ketens.agendaaction')),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('action', 'version'), name='an_action_has_states_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='an_action_that_is_done_has_evidence')],
            },
        ),
        migrations.CreateModel(
            name='HandCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.SlugField()),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('source', models.CharField(max_length=300)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['indicator', 'year', '-version'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'year', 'version'), name='a_hand_count_has_versions_in_order'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='a_hand_count_is_not_negative'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_hand_count_names_its_source')],
            },
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.UniqueConstraint(fields=('rule', 'rule_version', 'measure', 'place', 'chain', 'product_group', 'target_year', 'month'), name='a_signal_is_found_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='signalstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_closed_signal_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='signalstep',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'new'), _negated=True), name='a_signal_never_becomes_new_again'),
        ),
        migrations.AddIndex(
            model_name='staffnote',
            index=models.Index(fields=['subject', 'subject_key'], name='notes_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='staffnote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_note_says_something'),
        ),
        migrations.AddConstraint(
            model_name='yearreport',
            constraint=models.UniqueConstraint(fields=('year', 'state'), name='a_report_is_drawn_once_per_state'),
        ),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();",
                f"DROP TRIGGER {table}_is_append_only ON {table};",
            )
            for table in TABLES
        ],
    ]
