"""Write a shop's offer as the spreadsheet that can be read back in."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from winkelstraat.shop.domain.allergens import Presence
from winkelstraat.shop.domain.sheets import (
    ALLERGEN_WORDS,
    COLUMNS,
    DANGEROUS,
    HEADINGS,
    UNITS,
)
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.queries.categories import get_category
from winkelstraat.shop.queries.desk_offers import list_own_listings, type_fields

UNIT_WORDS = {value: word for word, value in reversed(UNITS.items())}


def write_sheet(seller: SellerProfile) -> bytes:
    """Return an XLSX with one row per thing that the shop offers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Aanbod")
    sheet.freeze_panes = "C2"
    headings = [WriteOnlyCell(sheet, value=heading) for heading in HEADINGS]
    for cell in headings:
        cell.font = Font(bold=True)
    sheet.append(headings)
    for line in list_lines(seller):
        sheet.append([defuse(cell) for cell in line])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def list_lines(seller: SellerProfile) -> Iterator[Sequence[object]]:
    """Yield what each row holds, in the order of the headings."""
    return (_line(listing) for listing in list_own_listings(seller))


def defuse(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def _line(listing: Listing) -> Sequence[object]:
    typed = type_fields(listing)
    category = get_category(listing.category_id)
    cells: dict[str, object] = {
        **{name: typed[field] for name, field in COLUMNS.items()},
        "soort": category.name if category else "",
        "prijs": listing.price_cents / 100,
        "inhoud in": UNIT_WORDS[listing.net_unit],
        "verkocht per": UNIT_WORDS[listing.unit],
        "statiegeld": listing.deposit_cents / 100 if listing.deposit_cents else "",
        "op gewicht": "ja" if listing.sold_by_weight else "nee",
        "zelf gemaakt": "ja" if listing.made_by_shop else "nee",
    }
    return [
        listing.pk,
        *(cells[name] for name in COLUMNS),
        _allergens(listing, Presence.CONTAINS) or ("geen" if listing.allergens else ""),
        _allergens(listing, Presence.TRACES),
        "",
    ]


def _allergens(listing: Listing, presence: Presence) -> str:
    return ", ".join(_named(listing, presence))


def _named(listing: Listing, presence: Presence) -> Iterator[str]:
    for word, name in ALLERGEN_WORDS.items():
        if listing.allergens.get(name) == presence:
            yield word
