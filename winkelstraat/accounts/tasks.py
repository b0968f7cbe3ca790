"""Celery tasks around people: do the long work that they asked for."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from winkelstraat.accounts.events import JobWaits
from winkelstraat.accounts.operations import audit
from winkelstraat.accounts.operations.jobs import SILENCE, work_off_job
from winkelstraat.accounts.queries.jobs import list_left_behind
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


def wake_for_job(event: JobWaits) -> None:
    """Begin as soon as it is committed."""
    transaction.on_commit(lambda: run_job.delay(event.job_id), robust=True)


def listen() -> None:
    """Let the worker hear of long work."""
    subscribe(JobWaits, wake_for_job)
