"""Stop asking a provider that does not answer, and ask again a little later (PAY-18).

Five failures within a minute open the breaker for half a minute; a success closes it.
The count lives in the shared cache, so every process knows.
"""

from django.core.cache import cache

FAILURES_KEY = "payments:provider-failures"
OPEN_KEY = "payments:provider-resting"
FAILURES_ALLOWED = 5
COUNTED_FOR_S = 60
RESTS_FOR_S = 30


def is_open() -> bool:
    """Tell whether the provider is left alone for now."""
    return bool(cache.get(OPEN_KEY))


def note_failure() -> None:
    """Count a failure; too many in a minute open the breaker."""
    if count_up(FAILURES_KEY, within_s=COUNTED_FOR_S) >= FAILURES_ALLOWED:
        cache.set(OPEN_KEY, True, RESTS_FOR_S)


def count_up(name: str, *, within_s: int) -> int:
    """Count one more of something; return how many there were in this stretch of seconds."""
    cache.add(name, 0, within_s)
    try:
        return cache.incr(name)
    except ValueError:
        return 1


def note_success() -> None:
    """Forget earlier failures."""
    cache.delete_many([FAILURES_KEY, OPEN_KEY])
