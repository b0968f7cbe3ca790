"""Let the twelve villages of the demo tell about themselves, each text once."""

from datetime import datetime, timedelta

from dorpen.pages.models import VillagePage
from dorpen.pages.operations import (
    EventDraft,
    NoticeDraft,
    StoryDraft,
    VillageDraft,
    announce_event,
    appoint_village_editor,
    describe_village,
    write_story,
)
from winkelstraat.accounts.models import User
from winkelstraat.bridges.demo.plan import LOCAL
from winkelstraat.bridges.demo.stories import Story, read_clock, read_people, read_villages
from winkelstraat.bridges.demo.world import World

TEASER_LENGTH = 240
DAYS_BETWEEN_STORIES = 6


def make_village_texts(world: World) -> int:
    """Write the pages of the villages that have one; return how many of them are described."""
    rows = [row for row in read_villages() if VillagePage.objects.filter(slug=row["slug"]).exists()]
    for number, row in enumerate(rows):
        describe_village(draft=read_village(world, row))
        write_story(draft=read_story(world, row, days_ago=2 + number * DAYS_BETWEEN_STORIES))
        for event in row["events"]:
            announce_event(draft=read_event(world, row, event))
    appoint_editors()
    return len(rows)


def read_village(world: World, row: Story) -> VillageDraft:
    """Return what a village says about itself; its notices count from the demo's day."""
    today = world.now.date()
    return VillageDraft(
        village_slug=row["slug"],
        intro=row["intro"],
        head_layers=row["head_layers"],
        story=row["story"],
        notices=[
            NoticeDraft(notice["title"], notice["text"], today + timedelta(days=notice["days"]))
            for notice in row["notices"]
        ],
    )


def read_story(world: World, row: Story, *, days_ago: int) -> StoryDraft:
    """Return the story of a maker in the village."""
    told = row["maker_story"]
    return StoryDraft(
        village_slug=row["slug"],
        title=told["title"],
        teaser=shorten(told["text"]),
        text=told["text"],
        written_on=world.now.date() - timedelta(days=days_ago),
        shop_slug=told["shop"],
    )


def read_event(world: World, row: Story, event: Story) -> EventDraft:
    """Return an event on its day, counted from the demo's day."""
    day = world.now.date() + timedelta(days=event["in_days"])
    return EventDraft(
        village_slug=row["slug"],
        title=event["title"],
        place=event["place"],
        text=event["text"],
        starts_at=datetime.combine(day, read_clock(event["starts"]), LOCAL),
        ends_at=datetime.combine(day, read_clock(event["ends"]), LOCAL),
    )


def shorten(text: str) -> str:
    """Return the first two sentences of a text."""
    return ". ".join(text.split(". ")[:2]).rstrip(".")[: TEASER_LENGTH - 1] + "."


def appoint_editors() -> None:
    """Let the editors of the demo write in their villages."""
    for person in read_people()["editors"]:
        user = User.objects.get(email=person["email"])
        for page in VillagePage.objects.filter(slug__in=person["villages"]):
            appoint_village_editor(page=page, user=user)
