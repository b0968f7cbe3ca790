"""Why something was not taken down, and what to do next, in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, Promise] = {
    "no_owner": _("Write who answers for it: a team or an organisation."),
    "no_evidence": _("Write what shows that it is done, or choose another status."),
    "no_source": _("Write where it is written, so that anybody can look it up."),
    "below_nothing": _("This cannot be less than nothing. Look at the number again."),
    "no_such_indicator": _("This is not counted by hand. Choose an indicator of the agenda."),
    "no_baseline": _("Choose the baseline that the change is measured from."),
    "no_baseline_amount": _(
        "This measure is not known for that baseline, so a change cannot be measured from it."
        " Choose an amount, or another baseline."
    ),
    "no_reason": _("Write why, because others read it later."),
    "nothing_to_withdraw": _("There is no target to withdraw. Fill in a value."),
    "closed": _("This signal is closed. A new month may give a new one."),
    "not_new": _("A signal is new once. Choose seen, noted or closed."),
    "empty": _("Write what you want to note."),
    "too_long": _("A note has at most 2000 characters. Make it shorter, or write two."),
}
CHANGED = _(
    "Somebody else took down something while you wrote. Look at it above; what you typed is"
    " still here, and sending it again puts it after theirs."
)
COUNTED_BEFORE = _(
    "For that year %(value)s was written down before (%(source)s). What you typed is still here;"
    " sending it again puts it after that number."
)


def explain(key: str) -> str:
    """Return why something was refused."""
    return str(REFUSALS[key])
