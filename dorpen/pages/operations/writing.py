"""Write in a village's pages the way its editors do, for what does not come from the admin.

Each text is written once: a page, story or event that is there stays as people left it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify

from dorpen.pages.models import EventPage, StoryPage, VillagePage
from dorpen.pages.models.blocks import VillageBody
from winkelstraat.common.page_cache import move_topics


@dataclass(frozen=True)
class NoticeDraft:
    """A notice and the last day on which it stands on the page."""

    title: str
    text: str
    until: date | None = None


@dataclass(frozen=True)
class VillageDraft:
    """What a village says about itself; `story` has one paragraph a line."""

    village_slug: str
    intro: str
    head_layers: list[str]
    story: str
    notices: list[NoticeDraft] = field(default_factory=list)


@dataclass(frozen=True)
class StoryDraft:
    """A story of a maker; `text` has one paragraph a line."""

    village_slug: str
    title: str
    teaser: str
    text: str
    written_on: date
    shop_slug: str = ""


@dataclass(frozen=True)
class EventDraft:
    """Something that happens in a village."""

    village_slug: str
    title: str
    place: str
    text: str
    starts_at: datetime
    ends_at: datetime | None = None


@transaction.atomic
def describe_village(*, draft: VillageDraft) -> bool:
    """Write a village's introduction, head, story and notices; False when somebody had."""
    page = VillagePage.objects.get(slug=draft.village_slug)
    if page.intro or page.latest_revision_id:
        return False
    page.intro = draft.intro
    page.head_layers = draft.head_layers
    notices = [
        {
            "type": "notice",
            "value": {
                "title": notice.title,
                "text": notice.text,
                "until": notice.until.isoformat() if notice.until else None,
            },
        }
        for notice in draft.notices
    ]
    story = {"type": "story", "value": {"title": "", "text": to_html(draft.story), "photo": None}}
    block = VillageBody()
    page.body = block.to_python([*notices, *block.usual, story])
    page.save_revision().publish()
    return True


@transaction.atomic
def write_story(*, draft: StoryDraft) -> bool:
    """Publish a story below its village; False when it is there."""
    village = VillagePage.objects.get(slug=draft.village_slug)
    slug = slugify(draft.title)
    if StoryPage.objects.child_of(village).filter(slug=slug).exists():
        return False
    page = StoryPage(
        title=draft.title,
        slug=slug,
        teaser=draft.teaser,
        written_on=draft.written_on,
        shop_slug=draft.shop_slug,
        locale_id=village.locale_id,
    )
    page.body = [("text", to_html(draft.text))]
    village.add_child(instance=page)
    transaction.on_commit(lambda: move_topics("pages"))
    return True


@transaction.atomic
def announce_event(*, draft: EventDraft) -> bool:
    """Put an event on its village's agenda; False when it is there."""
    village = VillagePage.objects.get(slug=draft.village_slug)
    slug = slugify(f"{draft.title} {draft.starts_at:%Y-%m-%d}")
    if EventPage.objects.child_of(village).filter(slug=slug).exists():
        return False
    page = EventPage(
        title=draft.title,
        slug=slug,
        place=draft.place,
        text=draft.text,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        locale_id=village.locale_id,
    )
    village.add_child(instance=page)
    transaction.on_commit(lambda: move_topics("pages"))
    return True


def to_html(text: str) -> str:
    """Return lines of plain text as paragraphs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
