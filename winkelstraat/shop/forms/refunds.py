"""Give money back: how many of what, or an amount, and a line for the buyer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.common.money import NoAmount, format_cents, parse_cents
from winkelstraat.shop.queries.refunds import Givable, GivableLine


class GiveBackForm(forms.Form):
    """Units of lines, or an amount off the whole order; never both.

    `key` names the wish, so that a form that is sent twice gives back once. Without
    `sure` the amount is shown first.
    """

    amount = forms.CharField(
        label=_("Or an amount"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("In euros, like 2,50. For goods that were less than you promised."),
    )
    reason = forms.CharField(
        label=_("What do you tell the buyer?"),
        max_length=200,
        help_text=_("For example: the rye bread was sold out. It stands in the mail."),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, order: Givable, **options: Any) -> None:
        super().__init__(data, **options)
        self.order = order
        for line in order.lines:
            if line.left:
                self.fields[f"line-{line.ref}"] = forms.IntegerField(
                    label=line.title,
                    min_value=0,
                    max_value=line.left,
                    required=False,
                    initial=line.withdrawn,
                    help_text=_("of %(left)s") % {"left": line.left},
                    error_messages={
                        "max_value": _("There are %(left)s of it in this order.")
                        % {"left": line.left}
                    },
                )

    def line_fields(self) -> list[tuple[GivableLine, forms.BoundField]]:
        """Return each line that has something left, with its field."""
        return [(line, self[f"line-{line.ref}"]) for line in self.order.lines if line.left]

    def clean_amount(self) -> int:
        """Return cents; nothing typed is none."""
        typed = str(self.cleaned_data["amount"]).strip()
        try:
            cents = parse_cents(typed) if typed else 0
        except NoAmount:
            raise forms.ValidationError(_("Write the amount in euros, like 2,50.")) from None
        if typed and not 0 < cents <= self.order.left_cents:
            text = _("At most %(left)s of this order can still be given back.")
            raise forms.ValidationError(text % {"left": format_cents(self.order.left_cents)})
        return cents

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if bool(self.units()) == bool(cleaned.get("amount")):
            text = _("Fill in how many of which goods, or an amount. One of the two.")
            raise forms.ValidationError(text)
        return cleaned

    def units(self) -> dict[str, int]:
        """Return how many of each line go back."""
        counts = {line.ref: self.cleaned_data.get(f"line-{line.ref}") for line in self.order.lines}
        return {ref: count for ref, count in counts.items() if count}
