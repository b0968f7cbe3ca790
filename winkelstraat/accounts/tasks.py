"""Celery tasks around people: do the long work that they asked for."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from winkelstraat.accounts.events import JobWaits, LookingEnded
from winkelstraat.accounts.operations import audit, looking
from winkelstraat.accounts.operations.jobs import SILENCE, work_off_job
from winkelstraat.accounts.queries.jobs import list_left_behind
from winkelstraat.accounts.queries.looking import list_overdue, list_untold
from winkelstraat.common.announcer import subscribe


@shared_task(ignore_result=True, time_limit=3600)
def run_job(job_id: int) -> None:
    """Do one job; a second call while it runs does nothing."""
    work_off_job(job_id=job_id, clock=timezone.now)


@shared_task(ignore_result=True)
def sweep_jobs() -> None:
    """Take up what a worker left behind."""
    for job_id in list_left_behind(now=timezone.now(), silence=SILENCE):
        run_job.delay(job_id)


@shared_task(ignore_result=True)
def forget_addresses() -> None:
    """Forget where old traces came from."""
    audit.forget_addresses(now=timezone.now())


@shared_task(ignore_result=True)
def sweep_looking() -> None:
    """End looking along whose time is over, and tell who does not know yet."""
    now = timezone.now()
    for looking_id in list_overdue(now=now):
        looking.end_looking(looking_id=looking_id, now=now)
    for looking_id in list_untold():
        looking.tell_looked_along(looking_id=looking_id, now=now)


@shared_task(ignore_result=True)
def tell_person(looking_id: int) -> None:
    """Tell a person that staff looked along with him."""
    looking.tell_looked_along(looking_id=looking_id, now=timezone.now())


def wake_for_job(event: JobWaits) -> None:
    """Begin as soon as it is committed."""
    transaction.on_commit(lambda: run_job.delay(event.job_id), robust=True)


def wake_for_telling(event: LookingEnded) -> None:
    """Tell the person as soon as it is committed."""
    transaction.on_commit(lambda: tell_person.delay(event.looking_id), robust=True)


def listen() -> None:
    """Let the worker hear of long work, and of people who must be told something."""
    subscribe(JobWaits, wake_for_job)
    subscribe(LookingEnded, wake_for_telling)
