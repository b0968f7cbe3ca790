"""What the database refuses by itself of hours and claims: the impossible, and edits."""

from django.db import migrations

TABLES = [
    "ketens_workmonth",
    "ketens_blockstep",
    "ketens_claimevidence",
    "ketens_round",
    "ketens_roundstop",
    "ketens_monthconfirmation",
]

HOURS = """
ALTER TABLE ketens_workmonth ADD CONSTRAINT nobody_works_more_than_a_month_holds CHECK (
    minutes <= people * 1440
        * extract(day FROM (month + interval '1 month' - interval '1 day'))::int
);
"""
NO_HOURS = "ALTER TABLE ketens_workmonth DROP CONSTRAINT nobody_works_more_than_a_month_holds;"

WORDING = """
CREATE FUNCTION ketens_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a claim is never reworded: other words are a new version'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER a_claim_is_never_reworded BEFORE UPDATE ON ketens_claimversion
    FOR EACH ROW WHEN (
        NEW.text <> OLD.text OR NEW.text_digest <> OLD.text_digest OR NEW.scope <> OLD.scope
        OR OLD.status IN ('refused', 'withdrawn')
    )
    EXECUTE FUNCTION ketens_refuse_other_words();
"""
NO_WORDING = """
DROP TRIGGER a_claim_is_never_reworded ON ketens_claimversion;
DROP FUNCTION ketens_refuse_other_words();
"""


class Migration(migrations.Migration):
    dependencies = [("ketens", "0005_work_claims_and_rounds")]

    operations = [
        migrations.RunSQL(HOURS, NO_HOURS),
        migrations.RunSQL(WORDING, NO_WORDING),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();",
                f"DROP TRIGGER {table}_is_append_only ON {table};",
            )
            for table in TABLES
        ],
    ]
