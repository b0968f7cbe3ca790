import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ketens', '0017_a_target_knows_its_baseline'),
        ('register', '0003_helpers_are_invited_with_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImpactPad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('enterprise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='impact_pad', to='register.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='PadVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('section', models.CharField(blank=True, choices=[('mission', 'mission'), ('goals', 'goals'), ('steps', 'steps'), ('links', 'links'), ('indicators', 'indicators'), ('rounds', 'rounds'), ('comparison', 'comparison'), ('valuation', 'valuation')], max_length=10)),
                ('restores', models.PositiveIntegerField(blank=True, null=True)),
                ('content', models.JSONField()),
                ('saved_at', models.DateTimeField()),
                ('pad', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='ketens.impactpad')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='PadPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_at', models.DateTimeField()),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pad', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='ketens.impactpad')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ketens.padversion')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='LevelClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('level', models.PositiveSmallIntegerField()),
                ('proof', models.CharField(max_length=500)),
                ('address', models.URLField(blank=True, max_length=300)),
                ('file', models.BinaryField(blank=True, default=b'')),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('file_type', models.CharField(blank=True, max_length=40)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('status', models.CharField(choices=[('claimed', 'waits for a word'), ('reviewed', 'reviewed'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='claimed', max_length=9)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('claimed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('claimed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pad', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='level_claims', to='ketens.impactpad')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ketens.padversion')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='padversion',
            constraint=models.UniqueConstraint(fields=('pad', 'number'), name='a_pad_has_versions_in_order'),
        ),
        migrations.AddConstraint(
            model_name='levelclaim',
            constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='a_pad_has_five_levels'),
        ),
        migrations.AddConstraint(
            model_name='levelclaim',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'claimed')), fields=('pad', 'level'), name='a_level_waits_for_one_word_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='levelclaim',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'claimed'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_decided_level_names_who_decided'),
        ),
        migrations.AddConstraint(
            model_name='levelclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('reviewed', 'refused')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_decision_on_a_level_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='levelclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), _negated=True), models.Q(('file_name', ''), _negated=True), _connector='OR'), name='a_level_rests_on_an_address_or_a_file'),
        ),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();",
                f"DROP TRIGGER {table}_is_append_only ON {table};",
            )
            for table in ("ketens_padversion", "ketens_padpublication")
        ],
    ]
