"""Attack what is hidden of large tables of three dimensions, by linear programming.

Run by hand: ``python -m tests.bench.disclosure [villages [chains [groups]]]``. A table as
the province could have: 219 villages in 12 municipalities, chains and product groups, most
of them of one or two shops. It prints what is hidden, how long the hiding took as a multiple
of one attack on all hidden figures of the same run, and whether any figure was recovered.
"""

import sys
import time
from itertools import product
from random import Random

from ketens.domain.cubes import Attack, Cube, Entry, hide
from ketens.domain.disclosure import PUBLIC, Counted

MUNICIPALITIES = 12
SIZES = (219, 12, 5)
SHOPS = 5_000


def build_cube(sizes: tuple[int, int, int], seed: int = 6) -> Cube:
    """Return a table in which a village sells of few chains, and few shops share a cell."""
    chance = Random(seed)
    places = {f"v{one}": f"m{one % MUNICIPALITIES}" for one in range(sizes[0])}
    places |= {f"m{one}": "all" for one in range(MUNICIPALITIES)}
    trees = [
        places,
        {f"c{one}": "all" for one in range(sizes[1])},
        {f"g{one}": "all" for one in range(sizes[2])},
    ]
    sums: dict[tuple[str, ...], tuple[int, dict[int, int]]] = {}
    for village in range(sizes[0]):
        for chain in chance.sample(range(sizes[1]), min(3, sizes[1])):
            group = chance.randrange(sizes[2])
            by = {chance.randrange(SHOPS): chance.randint(500, 50_000) for _shop in range(4)}
            leaf = (f"v{village}", f"c{chain}", f"g{group}")
            for key in product(
                *(climb(tree, name) for tree, name in zip(trees, leaf, strict=True))
            ):
                amount, whole = sums.setdefault(key, (0, {}))
                for who, size in by.items():
                    whole[who] = whole.get(who, 0) + size
                sums[key] = (amount + sum(by.values()), whole)
    return Cube({key: Entry(*found) for key, found in sums.items()}, trees)


def climb(tree: dict[str, str], name: str) -> list[str]:
    """Return a coordinate with all that lies above it."""
    way = [name]
    while way[-1] in tree:
        way.append(tree[way[-1]])
    return way


def main(sizes: tuple[int, int, int]) -> None:
    """Hide, attack and print."""
    cube = build_cube(sizes)
    rule = PUBLIC.rule(Counted.AMOUNTS)
    started = time.perf_counter()
    hidden = hide(cube, rule)
    hiding = time.perf_counter() - started
    started = time.perf_counter()
    recovered = narrow = 0
    for key in hidden.keys:
        attack = Attack.on(cube, hidden.keys, key)
        place = attack.columns[key]
        low, high = (attack.solve(key, lowest=lowest) for lowest in (True, False))
        width = float("inf") if high is None else high[place] - (low[place] if low else 0.0)
        recovered += width < 0.5
        narrow += width < rule.protection(cube.entries[key]) - 1e-3
    attacking = time.perf_counter() - started
    print(f"{len(cube.entries)} figures, {len(cube.sums)} sums")
    print(f"hidden: {len(hidden.primary)} by themselves, {len(hidden.complementary)} beside them")
    print(f"recovered exactly: {recovered}, within their protection: {narrow}")
    print(f"hiding {hiding:.1f} s, attacking all {attacking:.1f} s: {hiding / attacking:.2f} times")


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:4]]
    main((*given, *SIZES[len(given) :]))  # type: ignore[arg-type]
