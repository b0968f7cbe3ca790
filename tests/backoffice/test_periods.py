"""Staff close periods after a list of checks, and somebody else releases them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from ketens.domain.disclosure import released_quarter
from ketens.models import FigureRelease, WorkRelease
from ketens.operations.releasing import RELEASABLES, CannotRelease, release_part
from ketens.queries.releasing import PARTS, ReleaseState, list_quarters
from ketens.tasks import release as release_by_clock
from winkelstraat.accounts.domain.jobs import JobRefused
from winkelstraat.accounts.models import Audited, AuditEntry, Job, JobState, Role, User
from winkelstraat.accounts.operations import grant_role, register_person, start_job
from winkelstraat.accounts.operations.jobs import work_off_job
from winkelstraat.backoffice import closing
from winkelstraat.backoffice.closing import (
    CHECKED_WITHIN,
    CLOSE,
    VERIFY,
    CannotAsk,
    ask_closing,
    close_books,
    list_ends,
    make_check_list,
)
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.backoffice.publishing import FourEyes, ask_release
from winkelstraat.ledger.domain import Posting, Unit
from winkelstraat.ledger.models import Period
from winkelstraat.ledger.operations import post_transfers
from winkelstraat.ledger.queries import get_closed_until

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
TODAY = NOW.date()
SUMMER, SEPTEMBER, OCTOBER = date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 31)
PAGE, RELEASES = "/cms/perioden/", "/cms/vrijgeven/"


@pytest.fixture(autouse=True)
def _back_office(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()


def person(name: str, role: Role = Role.PLATFORM_STAFF) -> User:
    made = register_person(email=f"{name}@example.nl", name=name)
    grant_role(user=made, role=role)
    return User.objects.get(pk=made.pk)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def book(day: date, *, now: datetime = NOW, source: str = "test:1") -> None:
    posting = Posting(
        unit=Unit.GRAMS,
        debit="chain:a",
        credit="chain:b",
        amount=5,
        source=source,
        reason="r",
        activity_date=day,
    )
    post_transfers(postings=[posting], now=now)


def verify(now: datetime = NOW) -> Job:
    job = start_job(kind=VERIFY, title="Nakijken", asked_by=None, now=now)
    work_off_job(job_id=job.pk, clock=lambda: now)
    job.refresh_from_db()
    return job


def close(until: date = SEPTEMBER, *, by: User | None = None, now: datetime = NOW) -> None:
    close_books(until=until, user_id=by.pk if by else None, now=now, progress=lambda *_told: None)


class TestClosing:
    def test_a_verified_month_is_closed_in_all_ledgers_with_a_trace(self):
        book(date(2026, 9, 3))
        boss = person("baas")
        verify()
        job = ask_closing(until=SEPTEMBER, user=boss, accepts_open=False, now=NOW)
        work_off_job(job_id=job.pk, clock=timezone.now)
        job.refresh_from_db()
        assert (job.state, job.done, job.total) == (JobState.DONE, 5, 5)
        assert job.result_url == PAGE
        assert set(Period.objects.values_list("ends_on", flat=True)) == {SEPTEMBER}
        assert Period.objects.count() == len(Unit)
        trace = AuditEntry.objects.get(action=Audited.PERIOD_CLOSED)
        assert (trace.actor, trace.object_id) == (boss, "2026-09-30")

    @pytest.mark.parametrize(
        ("until", "code"),
        [
            (date(2026, 11, 30), "not_over"),
            (date(2026, 9, 29), "no_end"),
            (date(2026, 8, 31), "closed"),
        ],
    )
    def test_what_cannot_be_closed_is_said(self, until: date, code: str):
        close(date(2026, 8, 31))
        verify()
        with pytest.raises(CannotAsk, match=code):
            ask_closing(until=until, user=person("baas"), accepts_open=True, now=NOW)
        assert not Job.objects.filter(kind=CLOSE).exists()

    def test_books_that_nobody_looked_at_lately_are_not_closed(self):
        boss = person("baas")
        for looked_at in (None, NOW - CHECKED_WITHIN - timedelta(seconds=1)):
            if looked_at:
                verify(looked_at)
            with pytest.raises(CannotAsk, match="unverified"):
                ask_closing(until=SEPTEMBER, user=boss, accepts_open=True, now=NOW)

    def test_a_look_from_before_the_end_of_the_period_does_not_count(self):
        verify(datetime(2026, 10, 31, 20, tzinfo=UTC))
        checks = make_check_list(until=OCTOBER, now=datetime(2026, 11, 1, 1, tzinfo=UTC))
        assert (checks.is_over, checks.is_verified) == (True, False)

    def test_books_that_are_not_right_fail_the_look_and_so_the_closing(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(closing, "list_differences", lambda: iter(["transfer 3: edited"]))
        job = verify()
        assert job.state == JobState.FAILED
        assert "transfer 3: edited" in job.error
        assert not make_check_list(until=SEPTEMBER, now=NOW).may_close

    def test_waiting_bookings_stop_it_until_staff_accept_them(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(closing, "list_unbooked", lambda **_asked: [7])
        verify()
        boss = person("baas")
        with pytest.raises(CannotAsk, match="open"):
            ask_closing(until=SEPTEMBER, user=boss, accepts_open=False, now=NOW)
        assert ask_closing(until=SEPTEMBER, user=boss, accepts_open=True, now=NOW).pk

    def test_what_comes_late_is_booked_on_the_first_open_day_and_counted(self):
        book(date(2026, 9, 3))
        close()
        book(date(2026, 9, 20), source="test:late")
        book(date(2026, 10, 1), source="test:right")
        assert make_check_list(until=OCTOBER, now=NOW).late_entries == 1

    def test_a_closing_that_broke_off_is_finished_by_trying_again(self):
        def break_off(done: int, _total: int, _message: str = "") -> None:
            if done == 3:
                raise ConnectionError

        with pytest.raises(ConnectionError):
            close_books(until=SEPTEMBER, user_id=None, now=NOW, progress=break_off)
        assert get_closed_until() is None
        close()
        assert get_closed_until() == SEPTEMBER
        assert Period.objects.count() == len(Unit)

    def test_the_worker_refuses_a_period_that_is_not_over(self):
        with pytest.raises(JobRefused, match="nog niet voorbij"):
            close(date(2026, 11, 30))
        assert not Period.objects.exists()

    def test_the_ends_of_months_after_the_last_closing_are_offered(self):
        book(date(2026, 8, 12))
        november = date(2026, 11, 30)
        assert list_ends(today=NOW.date()) == [date(2026, 8, 31), SEPTEMBER, OCTOBER, november]
        close()
        assert list_ends(today=NOW.date()) == [OCTOBER, november]


class TestReleasing:
    def states(self, first: date = SUMMER, today: date = TODAY) -> dict[str, ReleaseState]:
        quarter = next(one for one in list_quarters(today=today) if one.first == first)
        return {part.key: part.state for part in quarter.parts}

    def test_every_releasable_has_its_row_on_the_page(self):
        assert [one.key for one in RELEASABLES] == [key for key, *_rest in PARTS]

    def test_a_quarter_runs_is_over_waits_for_its_books_is_due_and_is_released(self):
        assert set(self.states(date(2026, 10, 1)).values()) == {ReleaseState.RUNNING}
        assert set(self.states(today=date(2026, 10, 30)).values()) == {ReleaseState.OVER}
        assert self.states(today=date(2026, 10, 31)) == {
            "figures": ReleaseState.OPEN,
            "work": ReleaseState.DUE,
        }
        close()
        assert self.states()["figures"] == ReleaseState.DUE
        release_part(key="figures", quarter=SUMMER, user=None, now=NOW)
        assert set(self.states().values()) == {ReleaseState.RELEASED}

    def test_another_than_who_closed_releases_and_both_are_traced(self):
        closer, other = person("sluiter"), person("ander")
        close(by=closer)
        with pytest.raises(FourEyes):
            ask_release(key="figures", quarter=SUMMER, user=closer, now=NOW)
        job = ask_release(key="figures", quarter=SUMMER, user=other, now=NOW)
        work_off_job(job_id=job.pk, clock=lambda: NOW)
        job.refresh_from_db()
        assert (job.state, job.result_url) == (JobState.DONE, RELEASES)
        assert FigureRelease.objects.get().released_by == other
        traces = AuditEntry.objects.filter(action=Audited.RELEASED, actor=other)
        assert traces.count() == 2

    @pytest.mark.parametrize(
        ("key", "quarter", "code"),
        [
            ("figures", SUMMER, "open"),
            ("work", date(2026, 10, 1), "not_due"),
            ("work", date(2026, 8, 1), "unknown"),
            ("water", SUMMER, "unknown"),
        ],
    )
    def test_what_cannot_be_released_is_said(self, key: str, quarter: date, code: str):
        with pytest.raises(CannotRelease, match=code):
            ask_release(key=key, quarter=quarter, user=person("ander"), now=NOW)
        assert not Job.objects.exists()

    def test_a_release_is_never_made_again(self):
        release_part(key="work", quarter=SUMMER, user=None, now=NOW)
        with pytest.raises(CannotRelease, match="released"):
            ask_release(key="work", quarter=SUMMER, user=person("ander"), now=NOW)
        with pytest.raises(CannotRelease, match="released"):
            release_part(key="work", quarter=SUMMER, user=None, now=NOW)
        assert WorkRelease.objects.count() == 1

    @pytest.mark.parametrize(("day", "released"), [(12, 0), (13, 1)])
    def test_the_clock_releases_what_staff_left_lying_for_two_weeks(
        self, monkeypatch: pytest.MonkeyPatch, day: int, released: int
    ):
        moment = datetime(2026, 11, day + 1, 3, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        release_by_clock()
        assert WorkRelease.objects.filter(quarter=SUMMER).count() == released


class TestPages:
    def test_staff_close_and_release_in_the_back_office(
        self, django_capture_on_commit_callbacks: Any
    ):
        closer, other = client_of(person("sluiter")), client_of(person("ander"))
        quarter, last = released_quarter(timezone.localdate())
        first = closer.get(PAGE, {"tot": last.isoformat()}).content.decode()
        assert "niet nagekeken in de laatste dag" in first
        refused = closer.post(PAGE, {"until": last.isoformat()})
        assert refused.status_code == 409
        assert "Laat eerst de boeken nakijken" in refused.content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            assert closer.post("/cms/perioden/nakijken/").status_code == 302
        with django_capture_on_commit_callbacks(execute=True):
            answer = closer.post(PAGE, {"until": last.isoformat()})
        assert "Klaar op" in closer.get(answer["Location"]).content.decode()
        assert (
            f"gesloten tot en met {date_format(last, 'j F Y')}" in closer.get(PAGE).content.decode()
        )
        sent = {"key": "figures", "quarter": quarter.isoformat()}
        refused = closer.post(RELEASES, sent)
        assert refused.status_code == 409
        assert "Laat iemand anders het vrijgeven" in refused.content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            other.post(RELEASES, sent)
        assert FigureRelease.objects.get().released_by.name == "ander"
        assert "vrijgegeven op" in other.get(RELEASES).content.decode()

    @pytest.mark.parametrize("kind", ["rebuild-sums", "verify-traces", "verify-books"])
    def test_work_that_needs_a_button_only_is_done(self, kind: str):
        book(date(2026, 9, 3))
        boss = client_of(person("baas"))
        answer = boss.post("/cms/werk/beginnen/", {"kind": kind})
        # Seals the traces, as the commit would.
        connection.check_constraints()
        work_off_job(job_id=Job.objects.get().pk, clock=timezone.now)
        job = Job.objects.get()
        assert (job.state, job.error) == (JobState.DONE, "")
        assert answer["Location"] == f"/werk/{job.public_id}/"
        assert job.title in boss.get("/cms/werk/").content.decode()
        assert boss.post("/cms/werk/beginnen/", {"kind": "release"}).status_code == 404

    @pytest.mark.parametrize("role", [Role.PROVINCE_ANALYST, Role.COURIER])
    def test_nobody_else_closes_or_releases(self, role: Role):
        verify(timezone.now())
        client = client_of(person("ander", role))
        for page, sent in (
            (PAGE, {"until": "2026-09-30"}),
            ("/cms/perioden/nakijken/", {}),
            ("/cms/werk/beginnen/", {"kind": "rebuild-sums"}),
            (RELEASES, {"key": "work", "quarter": "2026-07-01"}),
        ):
            assert client.get(page).status_code in (302, 403, 405)
            answer = client.post(page, sent)
            assert answer.status_code in (302, 403)
            assert not answer.get("Location", "").startswith("/werk/")
        assert Job.objects.count() == 1
        assert not Period.objects.exists()
        assert not WorkRelease.objects.exists()
