"""The pages of the street: home, the villages, and the stories and events in them."""

from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from dorpen.pages.models.blocks import StoryBody, VillageBody
from dorpen.pages.models.claiming import list_bare_claims
from dorpen.pages.models.presenting import present
from dorpen.register.models import Village, VillageAlias
from winkelstraat.common.page_cache import mark_cacheable


class Layer(models.TextChoices):
    """What an editor may put into the drawn head of a village."""

    WOOD = "wood", _("wood")
    ES = "es", _("es, the old open field")
    PEAT = "peat", _("peat")
    CANAL = "canal", _("canal")
    HEATH = "heath", _("heath")
    FARM = "farm", _("farm")
    MILL = "mill", _("mill")
    CHURCH = "church", _("church")
    BRINK = "brink", _("brink with oaks")
    HUNEBED = "hunebed", _("hunebed")


class LayersField(ArrayField):
    """A set of layers, shown to the editor as boxes to tick."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.CharField(max_length=10, choices=Layer.choices))
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return boxes to tick."""
        return forms.MultipleChoiceField(
            choices=Layer.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )


class StreetPage(Page):
    """What every page of the street does alike."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse claims that nothing proves, field by field (ECGT, Annex I)."""
        super().clean()
        refused = list_bare_claims(self)
        if refused:
            raise ValidationError(refused)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the view of this kind of page shows."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(present(self, request))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and let the answer to anonymous visitors be kept for a minute."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return mark_cacheable(response, topics=("pages", "offer"), seconds=60)


class HomePage(StreetPage):
    """The front door of the whole street."""

    lead = models.CharField(
        _("lead"),
        max_length=200,
        blank=True,
        default="Winkels en makers uit de dorpen van Drenthe. Eén mandje, dichtbij opgehaald.",
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    template = "pages/home.html"
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["pages.VillageIndexPage", "pages.StoryPage"]

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page of a village below the list of villages in one query."""
        if len(path_components) == 2:
            url_path = f"{self.url_path}{'/'.join(path_components)}/"
            page = VillagePage.objects.live().filter(url_path=url_path).first()
            if page is not None:
                return RouteResult(page)
        return super().route(request, path_components)


class VillageIndexPage(StreetPage):
    """All villages by municipality."""

    template = "pages/villages.html"
    max_count = 1
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["pages.VillagePage"]

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Let the slug of a border part lead to its village."""
        if len(path_components) == 1:
            alias = VillageAlias.objects.filter(slug=path_components[0])
            found = alias.values_list("village__slug", flat=True).first()
            if found is not None:
                return RouteResult(self, kwargs={"elsewhere": found})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, elsewhere: str = "", **kwargs: Any
    ) -> HttpResponse:
        """Show all villages, or lead to the village of a border part."""
        if elsewhere:
            return redirect(f"{self.get_url(request)}{elsewhere}/", permanent=True)
        return super().serve(request, *args, **kwargs)


class VillagePage(StreetPage):
    """The page of one village; its editors decide what stands on it."""

    village = models.OneToOneField(
        Village, on_delete=models.PROTECT, related_name="page", verbose_name=_("village")
    )
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    head_layers = LayersField(
        verbose_name=_("drawn head"),
        default=list,
        blank=True,
        help_text=_("What the drawing at the top of the page shows."),
    )
    body = StreamField(VillageBody(), blank=True, verbose_name=_("page"))

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("head_layers"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    template = "pages/village.html"
    parent_page_types: ClassVar = ["pages.VillageIndexPage"]
    subpage_types: ClassVar = ["pages.StoryPage", "pages.EventPage"]


class StoryPage(StreetPage):
    """A story of a maker or of a village."""

    teaser = models.CharField(_("in one or two sentences"), max_length=240)
    written_on = models.DateField(_("date"))
    photo = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    shop_slug = models.SlugField(
        _("shop"), blank=True, help_text=_("The last part of the shop's address.")
    )
    body = StreamField(StoryBody(), blank=True, verbose_name=_("story"))

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("written_on"),
        FieldPanel("teaser"),
        FieldPanel("photo"),
        FieldPanel("shop_slug"),
        FieldPanel("body"),
    ]
    template = "pages/story.html"
    parent_page_types: ClassVar = ["pages.VillagePage", "pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []


class EventPage(StreetPage):
    """Something that happens in a village on a day."""

    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120)
    text = models.TextField(_("text"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("starts_at"),
        FieldPanel("ends_at"),
        FieldPanel("place"),
        FieldPanel("text"),
    ]
    template = "pages/event.html"
    parent_page_types: ClassVar = ["pages.VillagePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="an_event_ends_after_it_starts",
            ),
        ]
