"""Cannot deliver: how many, what instead, and a line for the buyer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.common.money import format_cents
from winkelstraat.shop.queries.substitutes import UndeliveredLine

MONEY_BACK = "0"


class UndeliveredForm(forms.Form):
    """Units of one line; `instead` is a listing, or the money back."""

    quantity = forms.IntegerField(label=_("How many can you not deliver?"), min_value=1)
    instead = forms.ChoiceField(label=_("What does the buyer get?"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("What do you tell the buyer?"),
        max_length=200,
        help_text=_("For example: the oven broke down this morning. It stands in the mail."),
    )
    seen_cancelled = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, line: UndeliveredLine, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["quantity"].initial = line.left
        self.fields["quantity"].help_text = _("of %(left)s") % {"left": line.left}
        self.fields["seen_cancelled"].initial = line.cancelled
        self.fields["instead"].initial = MONEY_BACK
        self.fields["instead"].choices = [  # type: ignore[attr-defined]
            (MONEY_BACK, _("The money back")),
            *((str(row.listing_id), _say(row, line)) for row in line.substitutes),
        ]


def _say(row: Any, line: UndeliveredLine) -> str:
    """Say what is proposed and what it means for the money."""
    words = {"title": row.title, "amount": row.amount_text, "price": format_cents(row.price_cents)}
    if row.price_cents < line.price_cents:
        back = format_cents(line.price_cents - row.price_cents)
        text = _("Ask: %(title)s, %(amount)s, %(price)s. The buyer gets %(back)s back for each.")
        return str(text % {**words, "back": back})
    return str(_("Ask: %(title)s, %(amount)s, %(price)s. The buyer pays nothing more.") % words)
