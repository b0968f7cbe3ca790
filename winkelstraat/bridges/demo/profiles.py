"""Let the enterprises of the demo answer about impact, and freeze the baseline.

Everything happens at its own past moment through the operations that people use; quarters
that are over are written down and released as each night would have done.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from dorpen.register.models import Enterprise
from ketens.domain.questionnaire import NOTHING
from ketens.models import Baseline, ProfileInvitation, ProfileRound
from ketens.operations.baselines import Basis, freeze_baseline
from ketens.operations.profile_answers import keep_answer
from ketens.operations.profile_rounds import open_round
from ketens.operations.questionnaires import load_shipped
from ketens.operations.snapshots import record_quarters, release_profiles
from ketens.queries.profiles.asking import read_questions
from winkelstraat.accounts.models import User
from winkelstraat.bridges.demo.stories import Story, read_file
from winkelstraat.bridges.demo.stories import folder as demo_folder
from winkelstraat.bridges.demo.world import World

# Who looks at the demo as the baker finds the link in the mail of this run.
STILL_TO_MAIL = "bakkerij-de-esrand"
FROM_REGISTER = ("drives", "dimensions", "stance", "sdg_targets")
MOST_TARGETS = 5


def make_profiles(world: World) -> Iterator[str]:
    """Write rounds, answers, quarters, releases and the baseline; yield a line for each."""
    told: Story = read_file(demo_folder() / "profile.yaml")
    answers = 0
    for row in told["rounds"]:
        answers += make_round(world, row, told["answers"].get(row["title"], []))
    yield f"{answers} enterprises answered about impact"
    quarters = record_quarters(now=world.now)
    released = release_profiles(user=None, now=world.now)
    yield f"{quarters} quarters of the movement, {released} released"
    make_baseline(world, told)


@transaction.atomic
def make_round(world: World, row: Story, answers: list[Story]) -> int:
    """Open a round in the past and let who has a row answer; nothing where it is there."""
    if ProfileRound.objects.filter(title=row["title"]).exists():
        return 0
    opened = world.now - timedelta(days=row["opens_days_ago"])
    first_day = opened.date()
    made = open_round(
        title=row["title"],
        days=(first_day, first_day + timedelta(days=row["days"] - 1)),
        questionnaire=load_shipped(now=opened),
        user=find_analyst(),
        now=opened,
    )
    for answer in answers:
        make_answer(made, answer, opened)
    note_mails(world, made, opened)
    return len(answers)


def make_answer(made: ProfileRound, row: Story, opened: datetime) -> None:
    """Let one enterprise answer on its day; what a row does not say stands in the register."""
    enterprise = Enterprise.objects.get(slug=row["enterprise"])
    invitation = ProfileInvitation.objects.select_related("round__questionnaire").get(
        round=made, enterprise=enterprise
    )
    questions = read_questions(invitation)
    at = opened + timedelta(days=row["day"], minutes=enterprise.pk % 60)
    for number, question in enumerate(questions.questions):
        if question.key in row.get("only", [question.key]):
            keep_answer(
                invitation=invitation,
                question=question.key,
                chosen=choose(enterprise, row, question.key, {o.key for o in question.options}),
                user=None,
                now=at + timedelta(seconds=30 * number),
            )


def choose(enterprise: Enterprise, row: Story, key: str, options: set[str]) -> list[str]:
    """Return what a row says, or what the register says in words of the question."""
    if key in row:
        return row[key] if isinstance(row[key], list) else [row[key]]
    if key == "stance":
        return [enterprise.impact_stance]
    found = (
        [one for one in getattr(enterprise, key) if one in options] if key in FROM_REGISTER else []
    )
    return found[:MOST_TARGETS] or [NOTHING]


def note_mails(world: World, made: ProfileRound, opened: datetime) -> None:
    """Note the links and reminders of the past, which were sent in the past."""
    mailed = made.invitations.exclude(enterprise__slug=STILL_TO_MAIL)
    mailed.update(mailed_at=opened)
    reminded = opened + timedelta(days=7)
    if reminded < world.now:
        mailed.filter(completed_at=None).update(reminders=1, reminded_at=reminded)


def make_baseline(world: World, told: Story) -> None:
    """Freeze the baseline with the first round, once."""
    row = told["baseline"]
    if Baseline.objects.filter(title=row["title"]).exists():
        return
    freeze_baseline(
        title=row["title"],
        first_day=world.now.date() - timedelta(days=row["first_days_ago"]),
        last_day=world.now.date() - timedelta(days=row["last_days_ago"]),
        user=find_analyst(),
        now=world.now - timedelta(days=row["frozen_days_ago"]),
        basis=Basis(round=ProfileRound.objects.get(title=told["rounds"][0]["title"])),
    )


def find_analyst() -> User | None:
    """Return the analyst of the demo."""
    return User.objects.filter(role_grants__role="province_analyst").first()
