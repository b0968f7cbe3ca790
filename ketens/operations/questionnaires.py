"""Load a version of the questions, once and for good."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ketens.domain.factors import digest_of
from ketens.domain.questionnaire import read_questionnaire
from ketens.models import QuestionnaireVersion
from ketens.queries.profiles.questions import list_shipped


class VersionChanged(Exception):
    """A version that was asked has other words now; give the new words a new version."""


@transaction.atomic
def load_questionnaire(*, content: dict[str, Any], now: datetime) -> QuestionnaireVersion:
    """Return the version that a file holds, written down when it is new.

    :raises QuestionnaireFaulty: when it cannot be asked.
    :raises VersionChanged: when this version was loaded with other words.
    """
    questions = read_questionnaire(content)
    version, _made = QuestionnaireVersion.objects.get_or_create(
        key=questions.key,
        version=questions.version,
        defaults={"content": content, "digest": digest_of(content), "loaded_at": now},
    )
    if version.digest != digest_of(content):
        raise VersionChanged(str(version))
    return version


def load_shipped(*, now: datetime, version: int | None = None) -> QuestionnaireVersion:
    """Return a version that the house ships, the newest when none is named."""
    wanted = [one for one in list_shipped() if version in (None, int(one["version"]))]
    return load_questionnaire(content=wanted[-1], now=now)
