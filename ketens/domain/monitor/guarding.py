"""What of a quarter is withheld: money of few shops, and hours of few employers.

Money is a cube of places by chains by groups, three times: all of it, what stayed in its
municipality, and what left (no figure of ours, but it follows from the other two). What
is too fine, as money of a village by group, is not published at all. Goods of no chain
are not published either but follow from the rest, so they stand in the cube as well.
"""

from collections.abc import Collection, Iterable, Mapping

from ketens.domain.cubes import Cube, Entry, Key
from ketens.domain.disclosure import Counted, Disclosure, Withheld
from ketens.domain.monitor.folding import Cell
from ketens.domain.monitor.measures import Guard, MonitorMeasure
from ketens.domain.monitor.parts import Family, Parts
from ketens.domain.monitor.slices import PlaceKind

ALL, LOOSE = "all", "loose"
# What the money of one guard lets a reader subtract: that which left its municipality.
MONEY = (Guard.MONEY, Guard.LOCAL_MONEY)
PROVINCE_KEY = PlaceKind.PROVINCE.value
PLACES_OF_WORK = (PlaceKind.PROVINCE, PlaceKind.MUNICIPALITY)

Cells = Mapping[Cell, Parts]
Figure = tuple[str, Cell]


def is_published(measure: MonitorMeasure, cell: Cell) -> bool:
    """Tell whether a figure is told at this grain at all.

    Money is not told apart below a municipality, and work is told of a whole one only.
    """
    if cell.chain is not None and not measure.is_by_chain:
        return False
    if cell.product_group and not measure.is_by_group:
        return False
    is_whole = cell.chain is None and not cell.product_group
    if measure.is_about_people:
        return is_whole and cell.place_kind in PLACES_OF_WORK
    return not measure.guard or is_whole or cell.place_kind is not PlaceKind.VILLAGE


def find_withheld(
    cells: Cells,
    measures: Collection[MonitorMeasure],
    municipalities: Mapping[int, int],
    policy: Disclosure,
    earlier: Collection[Figure] = (),
) -> dict[Figure, Withheld]:
    """Return why a figure is withheld, for each guarded figure that is.

    `municipalities` by village; `earlier` are figures that were withheld before and stay so.
    """
    found: dict[Figure, Withheld] = {}
    for guards in (MONEY, (Guard.WORK,)):
        together = [measure for measure in measures if measure.guard in guards]
        told = {
            (measure.code, cell): key_of(cell)
            for measure in together
            for cell in cells
            if is_published(measure, cell)
        }
        if told:
            before = {told[one] for one in earlier if one in told}
            reasons = hide_alike(list_cubes(cells, together[0], municipalities), policy, before)
            found |= {figure: reasons[key] for figure, key in told.items() if key in reasons}
    return found


def hide_alike(
    cubes: list[Cube], policy: Disclosure, before: Collection[Key]
) -> dict[Key, Withheld]:
    """Return what is withheld of cubes that share their keys: hidden in one, hidden in all.

    So what is shown of one is shown of all, and no difference of two gives a third away.
    What is nothing is hidden nowhere by another cube: it protects nobody.
    """
    hidden: dict[Key, Withheld] = dict.fromkeys(before, Withheld.COMPUTABLE)
    known = -1
    while known != len(hidden):
        known = len(hidden)
        for cube in cubes:
            also = {key for key in hidden if not cube.entries[key].is_nothing}
            for key, one in policy.show_cube(cube, Counted.AMOUNTS, also=also).items():
                if one.withheld is not None:
                    hidden.setdefault(key, one.withheld)
    return hidden


def list_cubes(
    cells: Cells, measure: MonitorMeasure, municipalities: Mapping[int, int]
) -> list[Cube]:
    """Return what is published as cubes: of money all of it, what stayed and what left."""
    told = {key_of(cell): parts for cell, parts in cells.items() if is_published(measure, cell)}
    if measure.guard is Guard.WORK:
        families = [{key: parts.family(Guard.WORK.value) for key, parts in told.items()}]
    else:
        whole, own = (
            {key: parts.family(guard.value) for key, parts in told.items()} for guard in MONEY
        )
        families = [whole, own, {key: less(family, own[key]) for key, family in whole.items()}]
    trees = trees_of(told, municipalities)
    return [Cube(with_loose(one), trees) for one in families]


def with_loose(told: Mapping[Key, Family]) -> dict[Key, Entry]:
    """Return entries, with what was sold outside every chain: the whole less all chains.

    That is told apart where chains are: of a place with all groups, or of the province.
    """
    loose = {
        key: family
        for key, family in told.items()
        if key[1] == ALL
        and (key[0] == PROVINCE_KEY or (key[2] == ALL and not key[0].startswith("village")))
    }
    for (place, chain, group), family in told.items():
        if chain != ALL:
            loose[place, ALL, group] = less(loose[place, ALL, group], family)
    entries = {key: entry_of(family) for key, family in told.items()}
    return entries | {
        (place, LOOSE, group): entry_of(one) for (place, _, group), one in loose.items()
    }


def trees_of(keys: Iterable[Key], municipalities: Mapping[int, int]) -> tuple[dict[str, str], ...]:
    """Return the parent of every coordinate: of places, of chains and of groups."""
    places, chains, groups = (
        {key[index] for key in keys} - {PROVINCE_KEY, ALL} for index in range(3)
    )
    in_municipality = {
        f"village:{village}": f"municipality:{one}" for village, one in municipalities.items()
    }
    return (
        {place: in_municipality.get(place, PROVINCE_KEY) for place in places},
        dict.fromkeys({*chains, LOOSE}, ALL),
        dict.fromkeys(groups, ALL),
    )


def key_of(cell: Cell) -> Key:
    """Return a cell as a key of a cube."""
    place = PROVINCE_KEY if cell.place is None else f"{cell.place_kind.value}:{cell.place}"
    chain = ALL if cell.chain is None else f"chain:{cell.chain}"
    return (place, chain, f"group:{cell.product_group}" if cell.product_group else ALL)


def entry_of(family: Family) -> Entry:
    """Return an amount with who is behind it."""
    return Entry(sum(family.values()), {int(who): amount for who, amount in family.items()})


def less(whole: Family, part: Family) -> Family:
    """Return what is left of a family, without those of whom nothing is left."""
    left = {who: amount - part.get(who, 0) for who, amount in whole.items()}
    return {who: amount for who, amount in left.items() if amount}
