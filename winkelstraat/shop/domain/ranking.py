"""How lists are ordered: one place for the weights, read by the query and by the page (MKT-01).

Nobody pays for a place (art. 6:193e BW asks to tell the main parameters and their weight).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RankingWeights:
    """What a found word counts for, by where it stands; 100 is the most."""

    title: int
    names: int
    description: int
    ingredients: int

    def as_array(self) -> tuple[float, float, float, float]:
        """Return the weights the way PostgreSQL's ``ts_rank`` takes them: D, C, B, A."""
        return (
            self.ingredients / 100,
            self.description / 100,
            self.names / 100,
            self.title / 100,
        )


WEIGHTS = RankingWeights(title=100, names=40, description=20, ingredients=10)
