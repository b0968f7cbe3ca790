"""Record that staff looked at live figures on people, which the public never sees."""

from typing import Any

from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record


def note_people_seen(*, about: str, user: Any, label: str = "") -> None:
    """Record that `user` opened a page on people at work that is no release."""
    record(action=Audited.PEOPLE_SEEN, about=Thing("people", about, label), by=user)
