"""A voucher that a shop makes for itself: what goes off, from when, how often."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from winkelstraat.common.money import NoAmount, parse_cents
from winkelstraat.delivery.domain.windows import LOCAL

MOST_OFF_CENTS = 50_000
DAY = {"type": "date"}


class VoucherForm(forms.Form):
    """Either euros or a percentage; the last day counts whole."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[A-Za-z0-9-]{4,24}$",
        max_length=24,
        help_text=_("Four letters or figures at least, for example OOGST26"),
        error_messages={"invalid": _("Use four to twenty-four letters, figures or dashes.")},
    )
    amount = forms.CharField(
        label=_("Euros off"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("In euros, like 2,50. Or fill in a percentage below."),
    )
    percentage = forms.IntegerField(
        label=_("Percentage off"), min_value=1, max_value=90, required=False
    )
    minimum = forms.CharField(
        label=_("From which amount"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=DAY))
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=DAY))
    uses_limit = forms.IntegerField(
        label=_("How often at most"), min_value=1, max_value=100_000, required=False
    )

    def clean_amount(self) -> int | None:
        """Return the cents, or None."""
        return self._cents("amount")

    def clean_minimum(self) -> int:
        """Return the cents; nothing typed is nought."""
        return self._cents("minimum") or 0

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and an end after the start."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("amount")) == bool(cleaned.get("percentage")) and not self.errors:
            self.add_error("amount", _("Fill in an amount or a percentage, not both."))
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The end lies before the start."))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """Return what the operation takes, after validation."""
        cleaned = self.cleaned_data
        percentage = cleaned["percentage"]
        return {
            "code": cleaned["code"],
            "amount_cents": cleaned["amount"],
            "percentage_basis_points": percentage * 100 if percentage else None,
            "limits": (cleaned["minimum"], cleaned["uses_limit"]),
            "valid": (_start(cleaned["first_day"]), _end(cleaned["last_day"])),
        }

    def _cents(self, name: str) -> int | None:
        typed = str(self.cleaned_data[name]).strip()
        if not typed:
            return None
        try:
            cents = parse_cents(typed)
        except NoAmount:
            raise forms.ValidationError(_("Write the amount in euros, like 2,50.")) from None
        if cents > MOST_OFF_CENTS:
            raise forms.ValidationError(_("That is more than is possible here."))
        return cents


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), LOCAL)


def _end(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)), LOCAL)
