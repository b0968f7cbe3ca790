"""The audit log: append-only, chained, without numbers that may not be kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from winkelstraat.accounts.domain.acting import Actor, acting
from winkelstraat.accounts.domain.trail import NotForTheLog, keep_changes, scrub
from winkelstraat.accounts.models import (
    AuditAddress,
    Audited,
    AuditEntry,
    AuditSeal,
    Role,
    RoleGrant,
)
from winkelstraat.accounts.operations import Thing, grant_role, record, register_person
from winkelstraat.accounts.operations.audit import ADDRESS_KEPT, forget_addresses
from winkelstraat.accounts.queries.audit import (
    PAGE,
    TrailFilter,
    get_chain_head,
    list_broken_links,
    list_trail,
)

pytestmark = pytest.mark.django_db
SHOP = Thing("enterprise", 12, "Bakkerij Oost")


def seal() -> None:
    """Let happen what a commit would do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write(number: int = 1) -> AuditEntry:
    return record(action=Audited.CHANGED, about=SHOP, changes={"status": ("draft", number)})


CHANGES: list[Callable[[], object]] = [
    lambda: AuditEntry.objects.update(reason="niets gebeurd"),
    lambda: AuditEntry.objects.all()._raw_delete("default"),
    lambda: AuditSeal.objects.update(digest="0" * 64),
    lambda: AuditSeal.objects.all()._raw_delete("default"),
    lambda: AuditAddress.objects.update(address="203.0.113.9"),
    lambda: execute("TRUNCATE accounts_auditentry CASCADE"),
    lambda: execute("TRUNCATE accounts_auditseal"),
    lambda: execute("TRUNCATE accounts_auditaddress"),
]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_every_change(change: Callable[[], object]):
    with acting(lambda: Actor(None, "192.0.2.7")):
        write()
    seal()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()
    assert list(list_broken_links()) == []
    assert (AuditEntry.objects.count(), AuditSeal.objects.count()) == (1, 1)
    assert AuditAddress.objects.get().address == "192.0.2.7"


def test_nobody_writes_a_seal_by_hand():
    entry = write()
    with pytest.raises(IntegrityError, match="by the audit log itself"), transaction.atomic():
        AuditSeal.objects.create(entry=entry, number=1, digest="0" * 64)


def test_nobody_dates_a_trace_back():
    entry = AuditEntry.objects.create(
        action="x", object_kind="x", object_id="1", at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    entry.refresh_from_db()
    assert entry.at.year > 2020


def test_each_seal_holds_the_one_before():
    for number in range(3):
        write(number)
    seal()
    seals = list(AuditSeal.objects.order_by("number"))
    assert [one.number for one in seals] == [1, 2, 3]
    assert [one.previous_digest for one in seals] == ["", seals[0].digest, seals[1].digest]
    assert get_chain_head().digest == seals[2].digest


FORGERIES = {
    "an edited entry": (
        "UPDATE accounts_auditentry SET reason = 'niets' WHERE object_id = '2'",
        "does not fit seal 2",
    ),
    "a seal that is gone": (
        "DELETE FROM accounts_auditseal WHERE number = 2",
        "the one before it is gone or changed",
    ),
    "an entry without a seal": (
        "DELETE FROM accounts_auditseal WHERE number = 3",
        "it has no seal",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_who_goes_around_the_triggers_is_found(forgery: str):
    statement, finding = FORGERIES[forgery]
    for number in (1, 2, 3):
        record(action=Audited.CHANGED, about=Thing("enterprise", number))
    seal()
    call_command("verify_audit", stdout=StringIO())
    execute("SET session_replication_role = replica")
    execute(statement)
    execute("SET session_replication_role = DEFAULT")
    with pytest.raises(CommandError, match=finding):
        call_command("verify_audit", stdout=StringIO())


def test_a_right_log_tells_its_last_digest():
    write()
    seal()
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert f"1 entries, last {AuditSeal.objects.get().digest}" in said.getvalue()


def test_addresses_are_forgotten_after_thirty_days_and_traces_stay():
    with acting(lambda: Actor(None, "192.0.2.7")):
        entry = write()
    seal()
    assert forget_addresses(now=entry.at + ADDRESS_KEPT - timedelta(seconds=1)) == 0
    assert forget_addresses(now=entry.at + ADDRESS_KEPT) == 1
    assert not AuditAddress.objects.exists()
    assert list(list_broken_links()) == []


def test_what_fails_leaves_no_trace():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("name", ["iban", "card_number", "bsn", "api_token", "target_group"])
def test_some_fields_are_never_kept(name: str):
    with pytest.raises(NotForTheLog):
        keep_changes({name: ("", "x")})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rekening NL91 ABNA 0417 1643 00 klopt", "Rekening … klopt"),
        ("NL91ABNA0417164300", "…"),
        ("kaart 4242 4242 4242 4242", "kaart …"),
        ("bsn 111222333 gezien", "bsn … gezien"),
        ("KvK 12345678, tel. 0592123456", "KvK 12345678, tel. 0592123456"),
        ("€ 1.234,50 op 28-11-2026", "€ 1.234,50 op 28-11-2026"),
    ],
)
def test_numbers_that_may_not_be_kept_cannot_be_read(text: str, kept: str):
    assert scrub(text) == kept


def test_only_what_changed_is_kept():
    assert keep_changes({"status": ("a", "b"), "name": ("x", "x"), "left": (None, 3)}) == {
        "status": ["a", "b"],
        "left": ["", "3"],
    }


def test_who_acts_is_the_person_of_the_request_unless_told():
    one, other = register_person(email="a@example.nl"), register_person(email="b@example.nl")
    with acting(lambda: Actor(one.pk, "192.0.2.7")) as now:
        assert write().actor_id == one.pk
        assert record(action=Audited.CHANGED, about=SHOP, by=other).actor_id == other.pk
    assert now.recorded == 2
    assert write().actor_id is None


def test_a_role_is_traced_with_who_granted_it():
    boss, person = register_person(email="a@example.nl"), register_person(email="b@example.nl")
    with acting(lambda: Actor(boss.pk)):
        grant_role(user=person, role=Role.COURIER)
        grant_role(user=person, role=Role.COURIER)
    entry = AuditEntry.objects.get(action=Audited.ROLE_GRANTED)
    assert (entry.actor_id, entry.object_id) == (boss.pk, str(person.pk))
    assert entry.changes == {"role": ["", "courier"]}
    assert RoleGrant.objects.count() == 1


def test_the_log_is_read_by_keyset_and_with_filters():
    person = register_person(email="vos@example.nl", name="Marijke Vos")
    for number in range(PAGE + 5):
        record(action=Audited.CHANGED, about=Thing("enterprise", number, f"Winkel {number}"))
    record(action=Audited.CLAIM_DECIDED, about=Thing("claim", 7), by=person, reason="Bewijs gezien")
    first = list_trail(wanted=TrailFilter())
    rest = list_trail(wanted=TrailFilter(), older_than=first.older_than)
    assert (len(first.rows), len(rest.rows), rest.older_than) == (PAGE, 6, None)
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in rest.rows)
    (row,) = list_trail(wanted=TrailFilter(person="vos", kind="claim")).rows
    assert (row.person, row.reason, row.object_id) == ("Marijke Vos", "Bewijs gezien", "7")
    assert [one.object_id for one in list_trail(wanted=TrailFilter(thing="Winkel 54")).rows] == [
        "54"
    ]
    today = row.at.astimezone().date()
    assert list_trail(wanted=TrailFilter(day=today + timedelta(days=2))).rows == ()
