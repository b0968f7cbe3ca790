"""The profile as the public may read it: counts of enterprises pass a `Disclosure`.

Enterprises stand in a public register, so the threshold is lower than for people; but what
they answered is not public, and a small municipality would give it away. So municipalities
with few enterprises are taken together, small cells go with their neighbours, and what an
earlier release hid is shown again only when it moved by the threshold: until then a reader
could carry the new number back to the old table.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ketens.domain.disclosure import Disclosure, round_to
from ketens.domain.movement import Place
from ketens.domain.profile import Counts, Share

Table = dict[str, int | None]
Key = tuple[str, str]

TOTAL = "total"
OTHERS = ""
MUNICIPALITY = "municipality"
SEPARATOR = "|"

PUBLIC_ENTERPRISES = Disclosure(
    audience="public, enterprises",
    least_people=5,
    least_employers=1,
    most_share=Decimal(1),
    rounding=5,
    least_denominator=20,
)
# Staff reads the public register exactly; of answers it sees groups from three.
STAFF_ENTERPRISES = Disclosure(
    audience="staff, enterprises",
    least_people=3,
    least_employers=1,
    most_share=Decimal(1),
    rounding=1,
    least_denominator=10,
)


@dataclass(frozen=True, slots=True)
class Published:
    """Tables that may be read, what they hide, and which municipalities are taken together."""

    tables: dict[str, Table]
    hidden: tuple[Key, ...]
    pooled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that was made before: its exact counts, what it hid, whom it pooled."""

    exact: Mapping[Key, int]
    hidden: Collection[Key]
    pooled: Sequence[str] = ()


def publish(counts: Counts, policy: Disclosure, earlier: Sequence[Earlier] = ()) -> Published:
    """Return every table of the profile as this audience may read it."""
    rows, pooled = pool(counts.municipalities, least=policy.least_people)
    exact = list_exact(counts, rows)
    held = _held(exact, earlier, least=policy.least_people)
    if earlier and tuple(earlier[-1].pooled) != pooled:
        held |= {(MUNICIPALITY, _cell(OTHERS, place)) for place in Place}
    tables = {name: show_line(line, policy, _of(held, name)) for name, line in counts.lines.items()}
    for name, share in counts.shares.items():
        tables[name] = show_share(share, policy, _of(held, name))
    # Whoever could add up a column of the grid would have the hidden cell of the line.
    unsummed = {
        _cell(name, place)
        for name in rows
        for place, count in tables["place"].items()
        if count is None and place != TOTAL
    }
    tables[MUNICIPALITY] = show_grid(rows, policy, _of(held, MUNICIPALITY) | unsummed)
    hidden = [
        (name, key)
        for name, table in tables.items()
        for key, value in table.items()
        if value is None and not key.endswith(TOTAL)
    ]
    return Published(tables, tuple(sorted(hidden)), pooled)


def pool(
    municipalities: Mapping[str, Mapping[str, int]], *, least: int
) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    """Take municipalities with few enterprises together, and one more while that stays few."""
    sizes = {name: sum(row.values()) for name, row in municipalities.items()}
    small = [name for name, size in sizes.items() if size < least]
    rest = sorted((size, name) for name, size in sizes.items() if size >= least)
    while small and rest and sum(sizes[name] for name in small) < least:
        small.append(rest.pop(0)[1])
    rows = {name: dict(row) for name, row in municipalities.items() if name not in small}
    if small:
        rows[OTHERS] = {
            place.value: sum(municipalities[name][place.value] for name in small) for place in Place
        }
    return rows, tuple(sorted(small))


def list_exact(counts: Counts, rows: Mapping[str, Mapping[str, int]]) -> dict[Key, int]:
    """Return every count that a table shows or hides, by table and key."""
    found = {(name, key): n for name, line in counts.lines.items() for key, n in line.items()}
    found |= {
        (name, key): n for name, share in counts.shares.items() for key, n in share.parts.items()
    }
    for name, row in rows.items():
        found |= {(MUNICIPALITY, _cell(name, place)): n for place, n in row.items()}
    return found


def show_line(line: Mapping[str, int], policy: Disclosure, held: Collection[str] = ()) -> Table:
    """Show counts that add up to a total."""
    if not line or not sum(line.values()):
        return {**dict.fromkeys(line, 0), TOTAL: 0}
    also = {number for number, key in enumerate(line) if key in held}
    shown, total = policy.show_line(list(line.values()), also=also)
    return {**dict(zip(line, shown, strict=True)), TOTAL: total}


def show_share(share: Share, policy: Disclosure, held: Collection[str] = ()) -> Table:
    """Show counts of which each stands beside who has the property not; nobody is nought."""
    table: Table = {}
    for key, part in share.parts.items():
        rest = share.whole - part
        shown = 0 if not part else policy.show_line([part, rest])[0][0]
        table[key] = None if key in held else shown
    is_small = 0 < share.whole < policy.least_people
    return {**table, TOTAL: None if is_small else round_to(share.whole, policy.rounding)}


def show_grid(
    rows: Mapping[str, Mapping[str, int]], policy: Disclosure, held: Collection[str] = ()
) -> Table:
    """Show municipalities by place, with a total for each while that gives nothing away."""
    if not rows:
        return {}
    names = list(rows)
    counts = [[rows[name][place.value] for place in Place] for name in names]
    also = {
        (number, column)
        for number, name in enumerate(names)
        for column, place in enumerate(Place)
        if _cell(name, place) in held
    }
    shown = policy.show_table(counts, also=also)
    table: Table = {}
    for number, name in enumerate(names):
        for column, place in enumerate(Place):
            table[_cell(name, place)] = shown.rows[number][column]
        table[_cell(name, TOTAL)] = shown.row_totals[number] if shown.row_totals else None
    return table


def split_cell(key: str) -> tuple[str, str]:
    """Return the municipality and the place that a key of the grid names."""
    name, _, place = key.rpartition(SEPARATOR)
    return name, place


def _cell(name: str, place: str) -> str:
    return f"{name}{SEPARATOR}{place}"


def _of(held: Collection[Key], table: str) -> set[str]:
    return {key for name, key in held if name == table}


def _held(exact: Mapping[Key, int], earlier: Sequence[Earlier], *, least: int) -> set[Key]:
    """Return what was hidden before and has not moved far enough since."""
    return {
        key
        for one in earlier
        for key in one.hidden
        if key in exact and abs(exact[key] - one.exact.get(key, 0)) < least
    }
