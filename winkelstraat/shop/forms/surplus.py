"""What must go, and where the rest went: filled in beforehand, so that a tap is enough."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.domain.surplus import MOST_PIECES, Step
from winkelstraat.shop.models.surplus import PLACES, Reason
from winkelstraat.shop.operations.surplus import Placed, SurplusDraft

NUMBER = {"inputmode": "numeric"}
MOMENT_FORMAT = "%Y-%m-%dT%H:%M"


def _moment(label: Any, *, required: bool = True) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=MOMENT_FORMAT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(
        label=label, required=required, input_formats=[MOMENT_FORMAT], widget=widget
    )


def _percentage(label: Any, *, required: bool = True) -> forms.IntegerField:
    widget = forms.NumberInput(attrs=NUMBER)
    return forms.IntegerField(
        label=label, required=required, min_value=5, max_value=90, widget=widget
    )


class SurplusForm(forms.Form):
    """At most two steps; more is possible for who asks the operation."""

    pieces = forms.IntegerField(
        label=_("How many are there?"),
        min_value=1,
        max_value=MOST_PIECES,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("This becomes your stock."),
    )
    reason = forms.ChoiceField(label=_("Why must it go?"), choices=Reason.choices)
    first_at = _moment(_("Cheaper from"))
    first_percentage = _percentage(_("Percent off"))
    second_at = _moment(_("Cheaper still from"), required=False)
    second_percentage = _percentage(_("Percent off then"), required=False)
    pick_up_until = _moment(_("Collect until"))
    best_before = forms.DateField(
        label=_("Best before"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    made_pieces = forms.IntegerField(
        label=_("How many did you make?"),
        required=False,
        min_value=1,
        max_value=MOST_PIECES,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text=_("If you know. Then we can tell which part was left over."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of the second step, or for neither."""
        cleaned = super().clean() or {}
        moment, percentage = cleaned.get("second_at"), cleaned.get("second_percentage")
        if bool(moment) != bool(percentage) and not self.errors:
            name = "second_percentage" if moment else "second_at"
            self.add_error(name, _("Fill in both the moment and the percentage, or neither."))
        return cleaned

    def draft(self, listing_id: int) -> SurplusDraft:
        """Return what the operation takes, after validation."""
        cleaned = self.cleaned_data
        steps = [Step(cleaned["first_at"], cleaned["first_percentage"])]
        if cleaned["second_at"]:
            steps.append(Step(cleaned["second_at"], cleaned["second_percentage"]))
        return SurplusDraft(
            listing_id=listing_id,
            reason=cleaned["reason"],
            best_before=cleaned["best_before"],
            pick_up_until=cleaned["pick_up_until"],
            pieces=cleaned["pieces"],
            steps=tuple(steps),
            made_pieces=cleaned["made_pieces"],
        )


def propose(*, available: int, is_alcohol: bool, now: datetime) -> dict[str, Any]:
    """Return a start for the form: from 15.00 and 17.00 uur, or from now when that is past."""
    local = now.astimezone(LOCAL)
    first = datetime.combine(local.date(), time(15), LOCAL)
    second, until = first + timedelta(hours=2), first + timedelta(hours=3)
    if local > first:
        first = local.replace(minute=local.minute // 15 * 15, second=0, microsecond=0)
        second, until = first + timedelta(hours=1), first + timedelta(hours=2)
    return {
        "pieces": available or None,
        "reason": Reason.TOO_MUCH,
        "first_at": first,
        "first_percentage": 10 if is_alcohol else 25,
        "second_at": second,
        "second_percentage": 25 if is_alcohol else 50,
        "pick_up_until": until,
        "best_before": until.date(),
    }


class CloseForm(forms.Form):
    """How many are left."""

    left = forms.IntegerField(
        label=_("How many are left?"),
        min_value=0,
        max_value=MOST_PIECES,
        widget=forms.NumberInput(attrs=NUMBER),
    )


class PlaceForm(forms.Form):
    """Where some of the rest went: one tap for the place, one to keep it."""

    destination = forms.ChoiceField(
        label=_("Where did it go?"),
        choices=[(place.value, text) for place, text in PLACES.items()],
        widget=forms.RadioSelect,
    )
    pieces = forms.IntegerField(
        label=_("How many?"),
        min_value=1,
        max_value=MOST_PIECES,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    grams = forms.IntegerField(
        label=_("Weighed, in grams"),
        required=False,
        min_value=1,
        max_value=50_000_000,
        widget=forms.NumberInput(attrs=NUMBER),
    )

    def place(self) -> Placed:
        """Return what the operation takes, after validation."""
        cleaned = self.cleaned_data
        return Placed(cleaned["destination"], cleaned["pieces"], cleaned["grams"])
