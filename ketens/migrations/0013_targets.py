"""Targets are versions, never edited."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ketens', '0012_refuse_edits_of_what_is_fixed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(help_text='The code of a measure of the monitor.', max_length=40)),
                ('place', models.CharField(help_text='PV22, or the code of a municipality.', max_length=6)),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('value', models.DecimalField(blank=True, decimal_places=4, help_text="In the measure's own unit, or in percent; null when it was withdrawn.", max_digits=20, null=True)),
                ('better', models.CharField(choices=[('lower', 'lower is better'), ('higher', 'higher is better')], max_length=6)),
                ('basis', models.CharField(choices=[('amount', 'an amount in the year'), ('change', 'a change in percent since the baseline')], max_length=6)),
                ('source', models.CharField(help_text='Where the target is written.', max_length=300)),
                ('decision', models.CharField(blank=True, help_text='Who decided it; empty while it is a proposal.', max_length=200)),
                ('reason', models.CharField(blank=True, help_text='Why this version came.', max_length=300)),
                ('set_at', models.DateTimeField()),
                ('baseline', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ketens.baseline')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['measure', 'place', 'year', '-version'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'place', 'year', 'version'), name='a_target_has_versions_in_order'), models.CheckConstraint(condition=models.Q(('place', 'PV22'), ('place__regex', '^GM[0-9]{4}$'), _connector='OR'), name='a_target_is_of_the_province_or_a_municipality'), models.CheckConstraint(condition=models.Q(('year__range', (2026, 2050))), name='a_target_lies_ahead'), models.CheckConstraint(condition=models.Q(models.Q(('baseline__isnull', False), ('basis', 'change')), ('basis', 'amount'), _connector='OR'), name='a_target_that_is_a_change_has_a_baseline'), models.CheckConstraint(condition=models.Q(models.Q(('value__isnull', False), ('version', 1)), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_changed_target_says_why'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_target_names_its_source')],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER ketens_target_is_append_only BEFORE UPDATE OR DELETE ON ketens_target"
            " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();",
            "DROP TRIGGER ketens_target_is_append_only ON ketens_target;",
        ),
    ]
