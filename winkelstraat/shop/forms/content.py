"""What is in one of the goods: how much, in how many pieces, and how much is drained."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.domain.unit_price import Content, OddContent
from winkelstraat.shop.models.listings import SaleUnit

MOST_PIECES = 1_000
ODD = {
    "pieces": ("pieces", _("Write how many are in the pack, like 6.")),
    "drained_without_measure": (
        "drained_quantity",
        _("Drained weight goes with kilo, gram, litre or millilitre. Choose one, or empty it."),
    ),
    "drained_above_net": (
        "drained_quantity",
        _("What is left without the liquid is not more than what is in one."),
    ),
}


class ContentFields(forms.Form):
    """The fields from which the price per kilo or litre follows (PRI-03)."""

    net_quantity = forms.CharField(
        label=_("How much is in one"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("For example 800 with gram; the price per kilo follows."),
    )
    net_unit = forms.ChoiceField(
        label=_("In"), choices=SaleUnit.choices, initial=SaleUnit.PIECE, required=False
    )
    pieces = forms.CharField(
        label=_("How many are in the pack"),
        max_length=6,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("For a pack of several: 6 with 330 millilitre is 6 × 330 ml."),
    )
    drained_quantity = forms.CharField(
        label=_("Drained weight of one"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("For a jar with liquid: what is left without it. Only that counts."),
    )

    def clean_net_quantity(self) -> Decimal:
        """Return how much is in one; nothing typed is one."""
        return _read_quantity(self.cleaned_data["net_quantity"] or "1")

    def clean_drained_quantity(self) -> Decimal | None:
        """Return what is left without the liquid; nothing typed is no liquid."""
        typed = self.cleaned_data["drained_quantity"]
        return _read_quantity(typed) if typed else None

    def clean_pieces(self) -> int:
        """Return how many are in the pack; nothing typed is one."""
        typed = str(self.cleaned_data["pieces"] or "1")
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_PIECES):
            raise forms.ValidationError(ODD["pieces"][1])
        return int(typed)

    def clean(self) -> dict[str, Any]:
        """Refuse contents that cannot be, beside the field that is wrong."""
        cleaned = super().clean() or {}
        if not {"net_quantity", "pieces", "drained_quantity"} <= cleaned.keys():
            return cleaned
        try:
            Content(
                cleaned["net_quantity"],
                cleaned.get("net_unit") or SaleUnit.PIECE,
                cleaned["pieces"],
                cleaned["drained_quantity"],
            )
        except OddContent as odd:
            self.add_error(*ODD[odd.code])
        return cleaned


def _read_quantity(typed: Any) -> Decimal:
    try:
        number = Decimal(str(typed).strip().replace(",", ".")).quantize(Decimal("0.001"))
    except InvalidOperation:
        raise forms.ValidationError(_("Write a number, like 800 or 0,75.")) from None
    # NaN compares with nothing.
    if not number.is_finite() or not Decimal("0.001") <= number <= 100_000:
        raise forms.ValidationError(_("Write a number above nothing."))
    return number
