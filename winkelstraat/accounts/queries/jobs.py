"""Read how far long work is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from winkelstraat.accounts.models.jobs import BUSY, Job, JobState
from winkelstraat.accounts.models.people import Role, User
from winkelstraat.accounts.queries.people import has_role


@dataclass(frozen=True)
class JobCard:
    """One job as a reader sees it; `percent` is None while nobody knows the whole."""

    id: int
    public_id: UUID
    kind: str
    title: str
    state: str
    state_label: str
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int
    message: str
    result_url: str
    error: str

    @property
    def is_busy(self) -> bool:
        """Tell whether it waits or runs."""
        return self.state in BUSY

    @property
    def percent(self) -> int | None:
        """Return how much is done."""
        return self.done * 100 // self.total if self.total else None


def list_jobs(*, limit: int = 100) -> list[JobCard]:
    """Return the jobs that were asked last, the newest first; one query."""
    return [make_card(job) for job in Job.objects.select_related("asked_by")[:limit]]


def find_job(*, public_id: UUID, user: User) -> JobCard | None:
    """Return a job to who asked for it and to platform staff; None to everybody else."""
    job = Job.objects.select_related("asked_by").filter(public_id=public_id).first()
    if job is None:
        return None
    is_own = job.asked_by_id is not None and job.asked_by_id == user.pk
    return make_card(job) if is_own or has_role(user, Role.PLATFORM_STAFF) else None


def list_left_behind(*, now: datetime, silence: timedelta) -> list[int]:
    """Return the jobs that wait too long for a worker, or whose worker fell silent."""
    lost = Q(state=JobState.WAITING, touched_at__lte=now - timedelta(seconds=60))
    dead = Q(state=JobState.RUNNING, touched_at__lte=now - silence)
    return list(Job.objects.filter(lost | dead).order_by("pk").values_list("pk", flat=True))


def find_last_job(*, kind: str) -> JobCard | None:
    """Return the job of a kind that was asked last; one query."""
    job = Job.objects.select_related("asked_by").filter(kind=kind).first()
    return make_card(job) if job else None


def make_card(job: Job) -> JobCard:
    """Return a job as a reader sees it."""
    return JobCard(
        id=job.pk,
        public_id=job.public_id,
        kind=job.kind,
        title=job.title,
        state=job.state,
        state_label=job.get_state_display(),
        asked_by=str(job.asked_by or ""),
        asked_at=job.asked_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        done=job.done,
        total=job.total,
        message=job.message,
        result_url=job.result_url,
        error=job.error,
    )
