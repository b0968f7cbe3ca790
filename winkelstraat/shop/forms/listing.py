"""One thing to offer, on one page: photo, name, price, stock; the rest follows or waits."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.common.money import NoAmount, format_cents, parse_cents
from winkelstraat.payments.queries import list_vat_rates
from winkelstraat.shop.domain.allergens import ALLERGENS, Presence
from winkelstraat.shop.domain.odd_prices import is_odd_price
from winkelstraat.shop.domain.shelf_rules import ShelfRule
from winkelstraat.shop.forms.collisions import Difference
from winkelstraat.shop.forms.content import ContentFields
from winkelstraat.shop.forms.focus import FocusField, list_places
from winkelstraat.shop.models import Listing
from winkelstraat.shop.models.listings import AlcoholClass, SaleUnit, WithdrawalClass
from winkelstraat.shop.operations.listings import ListingDraft
from winkelstraat.shop.queries.categories import get_category, get_category_by_slug, list_categories
from winkelstraat.shop.queries.shelf_rules import get_shelf_rule, propose_for

HIGHEST_PRICE_CENTS = 5_000_000
HIGHEST_DEPOSIT_CENTS = 1_000
ALLERGEN_NAMES = {
    "gluten": _("Gluten"),
    "crustaceans": _("Crustaceans"),
    "eggs": _("Eggs"),
    "fish": _("Fish"),
    "peanuts": _("Peanuts"),
    "soy": _("Soy"),
    "milk": _("Milk"),
    "nuts": _("Nuts"),
    "celery": _("Celery"),
    "mustard": _("Mustard"),
    "sesame": _("Sesame"),
    "sulphites": _("Sulphites"),
    "lupin": _("Lupin"),
    "molluscs": _("Molluscs"),
}
PRESENCE = [
    (Presence.CONTAINS, _("is in it")),
    (Presence.TRACES, _("traces")),
    (Presence.NONE, _("not in it")),
]
GRAMS_IN = {SaleUnit.GRAM: 1, SaleUnit.KILOGRAM: 1000}
FROM_SHELF = ("vat_class", "withdrawal_class", "alcohol_class")


def _choose_category() -> list[tuple[str, Any]]:
    rows = list_categories()
    roots = [row for row in rows if row.parent_id is None]
    return [
        ("", _("We propose one from the name")),
        *(
            (root.name, [(str(row.id), row.name) for row in rows if row.parent_id == root.id])
            for root in roots
        ),
    ]


def _choose_vat() -> list[tuple[str, Any]]:
    classes = sorted({rate.vat_class for rate in list_vat_rates()})
    return [
        ("", _("Follows from the kind")),
        *((name, VAT_NAMES.get(name, name)) for name in classes),
    ]


VAT_NAMES = {
    "general": _("most things (21%)"),
    "food": _("food and drinks (9%)"),
    "alcohol": _("alcohol (21%)"),
    "books": _("books and papers (9%)"),
    "culture": _("culture (9%)"),
    "repair_bicycle": _("bicycle repair (9%)"),
    "hairdresser": _("hairdresser (9%)"),
    "camping": _("camping (9%)"),
    "lodging": _("staying the night (21%)"),
    "plants": _("flowers and plants (9%)"),
}


class ListingForm(ContentFields):
    """The fields of one thing; what is left empty follows from the category."""

    title = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For example: Drents roggebrood")
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Straight from your camera. We turn it upright and remove the place."),
    )
    focus = FocusField(label=_("What must stay in view"), max_length=7, required=False)
    price = forms.CharField(
        label=_("Price with VAT"),
        max_length=16,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("In euros, like 3,40"),
    )
    price_is_right = forms.BooleanField(label=_("Yes, this price is right"), required=False)
    deposit = forms.CharField(
        label=_("Deposit on one"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("In euros, like 0,15. It comes on top of the price."),
    )
    sold_by_weight = forms.BooleanField(
        label=_("The weight differs: I weigh it when I pack"), required=False
    )
    stock = forms.IntegerField(
        label=_("How many do you have"),
        min_value=0,
        max_value=99_999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    category = forms.ChoiceField(label=_("Kind"), choices=_choose_category, required=False)
    unit = forms.ChoiceField(
        label=_("Sold by"), choices=SaleUnit.choices, initial=SaleUnit.PIECE, required=False
    )
    vat_class = forms.ChoiceField(label=_("VAT"), choices=_choose_vat, required=False)
    withdrawal_class = forms.ChoiceField(
        label=_("Sending back"),
        choices=[("", _("Follows from the kind")), *WithdrawalClass.choices],
        required=False,
    )
    alcohol_class = forms.ChoiceField(
        label=_("Alcohol"),
        choices=[("", _("Follows from the kind")), *AlcoholClass.choices],
        required=False,
    )
    ingredients = forms.CharField(
        label=_("What is in it"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All ingredients, most first."),
    )
    description = forms.CharField(
        label=_("Tell about it"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    maker = forms.CharField(label=_("Who makes it"), required=False, max_length=120)
    made_by_shop = forms.BooleanField(label=_("We make it ourselves"), required=False, initial=True)
    manufacturer_name = forms.CharField(
        label=_("Name of the maker"), required=False, max_length=120
    )
    manufacturer_address = forms.CharField(
        label=_("Postal address of the maker"), required=False, max_length=160
    )
    manufacturer_email = forms.EmailField(label=_("E-mail address of the maker"), required=False)
    safety_warning = forms.CharField(
        label=_("Warning for safe use"), required=False, max_length=300
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    batch_code = forms.CharField(
        label=_("Batch on the shelf"),
        max_length=40,
        required=False,
        help_text=_("So that you can call exactly these goods back, if ever needed."),
    )
    seen_stock = forms.IntegerField(required=False, widget=forms.HiddenInput)
    variant_of = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # What a colleague saved meanwhile, beside what is typed here.
    collision: Sequence[Difference] = ()

    def __init__(
        self, data: Any = None, files: Any = None, *, old_price_cents: int | None = None, **kw: Any
    ) -> None:
        super().__init__(data, files, **kw)
        self.old_price_cents = old_price_cents
        self.asks_price = False
        for name in ALLERGENS:
            self.fields[f"allergen_{name}"] = forms.ChoiceField(
                label=ALLERGEN_NAMES[name],
                choices=PRESENCE,
                required=False,
                widget=forms.RadioSelect,
            )

    def take(self, fields: Mapping[str, str], *, old_price_cents: int | None) -> None:
        """Judge other fields with the same form: making one takes longer than judging."""
        self.data, self.is_bound = fields, True
        self._errors = None
        self.old_price_cents, self.asks_price = old_price_cents, False

    def clean_price(self) -> int:
        """Return the cents; nothing is free and nothing costs a fortune."""
        try:
            cents = parse_cents(self.cleaned_data["price"])
        except NoAmount:
            raise forms.ValidationError(_("Write the price in euros, like 3,40.")) from None
        if cents == 0:
            raise forms.ValidationError(_("Give it a price above nothing."))
        if cents > HIGHEST_PRICE_CENTS:
            text = _("That is %(price)s. More than %(most)s is not possible here.")
            amounts = {"price": format_cents(cents), "most": format_cents(HIGHEST_PRICE_CENTS)}
            raise forms.ValidationError(text % amounts)
        return cents

    def clean_deposit(self) -> int:
        """Return the cents; nothing typed is no deposit."""
        typed = str(self.cleaned_data["deposit"]).strip()
        try:
            cents = parse_cents(typed) if typed else 0
        except NoAmount:
            raise forms.ValidationError(_("Write the deposit in euros, like 0,15.")) from None
        if cents > HIGHEST_DEPOSIT_CENTS:
            raise forms.ValidationError(_("A deposit is ten euros at most."))
        return cents

    def clean(self) -> dict[str, Any]:
        """Fill in what follows from the name and the kind, and ask about an odd price."""
        cleaned = super().clean() or {}
        rule = self.rule()
        if not cleaned.get("category") and rule:
            row = get_category_by_slug(rule.slug)
            cleaned["category"] = str(row.id) if row else ""
        if not cleaned.get("category") and "category" not in self.errors:
            self.add_error("category", _("Choose what kind of thing it is."))
        if rule:
            for name, value in zip(
                FROM_SHELF, (rule.vat, rule.withdrawal, rule.alcohol), strict=True
            ):
                cleaned[name] = cleaned.get(name) or value
        if "price" in cleaned and not cleaned.get("price_is_right"):
            self._ask_about(cleaned["price"])
        return cleaned

    def rule(self) -> ShelfRule | None:
        """Return what usually holds for this thing: by its name, or else by its category."""
        chosen = str(self["category"].value() or "")
        category = get_category(int(chosen)) if chosen.isdecimal() and len(chosen) < 18 else None
        by_name = propose_for(str(self["title"].value() or ""))
        if by_name and (category is None or category.slug == by_name.slug):
            return by_name
        return get_shelf_rule(category.slug) if category else None

    def is_food(self) -> bool:
        """Tell whether the questions about food belong on the page."""
        rule = self.rule()
        category = get_category_by_slug(rule.slug) if rule else None
        return bool(category and category.is_food)

    def focus_places(self) -> list[dict[str, Any]]:
        """Return the nine places of the photo, with the one that was chosen."""
        return list_places(self["focus"].value())

    def allergen_fields(self) -> list[Any]:
        """Return the fourteen questions."""
        return [self[f"allergen_{name}"] for name in ALLERGENS]

    def draft(self, listing: Listing | None) -> ListingDraft:
        """Return what to offer, after validation; what the form does not ask stays."""
        cleaned = self.cleaned_data
        answers = {name: cleaned.get(f"allergen_{name}") for name in ALLERGENS}
        return ListingDraft(
            title=" ".join(cleaned["title"].split()),
            category_id=int(cleaned["category"]),
            unit=cleaned["unit"] or SaleUnit.PIECE,
            net_quantity=cleaned["net_quantity"],
            net_unit=cleaned["net_unit"] or SaleUnit.PIECE,
            pieces=cleaned["pieces"],
            drained_quantity=cleaned["drained_quantity"],
            price_cents=cleaned["price"],
            deposit_cents=cleaned["deposit"],
            sold_by_weight=cleaned["sold_by_weight"] and cleaned["net_unit"] in GRAMS_IN,
            vat_class=cleaned["vat_class"] or "general",
            stock=cleaned["stock"],
            mass_g=self._mass_g(listing),
            origin_village_id=listing.origin_village_id if listing else None,
            season_months=listing.season_months if listing else [],
            withdrawal_class=cleaned["withdrawal_class"] or WithdrawalClass.WITHDRAWABLE,
            alcohol_class=cleaned["alcohol_class"] or AlcoholClass.NONE,
            ingredients=cleaned["ingredients"],
            allergens={name: answer for name, answer in answers.items() if answer},
            **{name: cleaned[name] for name in KEPT_AS_TYPED},
        )

    def _mass_g(self, listing: Listing | None) -> int | None:
        """Return the grams of one where the content says it; else what was known."""
        grams = GRAMS_IN.get(self.cleaned_data["net_unit"])
        if grams is None:
            return listing.mass_g if listing else None
        return max(
            1, round(self.cleaned_data["pieces"] * self.cleaned_data["net_quantity"] * grams)
        )

    def _ask_about(self, cents: int) -> None:
        if is_odd_price(cents, old_cents=self.old_price_cents):
            self.asks_price = True
            text = _("You typed %(price)s. Is that right? Tick it, or change the price.")
            self.add_error("price", text % {"price": format_cents(cents)})


KEPT_AS_TYPED = (
    "description",
    "maker",
    "made_by_shop",
    "manufacturer_name",
    "manufacturer_address",
    "manufacturer_email",
    "safety_warning",
    "batch_code",
)
