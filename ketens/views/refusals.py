"""Say what was refused in the words of who typed it, and what to do next."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BLOCK_REFUSALS: Mapping[str, Promise] = {
    "closed": gettext_lazy("This contract is closed. Ask the coordinator."),
    "other_region": gettext_lazy("This block is of another region. Choose one of this region."),
    "other_tender_date": gettext_lazy("This block did not count on the day of the tender."),
    "example_region": gettext_lazy("This region is an example. Choose your own region."),
    "impossible_obligation": gettext_lazy("Look again at the value and the percentage."),
    "placement_missing": gettext_lazy("This block has a longest duration. Choose the group."),
    "placement_elsewhere": gettext_lazy("This placement is not of this enterprise."),
    "hours_claimed": gettext_lazy(
        "Some of these months count under a contract already. An hour counts once."
    ),
    "time_missing": gettext_lazy("Fill in the first month, the months and the hours a week."),
    "impossible_hours": gettext_lazy("Hours a week lie between 0 and 60."),
    "impossible_months": gettext_lazy("Months lie between 1 and 120."),
    "impossible_quantity": gettext_lazy("Fill in how many hours, days or euros."),
    "no_such_step": gettext_lazy("This block moved on already. Look at the page again."),
    "evidence_missing": gettext_lazy("Say which evidence there is to see."),
    "reason_missing": gettext_lazy("Say why, so that the enterprise can mend it."),
    "no_value": gettext_lazy("Fill in first what this block counts for."),
    "no_source": gettext_lazy("Fill in an amount, and where it is written."),
    "already_filled": gettext_lazy("This block has an amount already, which is never changed."),
}


def explain_block(code: str) -> str:
    """Return why a block was refused."""
    return str(BLOCK_REFUSALS.get(code, _("This is not possible. Look at the page again.")))
