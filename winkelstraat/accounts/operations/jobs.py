"""Start long work, do it in the worker, and try it again.

A job is claimed by one worker at a time. A worker that tells nothing for ten minutes is
taken for dead and another starts from the beginning; should the first still live, its
next word about progress stops it, because the attempt is no longer its own.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from winkelstraat.accounts.domain.jobs import (
    JobOrder,
    JobRefused,
    JobTakenOver,
    Progress,
    get_work,
)
from winkelstraat.accounts.events import JobWaits
from winkelstraat.accounts.models.audit import Audited
from winkelstraat.accounts.models.jobs import BUSY, Job, JobState
from winkelstraat.accounts.models.people import User
from winkelstraat.accounts.operations.audit import Thing, record
from winkelstraat.common.announcer import announce

SILENCE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
# More often nobody looks, and each word is a write.
BETWEEN_WORDS = timedelta(milliseconds=400)

logger = logging.getLogger(__name__)


class KindIsBusy(Exception):
    """Other work of this kind runs; `job` is that work."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.title)
        self.job = job


@transaction.atomic
def start_job(
    *,
    kind: str,
    title: str,
    asked_by: User | None,
    now: datetime,
    arguments: Mapping[str, Any] | None = None,
) -> Job:
    """Ask the worker for long work; asking for the same while it runs returns that job.

    :raises UnknownKind: when no domain registered the kind.
    :raises KindIsBusy: while a job of this kind with other arguments waits or runs.
    """
    get_work(kind)
    wanted = dict(arguments or {})
    job, is_new = Job.objects.get_or_create(
        kind=kind,
        state__in=BUSY,
        defaults={
            "title": title[:200],
            "arguments": wanted,
            "asked_by": asked_by,
            "asked_at": now,
            "touched_at": now,
        },
    )
    if job.arguments != wanted:
        raise KindIsBusy(job)
    if is_new:
        record(action=Audited.JOB_ASKED, about=Thing("job", kind, job.title), by=asked_by)
        announce(JobWaits(job.pk))
    return job


@transaction.atomic
def retry_job(*, job_id: int, now: datetime) -> bool:
    """Let a failed job wait for the worker again; False when it did not fail.

    :raises KindIsBusy: while another job of its kind waits or runs.
    """
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != JobState.FAILED:
        return False
    fields = {"state": JobState.WAITING, "attempts": 0, "error": "", "message": ""}
    fields |= {"finished_at": None, "touched_at": now, "done": 0, "total": 0}
    try:
        with transaction.atomic():
            Job.objects.filter(pk=job_id).update(**fields)
    except IntegrityError as busy:
        raise KindIsBusy(Job.objects.get(kind=job.kind, state__in=BUSY)) from busy
    announce(JobWaits(job.pk))
    return True


def work_off_job(*, job_id: int, clock: Callable[[], datetime]) -> None:
    """Do the work of one job, unless another worker does; whatever goes wrong is told."""
    order = claim_job(job_id=job_id, now=clock())
    if order is None:
        return
    try:
        result = get_work(order.kind)(order, make_progress(order, clock))
    except JobTakenOver:
        return
    except JobRefused as refusal:
        end_job(order=order, now=clock(), error=str(refusal))
    except Exception:
        logger.exception("job %s (%s) failed", order.job_id, order.kind)
        told = _("Something went wrong on our side. Try it again; if it fails again, tell us.")
        end_job(order=order, now=clock(), error=told)
    else:
        end_job(order=order, now=clock(), result_url=result or "")


def claim_job(*, job_id: int, now: datetime) -> JobOrder | None:
    """Take a waiting job, or one whose worker fell silent; None when another has it."""
    silent = Q(state=JobState.RUNNING, touched_at__lte=now - SILENCE)
    free = Job.objects.filter(Q(state=JobState.WAITING) | silent, pk=job_id)
    taken = free.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        touched_at=now,
        done=0,
        total=0,
        message="",
    )
    if not taken:
        free.update(
            state=JobState.FAILED,
            finished_at=now,
            error=_("The work stopped three times before it was done. Tell us before you retry."),
        )
        return None
    job = Job.objects.get(pk=job_id)
    return JobOrder(job.pk, job.kind, job.arguments, job.asked_by_id, job.attempts)


def make_progress(order: JobOrder, clock: Callable[[], datetime]) -> Progress:
    """Return what the worker calls to tell how far it is; most calls write nothing."""
    last: list[tuple[datetime, str]] = []

    def progress(done: int, total: int, message: str = "") -> None:
        now = clock()
        is_same = bool(last) and last[-1][1] == message and done < total
        if is_same and now - last[-1][0] < BETWEEN_WORDS:
            return
        last[:] = [(now, message)]
        total = max(total, 0)
        written = _own(order).update(
            done=min(max(done, 0), total), total=total, message=message[:200], touched_at=now
        )
        if not written:
            raise JobTakenOver(order.job_id)

    return progress


def end_job(*, order: JobOrder, now: datetime, result_url: str = "", error: str = "") -> None:
    """Write what came of it; a worker that was overtaken writes nothing."""
    own = _own(order)
    if error:
        own.update(state=JobState.FAILED, finished_at=now, error=error)
    else:
        own.update(
            state=JobState.DONE, finished_at=now, result_url=result_url[:300], done=F("total")
        )


def _own(order: JobOrder) -> Any:
    return Job.objects.filter(pk=order.job_id, state=JobState.RUNNING, attempts=order.attempt)
