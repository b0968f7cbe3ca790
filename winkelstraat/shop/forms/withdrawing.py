"""Two small forms: which order, and what of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.queries.withdrawals import ShopContract


class FindOrderForm(forms.Form):
    """The first step: name, order and address, as the law asks."""

    number = forms.CharField(
        label=_("Order number"),
        max_length=16,
        help_text=_("It stands at the top of the mail about your order."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The address you ordered with. There we send the proof."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_number(self) -> str:
        """Accept the number as people type it, with small letters or the shop's own ending."""
        return str(self.cleaned_data["number"]).strip().upper().split("-")[0]

    def clean_name(self) -> str:
        """Keep the name on one line, so that it cannot write lines of a letter."""
        return " ".join(str(self.cleaned_data["name"]).split())


class ChooseLinesForm(forms.Form):
    """The second step: how many of each line."""

    def __init__(self, data: Any = None, *, contracts: Sequence[ShopContract]) -> None:
        super().__init__(data)
        self.contracts = contracts
        for contract in contracts:
            for line in contract.lines:
                if line.can_withdraw:
                    self.fields[f"line-{line.id}"] = forms.IntegerField(
                        label=_("Send back: how many"),
                        min_value=0,
                        max_value=line.left,
                        required=False,
                        initial=0,
                    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Fill in how many you want to send back, at least one."))
        return cleaned

    def shops(self) -> list[tuple[ShopContract, list[tuple[Any, Any]]]]:
        """Return each contract with its lines and, where there is a choice, their fields."""
        return [
            (
                contract,
                [
                    (line, self[f"line-{line.id}"] if line.can_withdraw else None)
                    for line in contract.lines
                ],
            )
            for contract in self.contracts
        ]

    def units(self) -> dict[int, int]:
        """Return units per line, after validation."""
        return {
            int(name.removeprefix("line-")): units or 0 for name, units in self.cleaned_data.items()
        }
