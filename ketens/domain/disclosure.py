"""What may be shown of numbers about people, and to whom: one policy for every screen.

Nobody who is distant from the labour market may be singled out. So a count is shown
from a least number of people and of employers, no employer may hold most of a sum,
groups are split for the province only, and what is public comes from a release per
quarter and never from a live question.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ketens.domain.cubes import Cube, Entry, Key, Rule, hide
from ketens.domain.suppression import Cell, Suppressed, suppress, suppress_line

# CBS, Aanvullende onderzoeksbeschrijving Inkomensstatistiek, paragraph 5.
CBS_ROUNDING = 100
CBS_DOMINANCE = Decimal("0.30")
RELEASE_DELAY_DAYS = 30
# Staff release what is due; what they left lying so long, the clock releases (ADR 0031).
CLOCK_DELAY_DAYS = 14


class Counted(StrEnum):
    """What a cube counts, which decides when it is shown.

    People count heads and know hours by employer. Amounts (turnover, grams, emission) know
    what each enterprise put in. Enterprises count themselves.
    """

    PEOPLE = "people"
    AMOUNTS = "amounts"
    ENTERPRISES = "enterprises"


class Ground(StrEnum):
    """Over which ground people are counted."""

    VILLAGE = "village"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"


class Withheld(StrEnum):
    """Why a number is not shown."""

    FEW_PEOPLE = "few_people"
    FEW_EMPLOYERS = "few_employers"
    FEW_ENTERPRISES = "few_enterprises"
    DOMINANCE = "dominance"
    SMALL_GROUND = "small_ground"
    SMALL_DENOMINATOR = "small_denominator"
    COMPUTABLE = "computable"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that may be shown, or why it may not."""

    value: Decimal | int | None
    withheld: Withheld | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What is known of one group: people, and hours or another sum by employer."""

    people: int
    by_employer: Mapping[int, Decimal]

    @property
    def total(self) -> Decimal:
        """The sum over all employers."""
        return sum(self.by_employer.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Dominance:
    """The share of the largest contributor; None when the sum is nothing."""

    share: Decimal | None
    may_publish: bool


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as it may be shown: None where a cell is hidden; totals may be absent."""

    rows: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int, ...] | None
    column_totals: tuple[int, ...] | None
    suppressed: Suppressed


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Thresholds for one audience."""

    audience: str
    least_people: int
    least_employers: int
    most_share: Decimal
    rounding: int
    least_denominator: int
    least_enterprises: int = 3
    protection_permille: int = 500

    def rule(self, counted: Counted) -> Rule:
        """Return when a figure of this kind may be shown to this audience."""
        if counted is Counted.PEOPLE:
            return Rule(self.least_people, self.least_employers, self.most_share)
        if counted is Counted.ENTERPRISES:
            return Rule(self.least_enterprises, 0, Decimal(1))
        return Rule(0, self.least_enterprises, self.most_share, self.protection_permille)

    def show_cube(
        self, cube: Cube, counted: Counted, *, also: Collection[Key] = ()
    ) -> dict[Key, Shown]:
        """Return every figure of a cube as this audience may see it.

        Counts of people are rounded; amounts and enterprises are shown exactly or not at
        all. ``also`` was withheld in an earlier release and stays so.
        """
        rule = self.rule(counted)
        hidden = hide(cube, rule, also=also).keys
        base = self.rounding if counted is Counted.PEOPLE else 1
        return {
            key: Shown(None, self._reason(entry, counted, rule), below=rule.least_amount or None)
            if key in hidden
            else Shown(round_to(entry.amount, base))
            for key, entry in cube.entries.items()
        }

    def _reason(self, entry: Entry, counted: Counted, rule: Rule) -> Withheld:
        if rule.allows(entry):
            return Withheld.COMPUTABLE
        if counted is Counted.ENTERPRISES:
            return Withheld.FEW_ENTERPRISES
        if entry.amount < rule.least_amount:
            return Withheld.FEW_PEOPLE
        if sum(1 for size in entry.by.values() if size) < rule.least_contributors:
            is_people = counted is Counted.PEOPLE
            return Withheld.FEW_EMPLOYERS if is_people else Withheld.FEW_ENTERPRISES
        return Withheld.DOMINANCE

    def show_count(self, group: Group, ground: Ground, *, is_split: bool) -> Shown:
        """Return a number of people, rounded, or why it is withheld; nobody is shown as 0."""
        refusal = self._refusal(group, ground, is_split=is_split)
        if refusal is not None:
            return refusal
        return Shown(round_to(group.people, self.rounding))

    def show_hours(self, group: Group, ground: Ground, *, is_split: bool) -> Shown:
        """Return a sum of hours in whole hours, or why it is withheld."""
        refusal = self._refusal(group, ground, is_split=is_split)
        if refusal is not None:
            return refusal
        return Shown(round_to(int(group.total), self.rounding))

    def show_percentage(self, part: int, whole: int) -> Shown:
        """Return a whole percentage, when enough people are behind it and neither few nor all."""
        if whole < self.least_denominator:
            return Shown(None, Withheld.SMALL_DENOMINATOR, below=self.least_denominator)
        if 0 < part < self.least_people or 0 < whole - part < self.least_people or part == whole:
            return Shown(None, Withheld.FEW_PEOPLE, below=self.least_people)
        return Shown(Decimal(round_to(part * 1000 // whole, 10)) / 10)

    def show_table(
        self, counts: Sequence[Sequence[int]], *, also: Collection[Cell] = ()
    ) -> PublishedTable:
        """Hide and round a table of people; ``also`` are cells hidden before or for dominance.

        A line whose people are all in one cell says something of each of them, so that
        whole line is hidden, its zeros too.
        """
        hidden = set(also) | _whole_groups(counts)
        result = suppress(counts, threshold=self.least_people, also=hidden)
        rows = tuple(
            tuple(
                None if (row, column) in result.hidden else round_to(count, self.rounding)
                for column, count in enumerate(line)
            )
            for row, line in enumerate(counts)
        )
        if not result.are_totals_kept:
            return PublishedTable(rows, None, None, result)
        return PublishedTable(
            rows,
            tuple(round_to(sum(line), self.rounding) for line in counts),
            tuple(round_to(sum(line), self.rounding) for line in zip(*counts, strict=True)),
            result,
        )

    def show_line(
        self, counts: Sequence[int], *, also: Collection[int] = ()
    ) -> tuple[tuple[int | None, ...], int | None]:
        """Hide and round the cells of one line of people; return them and the total.

        The total is None when it would give a hidden cell away.
        """
        alone = sum(counts) == max(counts) > 0 and len(counts) > 1
        everybody = range(len(counts)) if alone else ()
        hidden = suppress_line(counts, threshold=self.least_people, also={*also, *everybody})
        shown = range(len(counts)) if hidden is None else hidden
        return (
            tuple(
                None if index in shown else round_to(count, self.rounding)
                for index, count in enumerate(counts)
            ),
            None if hidden is None or alone else round_to(sum(counts), self.rounding),
        )

    def _refusal(self, group: Group, ground: Ground, *, is_split: bool) -> Shown | None:
        if ground is Ground.VILLAGE or (is_split and ground is not Ground.PROVINCE):
            return Shown(None, Withheld.SMALL_GROUND)
        if group.people == 0 and not group.total:
            return None
        if group.people < self.least_people:
            return Shown(None, Withheld.FEW_PEOPLE, below=self.least_people)
        if len(group.by_employer) < self.least_employers:
            return Shown(None, Withheld.FEW_EMPLOYERS, below=self.least_employers)
        if not dominance(list(group.by_employer.values()), limit=self.most_share).may_publish:
            return Shown(None, Withheld.DOMINANCE)
        return None


PUBLIC = Disclosure(
    audience="public",
    least_people=10,
    least_employers=3,
    most_share=Decimal("0.50"),
    rounding=5,
    least_denominator=20,
)
# Who judges social return sees smaller numbers, under secrecy, and never one person.
COORDINATORS = Disclosure(
    audience="coordinators",
    least_people=5,
    least_employers=1,
    most_share=Decimal(1),
    rounding=1,
    least_denominator=20,
    least_enterprises=1,
)


def round_to(count: int, base: int) -> int:
    """Round half up to a multiple: CBS rounds 49 to 0, 50 and 149 to 100, 150 to 200."""
    return (2 * count + base) // (2 * base) * base


def dominance(amounts: Sequence[Decimal], *, limit: Decimal = CBS_DOMINANCE) -> Dominance:
    """Tell whether the largest amount stays within its share of the sum."""
    total = abs(sum(amounts, Decimal(0)))
    if not total:
        return Dominance(None, may_publish=False)
    share = max(abs(amount) for amount in amounts) / total
    return Dominance(share, may_publish=share <= limit)


def released_quarter(today: date) -> tuple[date, date]:
    """Return the first and last day of the newest quarter that is released.

    A quarter is released whole, 30 days after its end, and stays as it was released.
    """
    day = today - timedelta(days=RELEASE_DELAY_DAYS)
    first_of_running = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = first_of_running - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def left_lying_quarter(today: date) -> date:
    """Return the first day of the newest quarter that staff could release long enough."""
    return released_quarter(today - timedelta(days=CLOCK_DELAY_DAYS))[0]


def _whole_groups(counts: Sequence[Sequence[int]]) -> set[Cell]:
    """Return the cells of rows whose people are all in one cell."""
    return {
        (row, column)
        for row, line in enumerate(counts)
        if len(line) > 1 and 0 < sum(line) == max(line)
        for column in range(len(line))
    }
