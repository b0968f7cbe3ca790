"""Judge a row of a spreadsheet with the form that a shopkeeper would fill in by hand."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from winkelstraat.shop.domain.sheets import TICKS, type_form
from winkelstraat.shop.forms.collisions import list_differences
from winkelstraat.shop.forms.listing import VAT_NAMES, ListingForm
from winkelstraat.shop.models import Listing
from winkelstraat.shop.models.listings import AlcoholClass, WithdrawalClass
from winkelstraat.shop.operations.listings import ListingDraft
from winkelstraat.shop.queries.categories import list_categories


class RowWords:
    """The words that may stand in a sheet, read once for all its rows."""

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """Return per field the form's value for each word, in small letters."""
        return {
            "category": {row.name.casefold(): str(row.id) for row in list_categories()},
            "vat_class": {str(name).casefold(): key for key, name in VAT_NAMES.items()},
            "withdrawal_class": {
                str(label).casefold(): str(value) for value, label in WithdrawalClass.choices
            },
            "alcohol_class": {
                str(label).casefold(): str(value) for value, label in AlcoholClass.choices
            },
        }


class JudgedRow:
    """A row as a form: `problems` name heading and text of what is wrong.

    All rows of a sheet share one form; ask before the next row is judged.
    """

    def __init__(self, form: ListingForm, fields: dict[str, str]) -> None:
        self.form = form
        self.fields = fields
        self.problems = list(_say_errors(form))

    def draft(self, listing: Listing | None) -> ListingDraft:
        """Return what would be offered, when nothing is wrong."""
        return self.form.draft(listing)

    def changes(self, known: Mapping[str, Any]) -> list[dict[str, str]]:
        """Return what the row wants otherwise, in the words of the form."""
        return [
            {"field": one.label, "before": one.theirs, "after": one.mine}
            for one in list_differences(self.form, known)
        ]


def _say_errors(form: ListingForm) -> Iterator[dict[str, str]]:
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        for text in errors:
            yield {"label": str(field.label) if field else "", "text": str(text)}


def judge_row(
    cells: Mapping[str, str],
    *,
    form: ListingForm,
    words: RowWords,
    known: Mapping[str, Any] | None,
    old_price_cents: int | None,
) -> JudgedRow:
    """Return a row as the listing form sees it; what the sheet leaves out stays as `known`."""
    typed = type_form(cells, words.choices)
    base = {"made_by_shop": "on", "stock": "0"} if known is None else _as_typed(known)
    fields = base | typed
    form.take(fields, old_price_cents=old_price_cents)
    return JudgedRow(form, fields)


def make_judge() -> Callable[..., JudgedRow]:
    """Return a judge that reads the words of the sheet once, and makes its form once."""
    words, form = RowWords(), ListingForm({})

    def judge(
        cells: Mapping[str, str], known: Mapping[str, Any] | None, old_price_cents: int | None
    ) -> JudgedRow:
        return judge_row(
            cells, form=form, words=words, known=known, old_price_cents=old_price_cents
        )

    return judge


def _as_typed(known: Mapping[str, Any]) -> dict[str, str]:
    typed = {name: str(value) for name, value in known.items() if name != "version"}
    for name in TICKS:
        typed[name] = "on" if known[name] else ""
    return typed
