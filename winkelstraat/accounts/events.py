"""What happens around people that others may react to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class JobWaits:
    """Long work waits for a worker."""

    job_id: int


@dataclass(frozen=True)
class LookingEnded:
    """Staff stopped looking along with a person, who must hear of it."""

    looking_id: int
