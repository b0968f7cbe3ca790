"""Long work: one of a kind at a time, told while it runs, tried again when it failed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from winkelstraat.accounts.domain import jobs as kinds
from winkelstraat.accounts.domain.jobs import (
    JobOrder,
    JobRefused,
    JobTakenOver,
    Progress,
    UnknownKind,
    register_kind,
)
from winkelstraat.accounts.models import Job, JobState, Role, User
from winkelstraat.accounts.operations import KindIsBusy, grant_role, register_person, start_job
from winkelstraat.accounts.operations.jobs import (
    MOST_ATTEMPTS,
    SILENCE,
    claim_job,
    end_job,
    make_progress,
    retry_job,
    work_off_job,
)
from winkelstraat.accounts.tasks import run_job, sweep_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def only_kinds_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})
    register_kind(kind="count", work=count_to_four)
    register_kind(kind="refuse", work=refuse)
    register_kind(kind="break", work=break_down)


def count_to_four(order: JobOrder, progress: Progress) -> str:
    for number in range(1, 5):
        progress(number, 4, f"deel {number}")
    return f"/uitkomst/{order.arguments.get('year', '')}"


def refuse(_order: JobOrder, _progress: Progress) -> str:
    raise JobRefused("Dit kwartaal is nog niet voorbij.")


def break_down(_order: JobOrder, progress: Progress) -> str:
    progress(1, 3, "begonnen")
    raise ZeroDivisionError("secret detail")


def start(kind: str = "count", *, asked_by: User | None = None, **arguments: Any) -> Job:
    return start_job(
        kind=kind, title="Tellen", asked_by=asked_by, now=NOW, arguments=arguments or None
    )


def work_off(job: Job) -> Job:
    work_off_job(job_id=job.pk, clock=lambda: NOW)
    job.refresh_from_db()
    return job


def test_a_job_is_done_and_leads_to_its_result():
    job = work_off(start(year=2026))
    assert (job.state, job.done, job.total) == (JobState.DONE, 4, 4)
    assert (job.message, job.result_url, job.attempts) == ("deel 4", "/uitkomst/2026", 1)


def test_the_worker_begins_when_the_asking_is_committed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = start()
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_asking_twice_is_asking_once_and_other_arguments_must_wait():
    job = start(year=2025)
    assert start(year=2025) == job
    with pytest.raises(KindIsBusy) as busy:
        start(year=2026)
    assert busy.value.job == job
    work_off(job)
    assert start(year=2026) != job


def test_the_database_holds_one_busy_job_of_a_kind():
    job = start()
    with pytest.raises(IntegrityError, match="one_job_of_a_kind_at_a_time"), transaction.atomic():
        Job.objects.create(kind=job.kind, title="x", asked_at=NOW, touched_at=NOW)
    assert Job.objects.count() == 1


def test_a_kind_that_nobody_registered_is_no_job():
    with pytest.raises(UnknownKind):
        start("unheard")
    assert not Job.objects.exists()


def test_two_functions_for_one_kind_are_refused():
    register_kind(kind="count", work=count_to_four)
    with pytest.raises(ValueError, match="Two functions"):
        register_kind(kind="count", work=refuse)


def test_a_refusal_is_told_in_its_own_words_and_a_fault_in_plain_ones():
    refused, broken = work_off(start("refuse")), work_off(start("break"))
    assert (refused.state, refused.error) == (JobState.FAILED, "Dit kwartaal is nog niet voorbij.")
    assert broken.state == JobState.FAILED
    assert "secret" not in broken.error
    assert broken.error.startswith("Er ging iets mis aan onze kant.")


def test_a_failed_job_is_tried_again_and_a_done_one_is_not():
    failed, done = work_off(start("refuse")), work_off(start())
    assert retry_job(job_id=failed.pk, now=NOW)
    assert not retry_job(job_id=done.pk, now=NOW)
    failed.refresh_from_db()
    assert (failed.state, failed.error, failed.attempts) == (JobState.WAITING, "", 0)


def test_a_failed_job_waits_for_another_of_its_kind():
    failed = work_off(start("refuse", year=2025))
    other = start("refuse", year=2026)
    with pytest.raises(KindIsBusy) as busy:
        retry_job(job_id=failed.pk, now=NOW)
    assert busy.value.job == other
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED


def test_one_worker_has_a_job_until_it_falls_silent():
    job = start()
    first = claim_job(job_id=job.pk, now=NOW)
    assert first is not None
    assert claim_job(job_id=job.pk, now=NOW + SILENCE - timedelta(seconds=1)) is None
    second = claim_job(job_id=job.pk, now=NOW + SILENCE)
    assert second is not None
    with pytest.raises(JobTakenOver):
        make_progress(first, lambda: NOW + SILENCE)(1, 4, "te laat")
    end_job(order=first, now=NOW + SILENCE, result_url="/oud/")
    job.refresh_from_db()
    assert (job.state, job.message, job.result_url) == (JobState.RUNNING, "", "")


def test_what_dies_three_times_fails_instead_of_going_round():
    job = start()
    for attempt in range(MOST_ATTEMPTS):
        assert claim_job(job_id=job.pk, now=NOW + SILENCE * attempt) is not None
    assert claim_job(job_id=job.pk, now=NOW + SILENCE * MOST_ATTEMPTS) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "drie keer" in job.error


def test_the_sweeper_takes_up_what_was_left_behind():
    lost = start()
    Job.objects.filter(pk=lost.pk).update(touched_at=NOW - timedelta(days=1))
    sweep_jobs()
    lost.refresh_from_db()
    assert lost.state == JobState.DONE
    run_job(lost.pk)
    lost.refresh_from_db()
    assert lost.attempts == 1


def test_words_about_progress_are_written_now_and_then_only(
    django_assert_num_queries: Any,
) -> None:
    order = claim_job(job_id=start().pk, now=NOW)
    assert order is not None
    progress = make_progress(order, lambda: NOW)
    with django_assert_num_queries(2):
        for number in range(1000):
            progress(number, 1000, "rijen")
        progress(1000, 1000, "rijen")


class TestPage:
    def test_who_asked_sees_it_renew_itself_until_it_is_done(self, client: Client):
        person = register_person(email="analist@example.nl", name="Anneke Smit")
        job = start(asked_by=person)
        client.force_login(person)
        address = f"/werk/{job.public_id}/"
        page = client.get(address).content.decode()
        assert 'hx-trigger="every 2s"' in page
        assert '<noscript><meta http-equiv="refresh"' in page
        assert "Gevraagd door Anneke Smit" in page
        work_off(job)
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert "hx-get" not in part
        assert 'href="/uitkomst/"' in part

    def test_a_failed_one_has_a_button(self, client: Client):
        person = register_person(email="analist@example.nl")
        job = work_off(start("refuse", asked_by=person))
        client.force_login(person)
        address = f"/werk/{job.public_id}/"
        assert "Dit kwartaal is nog niet voorbij." in client.get(address).content.decode()
        assert client.post(f"{address}opnieuw/")["Location"] == address
        job.refresh_from_db()
        assert job.state == JobState.WAITING

    def test_a_stranger_finds_nothing_and_changes_nothing(self, client: Client):
        job = work_off(start("refuse", asked_by=register_person(email="analist@example.nl")))
        client.force_login(register_person(email="vreemde@example.nl"))
        assert client.get(f"/werk/{job.public_id}/").status_code == 404
        assert client.post(f"/werk/{job.public_id}/opnieuw/").status_code == 404
        job.refresh_from_db()
        assert job.state == JobState.FAILED

    def test_platform_staff_see_all_work(self, client: Client):
        job = start(asked_by=register_person(email="analist@example.nl"))
        staff = register_person(email="staf@example.nl")
        grant_role(user=staff, role=Role.PLATFORM_STAFF)
        client.force_login(staff)
        assert client.get(f"/werk/{job.public_id}/").status_code == 200
