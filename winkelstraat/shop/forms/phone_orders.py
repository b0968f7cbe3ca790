"""An order taken by telephone: what, for whom, when, and how it is paid."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.forms.checkout import CheckoutForm
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.queries.phone_orders import PhoneGood

COUNTER, LINK = "counter", "link"


class PhoneGoodsForm(forms.Form):
    """How many of each thing that the shop has."""

    def __init__(self, data: Any = None, *, goods: list[PhoneGood], **options: Any) -> None:
        super().__init__(data, **options)
        self.goods = goods
        for good in goods:
            self.fields[f"count-{good.listing_id}"] = forms.IntegerField(
                label=good.title,
                min_value=0,
                max_value=good.available,
                required=False,
                error_messages={
                    "max_value": _("There are only %(left)s left.") % {"left": good.available}
                },
            )

    def rows(self) -> list[tuple[PhoneGood, forms.BoundField]]:
        """Return each thing with its field."""
        return [(good, self[f"count-{good.listing_id}"]) for good in self.goods]

    def quantities(self) -> dict[int, int]:
        """Return how many of which listing."""
        return {
            good.listing_id: self.cleaned_data.get(f"count-{good.listing_id}") or 0
            for good in self.goods
        }


class PhoneOrderForm(CheckoutForm):
    """The checkout as a shop fills it in for somebody; the mail may be empty at the counter."""

    pay = forms.ChoiceField(
        label=_("How does the buyer pay?"),
        choices=[
            (LINK, _("With a link that we mail, or a square on your screen")),
            (COUNTER, _("At my counter, in my own till")),
        ],
        initial=LINK,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name in ("company_name", "company_number"):
            del self.fields[name]
        self.fields["name"].label, self.fields["name"].help_text = _("Name of the buyer"), ""
        self.fields["email"].label = _("E-mail address of the buyer")
        self.fields["email"].help_text = _("Not needed for who pays at your counter.")
        self.fields["email"].required = False
        self.fields["phone"].label = _("Phone number of the buyer")
        if "is_adult" in self.fields:
            adult = self.fields["is_adult"]
            adult.label = _("The buyer says that he is 18 or older")
            adult.error_messages["required"] = _(
                "There is alcohol in it. Ask whether the buyer is 18 or older."
            )

    def clean_company_name(self) -> str:
        """Return none: who wants an invoice on a business orders himself."""
        return ""

    def clean_company_number(self) -> str:
        """Return none."""
        return ""

    def clean(self) -> dict[str, Any]:
        """Ask a mail address for a link, and the shop itself for paying at the counter."""
        cleaned = super().clean()
        ways = [way.fulfilment for _shop, way in self._chosen(cleaned)]
        if cleaned.get("pay") == LINK and not cleaned.get("email") and "email" not in self.errors:
            self.add_error(
                "email", _("We need it to mail the link. Or let him pay at your counter.")
            )
        if cleaned.get("pay") == COUNTER and any(way != Fulfilment.SHOP for way in ways):
            text = _("Who pays at your counter collects there. Choose a moment at the shop.")
            self.add_error("pay", text)
        cleaned.setdefault("company_name", "")
        cleaned.setdefault("company_number", "")
        return cleaned
