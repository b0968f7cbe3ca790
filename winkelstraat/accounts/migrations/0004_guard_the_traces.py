"""Triggers that keep the audit log append-only and seal it in a chain."""

from django.db import migrations

RULES = """
CREATE FUNCTION accounts_audit_digest(
    row_ accounts_auditentry, number bigint, previous text
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        number, previous, row_.id, extract(epoch FROM row_.at)::text, row_.actor_id, row_.action,
        row_.object_kind, row_.object_id, row_.object_label, row_.changes, row_.reason
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR TRUNCATE ON accounts_auditaddress
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();

CREATE FUNCTION accounts_stamp_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE TRIGGER stamp_entry BEFORE INSERT ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION accounts_stamp_entry();

CREATE FUNCTION accounts_seal_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
    next_number bigint;
    link text;
BEGIN
    PERFORM pg_advisory_xact_lock(7230131);
    SELECT number, digest INTO last FROM accounts_auditseal ORDER BY number DESC LIMIT 1;
    next_number := coalesce(last.number, 0) + 1;
    link := coalesce(last.digest, '');
    INSERT INTO accounts_auditseal (entry_id, number, previous_digest, digest)
    VALUES (NEW.id, next_number, link, accounts_audit_digest(NEW, next_number, link));
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER seal_entry AFTER INSERT ON accounts_auditentry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION accounts_seal_entry();

CREATE FUNCTION accounts_only_by_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'seals are written by the audit log itself'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER only_by_trigger BEFORE INSERT ON accounts_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_only_by_trigger();
"""

UNDO = """
DROP TRIGGER only_by_trigger ON accounts_auditseal;
DROP TRIGGER seal_entry ON accounts_auditentry;
DROP TRIGGER stamp_entry ON accounts_auditentry;
DROP TRIGGER refuse_change ON accounts_auditaddress;
DROP TRIGGER refuse_change ON accounts_auditseal;
DROP TRIGGER refuse_change ON accounts_auditentry;
DROP FUNCTION accounts_only_by_trigger();
DROP FUNCTION accounts_seal_entry();
DROP FUNCTION accounts_stamp_entry();
DROP FUNCTION accounts_refuse_change();
DROP FUNCTION accounts_audit_digest(accounts_auditentry, bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_traces")]

    operations = [migrations.RunSQL(RULES, UNDO)]
