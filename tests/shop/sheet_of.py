"""A spreadsheet of any length, as a shop would type it: one row in 125 is wrong."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEAD = ("naam", "prijs", "voorraad", "soort", "inhoud", "inhoud in", "ingrediënten")
HEADINGS = (*HEAD, "allergenen erin", "allergenen sporen")
WRONG_EVERY = 125


def write_file(rows: int) -> bytes:
    """Return a sheet in which one row in 125 is wrong, in eight ways."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append(spoil(number) if number % WRONG_EVERY == 7 else right(number))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def right(number: int) -> list[Any]:
    """Return a row of food, or of something else, as a shop would type it."""
    if number % 3:
        food = ["Brood en gebak", 800, "gram", "Tarwe, water, gist en zout.", "gluten", "noten"]
        return [f"Volkorenbrood nummer {number}", 2.95 + number % 7, number % 90, *food]
    return [f"Mok van klei {number}", f"{number % 40 + 5},95", 6, "Wonen", "", "", "", "", ""]


def spoil(number: int) -> list[Any]:
    """Return the same row with one thing wrong."""
    row, way = right(number), number // WRONG_EVERY % 8
    place, value = [
        (0, ""),
        (1, 0),
        (1, "veel"),
        (1, 149500),
        (2, -1),
        (3, "Ruimtevaart"),
        (0, "Sigaretten"),
        (2, "een paar"),
    ][way]
    row[place] = value
    return row
