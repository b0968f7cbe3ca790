"""The API: what it answers, what it refuses, and that no question breaks it."""

import json
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from ketens.views.open_data import api as module
from ketens.views.open_data.api import api
from tests.ketens.open_data.releases import build_releases

pytestmark = pytest.mark.django_db
PROBLEM = {"title", "status", "detail"}


@pytest.fixture(autouse=True)
def _releases() -> None:
    cache.clear()
    build_releases()


def ask(client: Client, path: str, **choices: Any) -> Any:
    answer = client.get(f"/api/v1{path}", choices)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_description_is_valid_openapi(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    validate(document)
    assert document["info"]["version"] == "1.0"
    assert {"/api/v1/figures", "/api/v1/releases", "/api/v1/work"} <= set(document["paths"])


@pytest.mark.django_db(transaction=True)
def test_no_question_made_from_the_description_breaks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_A_MINUTE", 1_000_000)
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    schema.app = get_wsgi_application()
    asked = 0
    checks = [not_a_server_error, response_schema_conformance, status_code_conformance]
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=25,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def fuzz(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(checks=checks)

        fuzz()
    assert asked > 60


def test_pages_of_figures_add_up_to_the_file(client: Client) -> None:
    rows: list[Any] = []
    address = "/api/v1/figures?limit=2&time_period=2026-Q3"
    while address:
        answer = client.get(address).json()
        assert len(answer["figures"]) <= 2
        rows += answer["figures"]
        address = (answer["next"] or "").removeprefix("http://127.0.0.1:8000")
    file = client.get("/monitor/gegevens/2026-q3/cijfers.json")
    assert rows == json.loads(b"".join(file.streaming_content))["rows"]


def test_a_figure_is_chosen_by_measure_place_chain_and_period(client: Client) -> None:
    waste = ask(client, "/figures", indicator="food_waste_g", ref_area="NL13")["figures"]
    assert [(row["time_period"], row["obs_value"]) for row in waste] == [
        ("2026-Q2", 12_000),
        ("2026-Q3", 9_000),
        ("2026-Q2", 12_500),
    ]
    chain = ask(client, "/figures", chain="rogge-brood")["figures"]
    assert [row["indicator"] for row in chain] == ["emission_mg_co2e"]
    everything = ask(client, "/figures", chain="_T", time_period="2026-q3")["figures"]
    assert len(everything) == 4
    assert ask(client, "/figures", ref_area="nergens")["figures"] == []
    assert ask(client, "/figures", ref_area="GM0000")["figures"] == []


def test_a_release_has_its_digest_and_files(client: Client) -> None:
    found = ask(client, "/releases/2026-Q3")
    assert found["digest"] == "b" * 64
    assert found["corrections"] == 1
    assert any(one.endswith("/monitor/gegevens/2026-q3/cijfers.parquet") for one in found["files"])
    assert [one["time_period"] for one in ask(client, "/releases")] == ["2026-Q3", "2026-Q2"]
    assert ask(client, "/")["newest"] == "2026-Q3"


def test_lists_explain_the_codes(client: Client) -> None:
    measures = {one["indicator"]: one for one in ask(client, "/measures")}
    assert measures["food_waste_g"]["sdg"] == "12.3"
    assert measures["emission_mg_co2e"]["sdg_of_agenda"] == "11.4"
    assert ask(client, "/places")[0]["ref_area"] == "NL13"
    assert [one["chain"] for one in ask(client, "/chains")] == ["rogge-brood"]
    assert {one["category"] for one in ask(client, "/work", time_period="2026-Q3")} >= {"WAJONG"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/figures?indicator=geluk", 404),
        ("/figures?time_period=gisteren", 422),
        ("/figures?time_period=0001-Q1", 404),
        ("/releases/2020-Q1", 404),
        ("/work", 422),
        ("/figures?limit=0", 422),
        ("/figures?limit=100000", 422),
        ("/figures?after=-1", 422),
    ],
)
def test_a_refusal_says_what_is_wrong_in_one_shape(
    client: Client, address: str, status: int
) -> None:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == status
    assert set(answer.json()) == PROBLEM
    assert answer.json()["status"] == status


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_the_api_reads_only(client: Client, verb: str) -> None:
    assert getattr(client, verb)("/api/v1/figures").status_code == 405


def test_who_asks_too_often_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_A_MINUTE", 2)
    address = {"REMOTE_ADDR": "203.0.113.7"}
    answers = [client.get("/api/v1/measures", **address) for _time in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert set(answers[2].json()) == PROBLEM
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60


def test_answers_may_be_kept_until_the_next_release(client: Client) -> None:
    first = client.get("/api/v1/figures")
    assert "public" in first.headers["Cache-Control"]
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/api/v1/figures", headers=tag).status_code == 304


def test_figures_take_few_questions(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        client.get("/api/v1/figures?indicator=food_waste_g")
