"""The pad at the desk: kept half-filled, collisions shown, closed to every other enterprise."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import MemberRole
from ketens.domain.impactpad.content import Feed, Indicator, read_pad
from ketens.models import LevelClaim, PadPublication, PadVersion
from ketens.operations.levels import claim_level
from tests.builders import build_enterprise
from tests.ketens.impactpad.pads import FULL, INDICATORS, LINKS, MISSION, STEPS, without
from tests.ketens.impactpad.writing import NOW, PROOF, newest, publish, reach, write
from tests.ketens.test_member_desk import sign_in
from tests.ketens.test_member_desk import skip_the_second_factor as skip_the_second_factor

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 een verslag"


def at(name: str, *args: object) -> str:
    return reverse(f"chain_desk:{name}", args=args)


def pad_of(enterprise: Enterprise) -> Any:
    return read_pad(PadVersion.objects.filter(pad__enterprise=enterprise)[0].content)


def rows(kind: str, *told: dict[str, object], base: int = 0) -> dict[str, object]:
    sent: dict[str, object] = {
        "base": base,
        "r-TOTAL_FORMS": len(told),
        "r-INITIAL_FORMS": 0,
    }
    for number, row in enumerate(told):
        sent |= {f"r-{number}-{name}": value for name, value in row.items()}
    return sent


def test_a_whole_pad_is_written_through_the_forms():
    bakery = build_enterprise()
    client = sign_in(bakery)
    mission = {name: getattr(MISSION, name) for name in ("mission", "problem", "stance")}
    sent = client.post(at("pad_mission"), mission | {"base": 0})
    assert (sent.status_code, sent["location"]) == (302, at("impactpad"))
    indicators = rows(
        "indicators",
        {"name": "Brood dat over is", "feed": "rung_4", "frequency": "month", "target": "10"},
        {"name": "Klanten", "unit": "%", "frequency": "year", "baseline": "20,5", "target": "60"},
        base=1,
    )
    assert client.post(at("pad_indicators"), indicators).status_code == 302
    goals = rows("goals", {"text": "Minder brood", "target": "12.3", "indicator": "i1"}, base=2)
    assert client.post(at("pad_goals"), goals).status_code == 302
    steps = rows("steps", *({"text": one.text, "kind": one.kind.value} for one in STEPS), base=3)
    assert client.post(at("pad_steps"), steps).status_code == 302
    links = rows(
        "links", {"tail": "s1", "head": "s2", "assumption": "Dat weten we.", "grade": "2"}, base=4
    )
    sent = client.post(at("pad_links"), links)
    assert sent.status_code == 302, sent.context["form"].errors
    measured = rows(
        "rounds",
        {"indicator": "i2", "day": "2026-06-01", "value": "34,5", "n": "40", "response": "31"},
        base=5,
    )
    assert client.post(at("pad_rounds"), measured | {"more": "yes"})["location"] == at("pad_rounds")
    pad = pad_of(bakery)
    assert [one.key for one in pad.steps] == ["s1", "s2", "s3", "s4", "s5"]
    assert (pad.links[0].tail, pad.links[0].grade) == ("s1", 2)
    assert str(pad.indicators[1].baseline) == "20.5"
    assert str(pad.rounds[0].value) == "34.5"
    assert newest(bakery) == 6


@pytest.mark.parametrize("name", ["comparison", "valuation"])
def test_the_whole_pad_opens_and_is_kept_as_it_was(name: str):
    bakery = build_enterprise()
    before = write(bakery)
    client = sign_in(bakery)
    form = client.get(at(f"pad_{name}")).context["form"]
    sent = {key: value for key, value in form.initial.items() if value not in (None, "")}
    client.post(at(f"pad_{name}"), sent | {"base": before.number})
    assert pad_of(bakery) == read_pad(before.content)


def test_an_emptied_row_is_taken_away_and_the_others_keep_their_keys():
    bakery = build_enterprise()
    write(bakery, without(links=()))
    told = [{"key": one.key, "text": one.text, "kind": one.kind.value} for one in STEPS]
    told[1]["text"] = ""
    told.append({"key": "s3", "text": "Dubbele sleutel", "kind": "output"})
    sent = rows("steps", *told, base=newest(bakery))
    assert sign_in(bakery).post(at("pad_steps"), sent).status_code == 302
    assert [one.key for one in pad_of(bakery).steps] == ["s1", "s3", "s4", "s5", "s6"]


@pytest.mark.parametrize("name", ["goals", "steps", "links", "indicators", "rounds"])
def test_a_list_that_is_sent_as_it_stands_changes_nothing(name: str):
    bakery = build_enterprise()
    before = write(bakery)
    client = sign_in(bakery)
    form = client.get(at(f"pad_{name}")).context["form"]
    sent: dict[str, object] = {"base": before.number}
    for one in (form.management_form, *form.forms):
        for field in one:
            value = field.value()
            if value not in (None, "", False):
                sent[field.html_name] = value
    answer = client.post(at(f"pad_{name}"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert pad_of(bakery) == read_pad(before.content)
    assert newest(bakery) == before.number


def test_what_cannot_be_is_said_and_what_was_typed_stays():
    bakery = build_enterprise()
    write(bakery)
    client, before = sign_in(bakery), newest(bakery)
    kept = [{"key": one.key, "text": one.text, "kind": one.kind.value} for one in STEPS[:4]]
    kept[0]["text"] = "Graan dat ik net typte"
    answer = client.post(at("pad_steps"), rows("steps", *kept, base=before))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Graan dat ik net typte" in page
    assert "Haal eerst dat verband weg" in page
    half = rows("goals", {"text": "", "target": "12.3"}, base=before)
    assert client.post(at("pad_goals"), half).status_code == 422
    fed = rows("x", {"name": "Over", "feed": "rung_4", "frequency": "month", "baseline": "4"})
    assert "De boeken weten de start" in client.post(at("pad_indicators"), fed).content.decode()
    assert client.post(at("pad_goals"), {"base": before}).status_code == 422
    assert newest(bakery) == before


def test_a_collision_shows_both_texts_and_the_second_try_keeps_them():
    bakery = build_enterprise()
    write(bakery)
    base = newest(bakery)
    anna, bram = sign_in(bakery), sign_in(bakery, MemberRole.HELPER)
    texts = {"mission": MISSION.mission, "stance": MISSION.stance}
    bram.post(at("pad_mission"), texts | {"base": base, "problem": "Zo zegt Bram het."})
    answer = anna.post(at("pad_mission"), texts | {"base": base, "problem": "Zo zegt Anna het."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Zo zegt Bram het." in page
    assert "Zo zegt Anna het." in page
    assert pad_of(bakery).mission.problem == "Zo zegt Bram het."
    again = texts | {"base": answer.context["base"], "problem": "Zo zegt Anna het."}
    assert anna.post(at("pad_mission"), again).status_code == 302
    assert pad_of(bakery).mission.problem == "Zo zegt Anna het."


def test_looking_first_then_publishing_exactly_that():
    bakery = build_enterprise()
    write(bakery)
    client, number = sign_in(bakery), newest(bakery)
    page = client.get(at("impactpad_preview"))
    assert "Geen brood uit onze oven gaat weg." in page.content.decode()
    assert not PadPublication.objects.exists()
    write(bakery, without(mission=replace(MISSION, problem="Net veranderd.")))
    assert client.post(at("impactpad_preview"), {"number": number}).status_code == 409
    assert not PadPublication.objects.exists()
    assert client.post(at("impactpad_preview"), {"number": newest(bakery)}).status_code == 302
    assert PadPublication.objects.get().done_by is not None
    client.post(at("impactpad_take_down"))
    assert PadPublication.objects.first().version is None


def test_a_page_with_a_bare_claim_stays_off_the_street():
    bakery = build_enterprise()
    write(bakery, without(mission=replace(MISSION, mission="Een duurzame bakkerij.")))
    client = sign_in(bakery)
    answer = client.post(at("impactpad_preview"), {"number": newest(bakery)})
    assert answer.status_code == 422
    assert "Een duurzame bakkerij." in answer.content.decode()
    assert "“duurzame” mag hier niet staan" in answer.content.decode()
    assert not PadPublication.objects.exists()


def test_a_level_is_handed_in_with_a_file_that_is_what_it_says():
    bakery = build_enterprise()
    write(bakery)
    client = sign_in(bakery)
    assert client.post(at("impactpad_level", 1), {"text": "Verslag"}).status_code == 422
    wrong = SimpleUploadedFile("verslag.pdf", b"<script>alert(1)</script>")
    sent = client.post(at("impactpad_level", 1), {"text": "Verslag", "file": wrong})
    assert sent.status_code == 422
    assert "Verslag" in sent.content.decode()
    right = SimpleUploadedFile("ons verslag.pdf", PDF)
    assert client.post(at("impactpad_level", 1), {"text": "Ok", "file": right}).status_code == 302
    claim = LevelClaim.objects.get()
    given = client.get(at("impactpad_proof", claim.public_id))
    assert (given.content, given["content-type"]) == (PDF, "application/pdf")
    assert given["content-disposition"] == 'attachment; filename="onsverslag.pdf"'
    client.post(at("impactpad_withdraw", claim.public_id))
    assert LevelClaim.objects.get().status == "withdrawn"
    assert client.get(at("impactpad_level", 6)).status_code == 404


def test_another_enterprise_and_a_guest_get_nothing_and_change_nothing(client: Client):
    bakery, other = build_enterprise(), build_enterprise("Molen De Ander")
    write(bakery)
    publish(bakery)
    claim = claim_level(enterprise=bakery, level=1, proof=PROOF, user=None, now=NOW)
    stranger = sign_in(other)
    before = list(PadVersion.objects.values_list("pk", "content"))
    for name, args in {
        "impactpad_version": [1],
        "impactpad_preview": [],
        "impactpad_proof": [claim.public_id],
        "impactpad_withdraw": [claim.public_id],
    }.items():
        assert stranger.get(at(name, *args)).status_code in (404, 405)
        assert client.get(at(name, *args)).status_code in (302, 405)
    for name, args in {"impactpad_version": [1], "impactpad_withdraw": [claim.public_id]}.items():
        assert stranger.post(at(name, *args)).status_code == 404
    stranger.post(at("impactpad_take_down"))
    assert "Geen brood" not in stranger.get(at("impactpad")).content.decode()
    assert list(PadVersion.objects.values_list("pk", "content")) == before
    assert LevelClaim.objects.get().status == "claimed"
    assert PadPublication.objects.count() == 1


def test_a_helper_writes_but_does_not_publish_claim_or_see_hours():
    bakery = build_enterprise()
    hours = Indicator("i3", "Uren", feed=Feed.WORK_HOURS, frequency="month")
    write(bakery, without(indicators=(*INDICATORS, hours)))
    helper, owner = sign_in(bakery, MemberRole.HELPER), sign_in(bakery)
    for name, args in {"impactpad_preview": [], "impactpad_level": [1]}.items():
        assert helper.get(at(name, *args)).status_code == 404
        assert helper.post(at(name, *args), {"number": newest(bakery)}).status_code == 404
    assert helper.post(at("impactpad_take_down")).status_code == 404
    assert "Alleen de eigenaar" in helper.get(at("pad_rounds")).content.decode()
    assert "Alleen de eigenaar" not in owner.get(at("pad_rounds")).content.decode()
    assert not PadPublication.objects.exists()


def test_an_earlier_version_is_read_and_put_back():
    bakery = build_enterprise()
    write(bakery)
    client = sign_in(bakery)
    assert "Geen brood" in client.get(at("impactpad_version", 1)).content.decode()
    assert client.post(at("impactpad_version", 1)).status_code == 302
    assert pad_of(bakery).links == ()
    assert read_pad(PadVersion.objects.get(number=newest(bakery) - 1).content).links == LINKS


def test_the_desk_takes_few_queries(django_assert_num_queries: Any):
    bakery = build_enterprise()
    write(bakery, FULL)
    publish(bakery)
    reach(bakery, 1)
    client = sign_in(bakery)
    client.get(at("impactpad"))
    # Session, person, his enterprises and the one he chose come first; the pad itself takes five.
    with django_assert_num_queries(10):
        page = client.get(at("impactpad"))
    assert "bereikt" in page.content.decode()
