"""Tables of the profile in words: what may be shown as a number, the rest as hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketens.domain.movement import Place
from ketens.domain.profile_tables import MUNICIPALITY, TOTAL, Table, split_cell
from ketens.queries.profiles.questions import (
    list_keys,
    say_agenda_code,
    say_key,
    say_municipality,
)
from ketens.queries.wording import say_number

# Which tables a page shows, in this order; the others are parts of these.
ORDER = ("place", "stance", "dimensions", "drives", "sdg_targets", "support", "since", "measuring")
SIZES = ("people", "hours")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line: its words, its number, and how wide its bar is out of a hundred."""

    label: str
    note: str
    text: str
    width: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table with its title, and of how many it counts."""

    key: str
    title: str
    whole_text: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """One municipality or village, by who leads, follows and rides in the peloton."""

    name: str
    cells: tuple[str, ...]
    total_text: str


def show_tables(
    tables: Mapping[str, Table], *, names: tuple[str, ...] = ORDER
) -> tuple[ShownTable, ...]:
    """Return tables in words; a table that was not kept is left out."""
    titles = list_titles()
    return tuple(
        _show_table(name, titles[name], tables[name]) for name in names if tables.get(name)
    )


def show_municipalities(grid: Table) -> tuple[ShownPlace, ...]:
    """Return the lines of the grid; small municipalities stand last, together."""
    names = sorted({split_cell(key)[0] for key in grid}, key=lambda name: (not name, name))
    return tuple(
        ShownPlace(
            say_municipality(name),
            tuple(say_count(grid.get(f"{name}|{place}")) for place in Place),
            say_count(grid.get(f"{name}|{TOTAL}")),
        )
        for name in names
    )


def say_count(count: int | None) -> str:
    """Return a number, or that it is hidden."""
    return _("hidden") if count is None else say_number(count)


def list_titles() -> dict[str, str]:
    """Return what each table tells."""
    return {
        "place": _("Who leads and who follows"),
        "stance": _("Impact first, second or regular"),
        "dimensions": _("What it is about"),
        "drives": _("What they contribute to"),
        "sdg_targets": _("Targets of the United Nations"),
        "support": _("Help that is needed"),
        "since": _("Since when"),
        "measuring": _("How far they are in measuring"),
        "people": _("How many people work there"),
        "hours": _("Hours a week of work that gives a chance"),
        MUNICIPALITY: _("By municipality"),
    }


def _show_table(name: str, title: str, table: Table) -> ShownTable:
    known = [count for key, count in table.items() if key != TOTAL and count is not None]
    most = max([*known, table.get(TOTAL) or 0], default=0)
    return ShownTable(
        key=name,
        title=title,
        whole_text=say_count(table.get(TOTAL)),
        rows=tuple(
            ShownRow(
                label=say_key(name, key),
                note=_("%(code)s in the agenda") % {"code": say_agenda_code(key)}
                if name == "sdg_targets" and say_agenda_code(key)
                else "",
                text=say_count(count),
                width=round(100 * count / most) if count and most else 0,
                is_hidden=count is None,
            )
            for key, count in _in_order(name, table)
        ),
    )


def _in_order(name: str, table: Table) -> list[tuple[str, int | None]]:
    """Return the lines of a table as they are asked; what is kept as JSON has no order."""
    wanted = tuple(Place) if name == "place" else list_keys().get(name, ())
    others = sorted(set(table) - {*wanted, TOTAL})
    return [(key, table[key]) for key in (*wanted, *others) if key in table]
