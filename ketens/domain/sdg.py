"""The targets of the sustainable development goals that the street adds to.

Codes and texts are the official ones (UN global indicator framework, read at
open-sdg/sdg-translations, 2015; Dutch wording after the provincial agenda). The agenda
prints other codes for two of them, which stand beside the official ones.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoalTarget:
    """One target by its official code; `agenda` is the code that the agenda prints."""

    official: str
    agenda: str
    text_nl: str
    text_en: str


TARGETS = {
    row.official: row
    for row in (
        GoalTarget(
            "8.2",
            "8.2",
            "Meer opbrengst per gewerkt uur, door vernieuwing en verscheidenheid.",
            "More productivity through diversification, technology and innovation.",
        ),
        GoalTarget(
            "8.3",
            "8.3",
            "Ruimte voor ondernemen, goede banen en kleine bedrijven.",
            "Room for entrepreneurship, decent jobs and small enterprises.",
        ),
        GoalTarget(
            "8.5",
            "8.5",
            "Werk voor iedereen, ook voor jongeren en mensen met een beperking, voor gelijk loon.",
            "Work for all, young people and people with disabilities included, at equal pay.",
        ),
        GoalTarget(
            "8.6",
            "8.6",
            "Minder jongeren zonder werk, school of opleiding.",
            "Fewer young people without work, school or training.",
        ),
        GoalTarget(
            "8.10",
            "8.10",
            "Toegang tot geld en verzekering voor iedereen.",
            "Access to finance and insurance for all.",
        ),
        GoalTarget(
            "10.2",
            "10.2",
            "Iedereen hoort erbij en doet mee.",
            "Everybody belongs and takes part.",
        ),
        GoalTarget(
            "11.a",
            "11.4",
            "Goede banden tussen stad, buitenwijk en platteland.",
            "Good links between town, suburb and countryside.",
        ),
        GoalTarget(
            "12.3",
            "",
            "Half zo veel voedselverspilling per persoon, en minder verlies in de keten.",
            "Half as much food waste per person, and less loss along the chain.",
        ),
        GoalTarget(
            "17.14",
            "17.4",
            "Beleid dat elkaar versterkt.",
            "Policies that strengthen each other.",
        ),
        GoalTarget(
            "17.17",
            "17.17",
            "Overheid, bedrijven en inwoners werken samen.",
            "Government, enterprises and residents work together.",
        ),
    )
}
