"""Read the events and stories of villages."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from wagtail.models import Page

from dorpen.pages.models import EventPage, StoryPage, VillagePage
from dorpen.register.queries import list_villages

PHOTO_SPEC = "format-webp|width-640"


@dataclass(frozen=True)
class EventRow:
    """Something that happens, with the address of its page."""

    title: str
    url: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    text: str


@dataclass(frozen=True)
class StoryRow:
    """A story in a list."""

    title: str
    url: str
    teaser: str
    written_on: date
    photo_url: str
    village_name: str


def list_coming_events(page: VillagePage, *, now: datetime, most: int = 4) -> list[EventRow]:
    """Return what happens next in a village (1 query)."""
    found = EventPage.objects.live().child_of(page).filter(starts_at__gte=now)
    return [
        EventRow(
            title=event.title,
            url=address_of(event.url_path),
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            place=event.place,
            text=event.text,
        )
        for event in found.order_by("starts_at")[:most]
    ]


def list_stories(*, below: VillagePage | None = None, most: int = 3) -> list[StoryRow]:
    """Return the newest stories, of one village or of all (1 query)."""
    found = StoryPage.objects.live().select_related("photo").order_by("-written_on", "-pk")
    if below is not None:
        found = found.child_of(below)
    return [
        StoryRow(
            title=story.title,
            url=address_of(story.url_path),
            teaser=story.teaser,
            written_on=story.written_on,
            village_name=_village_of(story.url_path),
            photo_url=f"{settings.MEDIA_URL}{story.photo.file.name}" if story.photo else "",
        )
        for story in found[:most]
    ]


def address_of(url_path: str) -> str:
    """Return the address below the site's home page, whose own slug stands first in the path."""
    below = url_path.strip("/").partition("/")[2]
    return f"/{below}/" if below else "/"


def list_addresses() -> list[str]:
    """Return the address of every public page, home first (1 query)."""
    paths = Page.objects.live().public().filter(depth__gt=1).order_by("path")
    return [address_of(path) for path in paths.values_list("url_path", flat=True)]


def _village_of(url_path: str) -> str:
    slug = url_path.strip("/").split("/")[-2]
    return next((row.name for row in list_villages() if row.slug == slug), "")
