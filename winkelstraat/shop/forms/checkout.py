"""The checkout on one page: who, how and when per shop, and where to if it is brought."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorpen.register.domain.checks import normalise_postcode
from dorpen.register.queries import find_village_by_postcode
from winkelstraat.common.money import format_cents
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.operations.checkout import BuyerDetails, Choice
from winkelstraat.shop.queries.baskets import BasketContents, BasketShop
from winkelstraat.shop.queries.ways import WayToCollect

COMPANY_NUMBER = re.compile(r"[0-9]{8}|NL[0-9]{9}B[0-9]{2}|[A-Z]{2}[0-9A-Z]{6,12}")


class CheckoutForm(forms.Form):
    """Fields of the buyer, and one choice per shop in the basket."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("The host at the pick-up point asks for it."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=_("There we send your pick-up code and receipt."),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("Only if something is brought to you."),
    )
    delivery_address = forms.CharField(
        label=_("Street and house number"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    delivery_postcode = forms.CharField(
        label=_("Postcode"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    company_name = forms.CharField(
        label=_("Name of the business or association"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("It stands on your invoice."),
    )
    company_number = forms.CharField(
        label=_("KvK number or VAT number"), max_length=20, required=False
    )
    is_adult = forms.BooleanField(label=_("I am 18 or older"), required=False)

    def __init__(self, data: Any = None, *, basket: BasketContents, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.basket = basket
        for shop in basket.shops:
            self.fields[way_field(shop)] = forms.ChoiceField(
                label=_("How and when"),
                choices=[(way.value, say_way(way)) for way in shop.ways],
                initial=shop.ways[0].value if shop.ways else None,
                widget=forms.RadioSelect,
                error_messages={
                    "invalid_choice": _("This moment is no longer possible. Choose another."),
                    "required": _("Choose how you get this."),
                },
            )
        if not basket.has_alcohol:
            del self.fields["is_adult"]

    def clean_name(self) -> str:
        """Keep the name on one line, so that it cannot write lines of a letter."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_company_name(self) -> str:
        """Keep the name on one line."""
        return " ".join(str(self.cleaned_data["company_name"]).split())

    def clean_company_number(self) -> str:
        """Accept a KvK number of eight digits or a VAT number, or nothing."""
        number = "".join(str(self.cleaned_data["company_number"]).split()).upper().replace(".", "")
        if number and not COMPANY_NUMBER.fullmatch(number):
            raise forms.ValidationError(
                _("Write a KvK number like 12345678, or a VAT number like NL123456789B01.")
            )
        return number

    def clean_delivery_address(self) -> str:
        """Keep the address on one line."""
        return " ".join(str(self.cleaned_data["delivery_address"]).split())

    def clean_delivery_postcode(self) -> str:
        """Accept a postcode in Drenthe, or nothing."""
        text = str(self.cleaned_data["delivery_postcode"])
        if not text:
            return ""
        postcode = normalise_postcode(text)
        if postcode is None or find_village_by_postcode(text) is None:
            raise forms.ValidationError(
                _("We do not know this postcode in Drenthe. Write it like 9331 AB.")
            )
        return postcode

    def clean(self) -> dict[str, Any]:
        """Ask an address when something is brought, and an age when there is alcohol."""
        cleaned = super().clean() or {}
        if any(way.fulfilment == Fulfilment.DELIVERY for _shop, way in self._chosen(cleaned)):
            for name in ("delivery_address", "delivery_postcode", "phone"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("We need this to bring your order."))
        if "is_adult" in self.fields and not cleaned.get("is_adult"):
            text = _("There is alcohol in your basket. Tick that you are 18 or older.")
            self.add_error("is_adult", text)
        return cleaned

    def shop_fields(self) -> Iterator[tuple[BasketShop, Any]]:
        """Yield each shop with its field, for the page."""
        for shop in self.basket.shops:
            yield shop, self[way_field(shop)]

    def chosen(self) -> list[tuple[BasketShop, WayToCollect]]:
        """Return each shop with the way that was chosen, after validation."""
        return list(self._chosen(self.cleaned_data))

    def choices(self) -> dict[int, Choice]:
        """Return the choices as the checkout takes them."""
        return {
            shop.seller_id: Choice(way.fulfilment, way.start, way.end)
            for shop, way in self.chosen()
        }

    def total_cents(self) -> int:
        """Return goods and delivery of all shops, as chosen."""
        return self.basket.total_cents + sum(way.price_cents for _shop, way in self.chosen())

    def buyer(self, *, user_id: int | None) -> BuyerDetails:
        """Return who buys; address and phone only when something is brought."""
        cleaned = self.cleaned_data
        brought = any(way.fulfilment == Fulfilment.DELIVERY for _shop, way in self.chosen())
        village = find_village_by_postcode(cleaned["delivery_postcode"]) if brought else None
        return BuyerDetails(
            name=cleaned["name"],
            email=cleaned["email"],
            phone=cleaned["phone"] if brought else "",
            user_id=user_id,
            village_id=village.id if village else None,
            delivery_address=cleaned["delivery_address"] if brought else "",
            delivery_postcode=cleaned["delivery_postcode"] if brought else "",
            company_name=cleaned["company_name"],
            company_number=cleaned["company_number"],
            is_adult=bool(cleaned.get("is_adult")),
        )

    def _chosen(self, cleaned: Mapping[str, Any]) -> Iterator[tuple[BasketShop, WayToCollect]]:
        for shop in self.basket.shops:
            way = shop.way(str(cleaned.get(way_field(shop), "")))
            if way:
                yield shop, way


def way_field(shop: BasketShop) -> str:
    """Return the name of a shop's field."""
    return f"way_{shop.seller_id}"


def say_way(way: WayToCollect) -> str:
    """Return a way in words: where, when, and what it costs."""
    words = {
        Fulfilment.PICKUP_POINT: _("Collect at %(place)s, %(moment)s"),
        Fulfilment.SHOP: _("Collect at the shop, %(moment)s"),
        Fulfilment.DELIVERY: _("Have it brought, %(moment)s (%(price)s)"),
    }
    values = {
        "place": way.place,
        "moment": way.text,
        "price": format_cents(way.price_cents) if way.price_cents else _("free"),
    }
    return str(words[Fulfilment(way.fulfilment)] % values)
