"""Show a buyer to who packs for him without telling who he is."""

from datetime import datetime, timedelta

SHOWN_AFTER_COMPLETION = timedelta(days=30)


def is_hidden_by_time(completed_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether an order is done for so long that nobody need know its buyer (PRV-01)."""
    return completed_at is not None and now >= completed_at + SHOWN_AFTER_COMPLETION


def mask_name(name: str) -> str:
    """Return the first letter of each part of a name that begins with a capital.

    "Janna Veen" becomes "J. V."; a name without capitals keeps its first letter alone.
    """
    letters = [part[0] for part in name.split() if part[0].isupper()]
    letters = letters or [part[0].upper() for part in name.split()[:1]]
    return " ".join(f"{letter}." for letter in letters) or "?"
