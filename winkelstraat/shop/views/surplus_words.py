"""Why something about what must go is refused, and what to do next, in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.alcohol import TooCheapAlcohol
from winkelstraat.shop.domain.surplus import SurplusRefused

# The field of a form that a refusal is about; the others are about the whole.
FIELDS = {
    "pieces": "pieces",
    "made": "made_pieces",
    "past_date": "best_before",
    "too_late": "pick_up_until",
    "order": "second_at",
    "percentage": "first_percentage",
    "left": "left",
    "too_many": "pieces",
    "weight": "grams",
}


def explain_surplus(refusal: SurplusRefused | TooCheapAlcohol) -> tuple[str | None, str]:
    """Return the field that a refusal is about, None for the whole, and the words."""
    if isinstance(refusal, TooCheapAlcohol):
        text = _("At most a quarter may go off alcohol. The lowest price is %(price)s.")
        return "first_percentage", text % {"price": format_cents(refusal.lowest_cents)}
    return FIELDS.get(refusal.code), _say(refusal)


def _say(refusal: SurplusRefused) -> str:
    left = {"left": refusal.left}
    words = {
        "pieces": _("Say how many there are, at least one."),
        "made": _("You cannot have made fewer than there are left. Look at both numbers."),
        "past_date": _("This date is over. What is past its date is not sold here."),
        "too_late": _("Let the last price begin before people can no longer collect it."),
        "order": _("The second price must come later and go further down."),
        "percentage": _("Take between 5 and 90 percent off."),
        "steps": _("Choose one to four prices."),
        "runs_already": _("This must go already. Look at your list."),
        "still_runs": _("It is still on sale. End it first."),
        "not_counted": _("Say first how many are left."),
        "has_places": _("Some of it has a place already, so the number stays."),
        "weight": _("We do not know what one weighs. Weigh it and write the grams."),
    }
    if refusal.code == "being_paid":
        text = ngettext(
            "Somebody is paying for %(left)d of it. Try again in a few minutes.",
            "People are paying for %(left)d of it. Try again in a few minutes.",
            refusal.left,
        )
        return text % left
    if refusal.code == "left":
        return _("At most %(left)s can be left; the others were ordered on the street.") % left
    if refusal.code == "too_many":
        return _("Only %(left)s still need a place.") % left
    return words[refusal.code]
