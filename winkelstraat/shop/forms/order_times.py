"""When and how a shop sells, on one page: hours, holiday, rhythm, minimum and ways."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.common.money import NoAmount, parse_cents
from winkelstraat.delivery.queries import list_pickup_points
from winkelstraat.shop.domain.hours import LOCAL, OpenStretch
from winkelstraat.shop.domain.rhythms import Rhythm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.models.sellers import Weekday
from winkelstraat.shop.operations.order_times import ShopTimes
from winkelstraat.shop.queries.desk_offers import type_price
from winkelstraat.shop.queries.order_times import get_next_opening

ALWAYS, WEEKLY, NAMED = "always", "weekly", "named"
STRETCH = re.compile(
    r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:uur)?\s*(?:-|–|tot|to)\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:uur)?"
)
MOST_CENTS = 100_000
LONGEST_LEAD_HOURS = 336


class OrderTimesForm(forms.Form):
    """The week as one types it ("9.00-12.30, 13.30-17.30"), and how orders are taken."""

    rhythm = forms.ChoiceField(
        label=_("When do you take orders?"),
        choices=[
            (ALWAYS, _("Always")),
            (WEEKLY, _("Every week: order before one day, collect on another")),
            (NAMED, _("Only in a stretch that I name")),
        ],
        widget=forms.RadioSelect,
    )
    list_weekday = forms.TypedChoiceField(
        label=_("I make my list on"), choices=Weekday.choices, coerce=int, required=False
    )
    list_time = forms.TimeField(
        label=_("At what time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Leave it empty to count orders up to and including the day before."),
    )
    pickup_weekday = forms.TypedChoiceField(
        label=_("Buyers collect on"), choices=Weekday.choices, coerce=int, required=False
    )
    opens_at = forms.DateTimeField(
        label=_("Orders from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label=_("Orders until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    holiday_from = forms.DateField(
        label=_("Away from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    holiday_until = forms.DateField(
        label=_("Up to and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    holiday_message = forms.CharField(
        label=_("What buyers read then"), max_length=160, required=False
    )
    lead_time_hours = forms.IntegerField(
        label=_("Hours that you need to pack an order"), min_value=0, max_value=LONGEST_LEAD_HOURS
    )
    minimum_order = forms.CharField(
        label=_("Least amount of an order"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("In euros, like 7,50. Leave it empty for none."),
    )
    pickup_point = forms.TypedChoiceField(
        label=_("Pick-up point"), coerce=int, empty_value=None, required=False
    )
    collect_at_shop = forms.BooleanField(label=_("Buyers may collect at my shop"), required=False)
    pickup_instructions = forms.CharField(
        label=_("What they must know to find it"), max_length=300, required=False
    )
    delivers = forms.BooleanField(label=_("I bring orders to people's homes"), required=False)
    delivery_price = forms.CharField(
        label=_("What bringing costs"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    delivery_per_kg = forms.CharField(
        label=_("And for every kilo"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Only if heavy orders cost more to bring. Empty is nothing."),
    )

    def __init__(self, data: Any = None, *, seller: SellerProfile, now: datetime) -> None:
        super().__init__(data, initial=_type(seller, now))
        for day in Weekday:
            self.fields[f"day_{day.value}"] = forms.CharField(
                label=day.label, max_length=80, required=False
            )
        points = [(str(point.id), point.name) for point in list_pickup_points()]
        self.fields["pickup_point"].choices = [("", _("None")), *points]  # type: ignore[attr-defined]

    def day_fields(self) -> list[forms.BoundField]:
        """Return the seven days of the week."""
        return [self[f"day_{day.value}"] for day in Weekday]

    def clean(self) -> dict[str, Any]:
        """Read the week and the amounts, and ask what belongs together."""
        cleaned = super().clean() or {}
        cleaned["stretches"] = [
            stretch for day in Weekday for stretch in self._read_day(day.value, cleaned)
        ]
        for name in ("minimum_order", "delivery_price", "delivery_per_kg"):
            cleaned[name] = self._read_amount(name, str(cleaned.get(name) or ""))
        self._ask_holiday(cleaned)
        self._ask_opening(cleaned)
        if not (cleaned.get("pickup_point") or cleaned["collect_at_shop"] or cleaned["delivers"]):
            self.add_error(
                "collect_at_shop", _("Choose at least one way in which buyers get their order.")
            )
        return cleaned

    def times(self) -> ShopTimes:
        """Return what was typed, after validation."""
        typed = self.cleaned_data
        rhythm = None
        if typed["rhythm"] == WEEKLY:
            closes = typed["list_time"] or time()
            rhythm = Rhythm(typed["pickup_weekday"], typed["list_weekday"], closes)
        named = typed["rhythm"] == NAMED
        return ShopTimes(
            stretches=tuple(typed["stretches"]),
            holiday=(typed["holiday_from"], typed["holiday_until"]),
            holiday_message=typed["holiday_message"],
            rhythm=rhythm,
            names_windows=named,
            opening=(typed["opens_at"], typed["closes_at"]) if named else None,
            lead_time_hours=typed["lead_time_hours"],
            minimum_order_cents=typed["minimum_order"],
            pickup_point_id=typed["pickup_point"],
            collect_at_shop=typed["collect_at_shop"],
            pickup_instructions=typed["pickup_instructions"],
            delivers=typed["delivers"],
            delivery_price_cents=typed["delivery_price"],
            delivery_cents_per_kg=typed["delivery_per_kg"],
        )

    def _read_day(self, weekday: int, cleaned: dict[str, Any]) -> list[OpenStretch]:
        text = str(cleaned.get(f"day_{weekday}") or "").strip().casefold()
        found: list[OpenStretch] = []
        for piece in filter(None, (part.strip() for part in re.split(r"[,;]| en ", text))):
            match = STRETCH.fullmatch(piece)
            stretch = _stretch(weekday, match) if match else None
            if stretch is None or (found and found[-1].closes_at > stretch.opens_at):
                self.add_error(
                    f"day_{weekday}", _("Write it like 9.00-12.30, 13.30-17.30; empty is closed.")
                )
                return []
            found.append(stretch)
        return found

    def _read_amount(self, name: str, text: str) -> int:
        try:
            cents = parse_cents(text) if text.strip() else 0
        except NoAmount:
            cents = -1
        if not 0 <= cents <= MOST_CENTS:
            self.add_error(name, _("Write the amount in euros, like 2,50."))
            return 0
        return cents

    def _ask_holiday(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("holiday_from"), cleaned.get("holiday_until")
        if bool(first) != bool(last) or (first and last and last < first):
            text = _("Fill in both days, the first before the last. Or leave both empty.")
            self.add_error("holiday_until", text)

    def _ask_opening(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("rhythm") != NAMED:
            return
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if not opens or not closes or closes <= opens:
            text = _("Fill in from when and until when, the first before the last.")
            self.add_error("closes_at", text)


def _stretch(weekday: int, match: re.Match[str]) -> OpenStretch | None:
    numbers = [int(group or 0) for group in match.groups()]
    try:
        opens, closes = time(numbers[0], numbers[1]), time(numbers[2] % 24, numbers[3])
    except ValueError:
        return None
    if numbers[2] == 24:
        closes = time(23, 59)
    return OpenStretch(weekday, opens, closes) if opens < closes else None


def _type(seller: SellerProfile, now: datetime) -> dict[str, Any]:
    """Return what holds now as one would type it."""
    opening = get_next_opening(seller, now=now)
    week: dict[str, list[str]] = {}
    for hours in seller.opening_hours.all():
        text = f"{hours.opens_at:%H.%M}-{hours.closes_at:%H.%M}"
        week.setdefault(f"day_{hours.weekday}", []).append(text)
    kind = WEEKLY if seller.rhythm_pickup_weekday else NAMED if seller.names_windows else ALWAYS
    closing = seller.rhythm_list_time
    return {
        **{name: ", ".join(texts) for name, texts in week.items()},
        "rhythm": kind,
        "list_weekday": seller.rhythm_list_weekday,
        "list_time": closing if closing and closing != time() else None,
        "pickup_weekday": seller.rhythm_pickup_weekday,
        "opens_at": opening.opens_at.astimezone(LOCAL) if opening else None,
        "closes_at": opening.closes_at.astimezone(LOCAL) if opening else None,
        "holiday_from": seller.holiday_from,
        "holiday_until": seller.holiday_until,
        "holiday_message": seller.holiday_message,
        "lead_time_hours": seller.lead_time_hours,
        "minimum_order": _type_amount(seller.minimum_order_cents),
        "pickup_point": seller.pickup_point_id,
        "collect_at_shop": seller.collect_at_shop,
        "pickup_instructions": seller.pickup_instructions,
        "delivers": seller.delivers,
        "delivery_price": _type_amount(seller.delivery_price_cents),
        "delivery_per_kg": _type_amount(seller.delivery_cents_per_kg),
    }


def _type_amount(cents: int) -> str:
    return type_price(cents) if cents else ""
