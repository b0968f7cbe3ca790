"""A paper is written once; only its first PDF may be laid beside it (TAX-07)."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION payments_refuse_paper_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.pdf IS NULL AND NEW.pdf IS NOT NULL
        AND to_jsonb(OLD) - 'pdf' = to_jsonb(NEW) - 'pdf' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A paper is never changed: issue a credit note instead'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER payments_paper_never_changes BEFORE UPDATE OR DELETE ON payments_paper
    FOR EACH ROW EXECUTE FUNCTION payments_refuse_paper_edit();
"""

BACK = """
DROP TRIGGER payments_paper_never_changes ON payments_paper;
DROP FUNCTION payments_refuse_paper_edit();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_papers_are_issued")]

    operations = [migrations.RunSQL(FUNCTION, BACK)]
