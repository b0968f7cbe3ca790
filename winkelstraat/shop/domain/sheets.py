"""The columns of a shop's spreadsheet, and what stands in them, as plain Python.

The words are those of the screen, so that a sheet can be read without a manual. A column
that is not there leaves what is known as it is; an empty cell makes it empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from winkelstraat.common.money import NoAmount, parse_cents
from winkelstraat.shop.domain.allergens import ALLERGENS, Presence

NUMBER, PHOTO = "nummer", "foto"
CONTAINS, TRACES = "allergenen erin", "allergenen sporen"

# Column heading -> field of the listing form.
COLUMNS = {
    "naam": "title",
    "prijs": "price",
    "statiegeld": "deposit",
    "voorraad": "stock",
    "soort": "category",
    "inhoud": "net_quantity",
    "inhoud in": "net_unit",
    "stuks per pak": "pieces",
    "uitlekgewicht": "drained_quantity",
    "verkocht per": "unit",
    "op gewicht": "sold_by_weight",
    "partij": "batch_code",
    "ingrediënten": "ingredients",
    "beschrijving": "description",
    "maker": "maker",
    "zelf gemaakt": "made_by_shop",
    "naam fabrikant": "manufacturer_name",
    "adres fabrikant": "manufacturer_address",
    "e-mail fabrikant": "manufacturer_email",
    "waarschuwing": "safety_warning",
    "btw": "vat_class",
    "terugsturen": "withdrawal_class",
    "alcohol": "alcohol_class",
}
HEADINGS = (NUMBER, *COLUMNS, CONTAINS, TRACES, PHOTO)
UNITS = {
    "stuk": "piece",
    "kg": "kg",
    "kilo": "kg",
    "g": "g",
    "gram": "g",
    "l": "l",
    "liter": "l",
    "ml": "ml",
    "bos": "bunch",
    "uur": "hour",
}
ALLERGEN_WORDS = {
    "gluten": "gluten",
    "schaaldieren": "crustaceans",
    "ei": "eggs",
    "vis": "fish",
    "pinda": "peanuts",
    "soja": "soy",
    "melk": "milk",
    "noten": "nuts",
    "selderij": "celery",
    "mosterd": "mustard",
    "sesam": "sesame",
    "sulfiet": "sulphites",
    "lupine": "lupin",
    "weekdieren": "molluscs",
}
NOTHING = {"geen", "geen van alle", "-"}
TICKS = ("made_by_shop", "sold_by_weight")
AMOUNTS = ("price", "deposit")
# What a spreadsheet would take for a formula (OWASP: CSV injection) goes out behind a mark.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
YES = {"ja", "j", "x", "1", "true", "waar", "yes"}


class UnreadableSheet(ValueError):
    """A file whose rows cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SheetRow:
    """One row as typed: cells by heading, numbered as the sheet numbers it."""

    number: int
    cells: Mapping[str, str]


def read_rows(lines: Iterable[Sequence[object]]) -> Iterable[SheetRow]:
    """Yield the rows below the headings; empty rows are passed by.

    :raises UnreadableSheet: `no_headings` when there is no column for a name or a number,
        `double_heading` when a heading stands twice.
    """
    headings: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        cells = [as_text(cell) for cell in line]
        if not any(cells):
            continue
        if headings is None:
            headings = [cell.casefold().strip() for cell in cells]
            _check(headings)
            continue
        named = zip(headings, cells, strict=False)
        yield SheetRow(number, {name: cell for name, cell in named if name})
    if headings is None:
        raise UnreadableSheet("no_headings")


def as_text(cell: object) -> str:
    """Return a cell as one would type it here: 3.4 becomes ``3,4`` and 12.0 becomes ``12``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        text = f"{Decimal(str(cell)).normalize():f}"
        return text.replace(".", ",")
    text = str(cell).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def type_form(cells: Mapping[str, str], choices: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the fields of the listing form that a row fills; words become the form's own.

    `choices` gives per field the form's value for each word. A word that is not known
    stays as it was typed, so that the form refuses it beside its field.
    """
    fields = {field: cells[name] for name, field in COLUMNS.items() if name in cells}
    for field, words in {"unit": UNITS, "net_unit": UNITS, **choices}.items():
        if field in fields:
            fields[field] = words.get(fields[field].casefold(), fields[field])
    for field in TICKS:
        if field in fields:
            fields[field] = "on" if fields[field].casefold() in YES else ""
    for field in AMOUNTS:
        # 3.4 in a cell is 3,40 in the form; what is no amount is the form's to refuse.
        with suppress(NoAmount):
            if fields.get(field):
                cents = parse_cents(fields[field])
                fields[field] = f"{cents // 100},{cents % 100:02d}"
    return fields | _allergens(cells)


def _allergens(cells: Mapping[str, str]) -> dict[str, str]:
    """Return fourteen answers as soon as one of the two columns says something."""
    contains, traces = _words(cells.get(CONTAINS, "")), _words(cells.get(TRACES, ""))
    if not contains and not traces:
        return {}
    answers = dict.fromkeys(ALLERGENS, Presence.NONE.value)
    for words, presence in ((traces, Presence.TRACES), (contains, Presence.CONTAINS)):
        for word in words - NOTHING:
            # An unknown word makes an answer that the form refuses.
            answers[ALLERGEN_WORDS.get(word, "gluten")] = (
                presence.value if word in ALLERGEN_WORDS else word
            )
    return {f"allergen_{name}": answer for name, answer in answers.items()}


def _words(text: str) -> set[str]:
    return {word.strip().casefold() for word in text.replace(";", ",").split(",") if word.strip()}


def _check(headings: Sequence[str]) -> None:
    named = [heading for heading in headings if heading]
    if len(set(named)) != len(named):
        raise UnreadableSheet("double_heading")
    if not {"naam", NUMBER} & set(named):
        raise UnreadableSheet("no_headings")
