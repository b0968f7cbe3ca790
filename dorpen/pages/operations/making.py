"""Give every village of the register its page, once; what editors changed stays."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from dorpen.pages.domain.heads import choose_layers
from dorpen.pages.models import HomePage, VillageIndexPage, VillagePage
from dorpen.pages.models.blocks import VillageBody
from dorpen.register.models import Village
from winkelstraat.common.page_cache import move_topics

WELCOME_SLUG = "home"


@transaction.atomic
def make_village_pages() -> int:
    """Make the pages that are missing and return how many villages got one."""
    index = make_village_index(make_home())
    known = set(VillagePage.objects.values_list("village_id", flat=True))
    villages = Village.objects.select_related("municipality").exclude(pk__in=known)
    made = 0
    for village in villages.order_by("name"):
        make_village_page(index, village)
        made += 1
    if made:
        transaction.on_commit(lambda: move_topics("pages"))
    return made


def make_home() -> HomePage:
    """Return the front page, made as the root of the one site when it is not there."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        Page.objects.filter(slug=WELCOME_SLUG, depth=2).exclude(
            pk__in=HomePage.objects.values("pk")
        ).delete()
        # The tree was changed by the deletion: its root is read again.
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(title="Drentse Winkelstraat", slug="home", locale=_locale())
        )
    address = urlsplit(settings.SITE_ADDRESS)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": home,
        },
    )
    return home


def make_village_index(home: HomePage) -> VillageIndexPage:
    """Return the page below which all villages stand."""
    index = VillageIndexPage.objects.first()
    if index is None:
        index = home.add_child(
            instance=VillageIndexPage(title="Dorpen", slug="dorpen", locale=_locale())
        )
    return index


def make_village_page(index: VillageIndexPage, village: Village) -> VillagePage:
    """Make the page of one village with the usual parts and a drawing of its own."""
    page = VillagePage(
        title=village.name,
        slug=village.slug,
        village=village,
        locale=_locale(),
        head_layers=choose_layers(name=village.name, municipality=village.municipality.name),
        body=VillageBody().to_python(VillageBody().usual),
    )
    return index.add_child(instance=page)


def _locale() -> Locale:
    return Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]
