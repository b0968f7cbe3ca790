"""The versions of the questions that the house ships, and the words for their answers."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_lazy

from dorpen.register.models.enterprises import Dimension, Drive, ImpactStance
from ketens.domain.movement import Place
from ketens.domain.profile import NOBODY, ONE_OF
from ketens.domain.profile_tables import OTHERS, TOTAL
from ketens.domain.questionnaire import Questionnaire, read_questionnaire

NAME = "profiel"

PLACES = {
    Place.LEADER: gettext_lazy("leaders"),
    Place.FOLLOWER: gettext_lazy("followers"),
    Place.PELOTON: gettext_lazy("peloton"),
}
REGISTER_WORDS: dict[str, dict[str, Any]] = {
    "stance": dict(ImpactStance.choices),
    "dimensions": dict(Dimension.choices),
    "drives": dict(Drive.choices),
    "place": {place.value: words for place, words in PLACES.items()},
}


@cache
def list_shipped() -> tuple[dict[str, Any], ...]:
    """Return every version in the folder of references, the oldest first."""
    folder = Path(settings.PROJECT_DIR) / "fixtures" / "reference" / "questionnaires"
    paths = sorted(folder.glob(f"{NAME}-*.yaml"), key=lambda path: int(path.stem.split("-")[-1]))
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths)


@cache
def get_newest() -> Questionnaire:
    """Return the newest version that is shipped."""
    return read_questionnaire(list_shipped()[-1])


def list_keys() -> dict[str, tuple[str, ...]]:
    """Return what is counted in each table, in the order in which it is shown."""
    keys = {
        "stance": tuple(ImpactStance.values),
        "dimensions": tuple(Dimension.values),
        "drives": tuple(Drive.values),
    }
    for name in ("sdg_targets", "support", *ONE_OF):
        question = get_newest().find(name)
        options = question.options if question else ()
        keys[name] = tuple(
            one.key for one in options if name != "sdg_targets" or one.key not in NOBODY
        )
    return keys


def say_key(table: str, key: str) -> str:
    """Return the words for a cell of a table, in the reader's language."""
    if key == TOTAL:
        return gettext("together")
    if table in REGISTER_WORDS:
        return str(REGISTER_WORDS[table].get(key, key))
    question = get_newest().find(table)
    option = question.option(key) if question else None
    return option.label(get_language() or "nl") if option else key


def say_agenda_code(key: str) -> str:
    """Return the code under which the agenda prints a target, nothing where it is the same."""
    question = get_newest().find("sdg_targets")
    option = question.option(key) if question else None
    return option.agenda if option else ""


def say_municipality(name: str) -> str:
    """Return the name of a municipality, or that small ones are taken together."""
    return gettext("other municipalities, together") if name == OTHERS else name
