"""What the database refuses by itself: circles, impossible factors, edits of history."""

from django.db import migrations

TABLES = [
    "ketens_chainchange",
    "ketens_batch",
    "ketens_batchentry",
    "ketens_linkcount",
    "ketens_foodmatch",
]

CIRCLE = """
CREATE FUNCTION ketens_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ketens_chain WHERE id = NEW.chain_id FOR UPDATE;
    IF EXISTS (
        WITH RECURSIVE following(member_id) AS (
            SELECT NEW.to_member_id
            UNION
            SELECT link.to_member_id FROM ketens_chainlink link
            JOIN following ON link.from_member_id = following.member_id
            WHERE link.id <> NEW.id
        )
        SELECT 1 FROM following WHERE member_id = NEW.from_member_id
    ) THEN
        RAISE EXCEPTION 'a chain never runs in a circle: deze schakel maakt de keten rond'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_chain_never_runs_in_a_circle BEFORE INSERT OR UPDATE ON ketens_chainlink
    FOR EACH ROW EXECUTE FUNCTION ketens_refuse_circle();
"""
NO_CIRCLE = """
DROP TRIGGER a_chain_never_runs_in_a_circle ON ketens_chainlink;
DROP FUNCTION ketens_refuse_circle();
"""

FACTOR = """
CREATE FUNCTION ketens_refuse_impossible_factor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stem text := regexp_replace(NEW.key, '\\.(wtw|ttw|wtt)$', '');
    unit_beside text;
    wtw numeric;
    ttw numeric;
BEGIN
    SELECT unit INTO unit_beside FROM ketens_factor
    WHERE factor_set_id = NEW.factor_set_id AND unit <> NEW.unit
        AND key IN (stem || '.wtw', stem || '.ttw', stem || '.wtt') LIMIT 1;
    IF unit_beside IS NOT NULL THEN
        RAISE EXCEPTION 'one factor has one unit: % staat in % en in %', stem, unit_beside, NEW.unit
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT value INTO wtw FROM ketens_factor
    WHERE factor_set_id = NEW.factor_set_id AND key = stem || '.wtw';
    SELECT value INTO ttw FROM ketens_factor
    WHERE factor_set_id = NEW.factor_set_id AND key = stem || '.ttw';
    IF ttw > wtw THEN
        RAISE EXCEPTION 'tank to wheel never exceeds well to wheel: % heeft TTW % boven WTW %',
            stem, ttw, wtw USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER a_factor_agrees_with_its_set AFTER INSERT ON ketens_factor
    FOR EACH ROW WHEN (NEW.key ~ '\\.(wtw|ttw|wtt)$')
    EXECUTE FUNCTION ketens_refuse_impossible_factor();
"""
NO_FACTOR = """
DROP TRIGGER a_factor_agrees_with_its_set ON ketens_factor;
DROP FUNCTION ketens_refuse_impossible_factor();
"""


class Migration(migrations.Migration):
    dependencies = [("ketens", "0003_batches_agreements_and_foods")]

    operations = [
        migrations.RunSQL(CIRCLE, NO_CIRCLE),
        migrations.RunSQL(FACTOR, NO_FACTOR),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();",
                f"DROP TRIGGER {table}_is_append_only ON {table};",
            )
            for table in TABLES
        ],
    ]
