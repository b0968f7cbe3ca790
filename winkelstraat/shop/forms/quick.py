"""Price and stock as they are typed in the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.common.money import NoAmount, parse_cents
from winkelstraat.shop.forms.listing import HIGHEST_PRICE_CENTS
from winkelstraat.shop.operations.quick import QuickChange

MOST_STOCK = 99_999
WHOLE = _("Write how many you have, as a whole number.")


class QuickForm(forms.Form):
    """What is changed in a row of the list; `seen_...` is what stood there."""

    price = forms.CharField(required=False, max_length=16)
    seen_price = forms.CharField(required=False, max_length=16)
    stock = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_STOCK,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE),
    )
    seen_stock = forms.CharField(required=False, max_length=6)
    price_is_right = forms.BooleanField(required=False)

    def clean_price(self) -> int | None:
        """Return the cents; nothing is free and nothing costs a fortune."""
        typed = self.cleaned_data["price"]
        if not typed:
            return None
        try:
            cents = parse_cents(typed)
        except NoAmount:
            raise forms.ValidationError(_("Write the price in euros, like 3,40.")) from None
        if not 0 < cents <= HIGHEST_PRICE_CENTS:
            text = _("This price is not possible. Write an amount above nothing, like 3,40.")
            raise forms.ValidationError(text)
        return cents

    def clean_seen_price(self) -> int | None:
        """Return the cents that stood on the screen; who made something up saw nothing."""
        try:
            return parse_cents(self.cleaned_data["seen_price"])
        except NoAmount:
            return None

    def clean_seen_stock(self) -> int | None:
        """Return the number that stood on the screen."""
        typed = self.cleaned_data["seen_stock"]
        return int(typed) if typed.isdecimal() else None

    def change(self) -> QuickChange:
        """Return what is wanted, after validation."""
        cleaned = self.cleaned_data
        return QuickChange(
            price_cents=cleaned["price"],
            seen_price_cents=cleaned["seen_price"],
            stock=cleaned["stock"],
            seen_stock=cleaned["seen_stock"],
            price_is_right=cleaned["price_is_right"],
        )

    def problem(self) -> str:
        """Return the first thing that is wrong, in words."""
        return next((str(text) for texts in self.errors.values() for text in texts), "")
