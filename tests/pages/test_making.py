"""Every village of the register has its page, and what people changed stays."""

from django.test import Client
from wagtail.models import Page, Site

from dorpen.pages.domain.heads import LAYERS, choose_layers, compose_head
from dorpen.pages.models import HomePage, VillageIndexPage, VillagePage
from dorpen.pages.operations import make_village_pages
from dorpen.register.models import VillageAlias
from dorpen.register.queries import list_villages
from tests.builders import build_village

SOUND = ([], [], [], [], [])


def test_every_village_of_drenthe_has_its_page_and_its_own_drawing(drenthe: None) -> None:
    index = VillageIndexPage.objects.get()
    assert VillagePage.objects.child_of(index).live().count() == 219
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    assert Page.find_problems() == SOUND
    layers = dict(VillagePage.objects.values_list("slug", "head_layers"))
    heads = [compose_head(village.slug, layers[village.slug]) for village in list_villages()]
    drawn = {(head.sky, head.sun_x, head.sun_y, head.layers) for head in heads}
    assert len(drawn) == 219
    assert {len(chosen) for chosen in layers.values()} <= {3, 4, 5, 6}


def test_making_pages_again_changes_nothing_that_editors_wrote(norg: VillagePage) -> None:
    norg.intro = "Wij van Norg."
    norg.head_layers = ["mill"]
    norg.save_revision().publish()
    before = list(VillagePage.objects.order_by("pk").values())

    assert make_village_pages() == 0

    assert list(VillagePage.objects.order_by("pk").values()) == before
    norg.refresh_from_db()
    assert (norg.intro, norg.head_layers) == ("Wij van Norg.", ["mill"])


def test_a_village_that_comes_later_gets_its_page_later(norg: VillagePage) -> None:
    village = build_village("Langelo")
    assert make_village_pages() == 1
    assert VillagePage.objects.get(village=village).title == "Langelo"
    assert VillagePage.objects.count() == 3
    assert Page.find_problems() == SOUND


def test_a_drawing_is_the_same_every_day_and_leaves_unknown_layers_out() -> None:
    head = compose_head("norg", ["es", "zee", "wood"])
    assert [layer.name for layer in head.layers] == ["wood", "es"]
    assert head == compose_head("norg", ["wood", "es"])
    assert head != compose_head("roden", ["wood", "es"])


def test_what_a_village_starts_with_follows_its_region_and_name() -> None:
    veen = choose_layers(name="Klazienaveen", municipality="Emmen")
    assert {"peat", "canal"} <= set(veen)
    assert "es" not in veen
    assert {"es", "hunebed"} <= set(choose_layers(name="Gasselte", municipality="Aa en Hunze"))


def test_every_layer_is_drawn(client: Client, norg: VillagePage) -> None:
    norg.head_layers = list(LAYERS)
    norg.save_revision().publish()
    assert client.get(norg.url).content.count(b'<g transform="translate(') == 10


def test_the_address_of_a_border_part_leads_to_its_village(
    client: Client, norg: VillagePage
) -> None:
    VillageAlias.objects.create(
        name="Norg (Assen)",
        slug="norg-assen",
        village=norg.village,
        municipality=norg.village.municipality,
    )
    answer = client.get("/dorpen/norg-assen/")
    assert (answer.status_code, answer["Location"]) == (301, f"/dorpen/{norg.slug}/")
    assert client.get("/dorpen/atlantis/").status_code == 404
