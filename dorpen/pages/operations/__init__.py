"""Change the pages: make them, appoint who writes them, and write in them."""

from dorpen.pages.operations.editors import appoint_village_editor
from dorpen.pages.operations.making import make_village_pages
from dorpen.pages.operations.writing import (
    EventDraft,
    NoticeDraft,
    StoryDraft,
    VillageDraft,
    announce_event,
    describe_village,
    write_story,
)

__all__ = [
    "EventDraft",
    "NoticeDraft",
    "StoryDraft",
    "VillageDraft",
    "announce_event",
    "appoint_village_editor",
    "describe_village",
    "make_village_pages",
    "write_story",
]
