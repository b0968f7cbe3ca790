"""Report an offer, contest a decision, and call goods back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.notices import NoticeReason
from winkelstraat.shop.operations.recalls import RecallDraft
from winkelstraat.shop.queries.recalls import Recallable

LONGEST_BACK = timedelta(days=2 * 365)


class ReportForm(forms.Form):
    """What is wrong with an offer; `website` is left empty by people."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=NoticeReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Tell us more"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What did you see, and why do you think that it is not allowed?"),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Only if you want to hear what we decide. The shop does not see it."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)


class ContestForm(forms.Form):
    """Why a decision is not right."""

    text = forms.CharField(
        label=_("Why do you not agree?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RecallForm(forms.Form):
    """What is called back, why, and what buyers must do; `sure` comes after the count."""

    listing = forms.TypedChoiceField(label=_("What do you call back?"), coerce=int)
    batch_code = forms.CharField(
        label=_("Batch"),
        max_length=40,
        required=False,
        help_text=_("As it stood on the product. Empty is everything of these days."),
    )
    sold_from = forms.DateField(
        label=_("Sold from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sold_until = forms.DateField(
        label=_("Up to and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    danger = forms.CharField(label=_("What is the danger?"), max_length=500)
    advice = forms.CharField(
        label=_("What must buyers do?"),
        max_length=500,
        help_text=_("For example: do not eat it, throw it away, and you get your money back."),
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, goods: list[Recallable]) -> None:
        super().__init__(data)
        choices = [(str(good.listing_id), good.title) for good in goods]
        self.fields["listing"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for days in the past two years, the first before the last."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("sold_from"), cleaned.get("sold_until")
        if first and last and not timezone.localdate() - LONGEST_BACK <= first <= last:
            text = _("Fill in two days of the last two years, the first before the last.")
            self.add_error("sold_until", text)
        return cleaned

    def draft(self) -> RecallDraft:
        """Return what was typed, after validation."""
        typed = self.cleaned_data
        return RecallDraft(
            listing_id=typed["listing"],
            batch_code=typed["batch_code"].strip(),
            sold_from=typed["sold_from"],
            sold_until=typed["sold_until"],
            danger=typed["danger"],
            advice=typed["advice"],
        )
