"""The pages that editors write."""

from dorpen.pages.models.pages import (
    EventPage,
    HomePage,
    Layer,
    StoryPage,
    VillageIndexPage,
    VillagePage,
)

__all__ = ["EventPage", "HomePage", "Layer", "StoryPage", "VillageIndexPage", "VillagePage"]
