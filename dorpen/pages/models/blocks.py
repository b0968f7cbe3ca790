"""The building blocks of a village's page.

An editor decides which there are, in which order and under which title; what `shops`,
`listings`, `chain`, `event` and `map` show comes from the street itself.
"""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "link", "ul"]


class SectionBlock(blocks.StructBlock):
    """A part that the street fills; only its title is the editor's."""

    title = blocks.CharBlock(
        label=_("title"), required=False, max_length=80, help_text=_("Empty for the usual title.")
    )


class StoryBlock(blocks.StructBlock):
    """A text of the village itself, with a picture where there is one."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=80)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)
    photo = ImageChooserBlock(label=_("photo"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("story")
        template = "blocks/story.html"


class NoticeBlock(blocks.StructBlock):
    """A short notice that leaves the page by itself."""

    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.TextBlock(label=_("text"), max_length=400)
    until = blocks.DateBlock(label=_("last day"), required=False)

    class Meta:
        icon = "warning"
        label = _("notice")
        template = "blocks/notice.html"


class ChainBlock(SectionBlock):
    """A chain that runs through the village."""

    chain = blocks.CharBlock(
        label=_("chain"),
        required=False,
        max_length=60,
        help_text=_("The last part of the chain's address; empty for the first of the village."),
    )

    class Meta:
        icon = "link"
        label = _("chain")
        template = "blocks/chain.html"

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the chosen chain of those that run here."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        street = context.get("street")
        chains = street.slow.chains if street else ()
        wanted = value.get("chain")
        chosen = [chain for chain in chains if chain.slug == wanted] or list(chains)
        context["chain"] = chosen[0] if chosen else None
        flow = street.slow.flow if street else None
        is_drawn = flow and context["chain"] and flow.slug == context["chain"].slug
        context["flow"] = flow if is_drawn else None
        context["other_chains"] = [chain for chain in chains if chain != context["chain"]]
        return context


def section(icon: str, label: Any, template: str) -> blocks.StructBlock:
    """Return a section block with its own template."""
    return SectionBlock(icon=icon, label=label, template=template)


class VillageBody(blocks.StreamBlock):
    """What a village's page is made of."""

    notice = NoticeBlock()
    listings = section("tag", _("on offer today"), "blocks/listings.html")
    chain = ChainBlock()
    shops = section("group", _("shops"), "blocks/shops.html")
    event = section("calendar-alt", _("agenda"), "blocks/event.html")
    story = StoryBlock()
    map = section("site", _("pick-up points"), "blocks/map.html")

    @cached_property
    def usual(self) -> list[dict[str, Any]]:
        """Return the body with which every village starts."""
        names = ("listings", "chain", "shops", "event", "map")
        return [{"type": name, "value": {"title": ""}} for name in names]


class StoryBody(blocks.StreamBlock):
    """What a story is made of."""

    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)
    photo = ImageChooserBlock(label=_("photo"), template="blocks/photo.html")
    quote = blocks.CharBlock(label=_("quote"), max_length=200, template="blocks/quote.html")
