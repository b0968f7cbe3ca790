"""The catalogue validates as DCAT-AP-NL 3.0, and a fault in it is found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import Graph

from tests.ketens.open_data.releases import build_releases

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("dcat_ap_nl.ttl")


@pytest.fixture
def catalogue(client: Client) -> dict[str, Any]:
    build_releases()
    answer = client.get("/monitor/gegevens/catalogus.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    return answer.json()


def check(catalogue: dict[str, Any]) -> tuple[bool, str]:
    graph = Graph().parse(data=json.dumps(catalogue), format="json-ld")
    conforms, _report, text = validate(graph, shacl_graph=Graph().parse(SHAPES))
    return conforms, text


def test_the_catalogue_conforms(catalogue: dict[str, Any]) -> None:
    conforms, text = check(catalogue)
    assert conforms, text


FAULTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no contact": lambda c: c.pop("dcat:contactPoint"),
    "no dataset": lambda c: c.pop("dcat:dataset"),
    "no identifier": lambda c: c["dcat:dataset"][-1].pop("dct:identifier"),
    "no creator": lambda c: c["dcat:dataset"][-1].pop("dct:creator"),
    "no theme": lambda c: c["dcat:dataset"][-1].pop("dcat:theme"),
    "no access rights": lambda c: c["dcat:dataset"][-1].pop("dct:accessRights"),
    "no licence": lambda c: c["dcat:dataset"][-1]["dcat:distribution"][0].pop("dct:license"),
    "no address": lambda c: c["dcat:dataset"][-1]["dcat:distribution"][0].pop("dcat:accessURL"),
    "no endpoint": lambda c: c["dcat:service"][0].pop("dcat:endpointURL"),
    "no description": lambda c: c["dcat:service"][0].pop("dcat:endpointDescription"),
    "own theme": lambda c: c["dcat:dataset"][-1].update({"dcat:theme": {"@id": "urn:eten"}}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_catalogue_is_found(catalogue: dict[str, Any], fault: str) -> None:
    FAULTS[fault](catalogue)
    assert not check(catalogue)[0]


def test_every_quarter_is_a_dataset_of_its_series(catalogue: dict[str, Any]) -> None:
    kinds = [one["@type"] for one in catalogue["dcat:dataset"]]
    assert kinds.count("dcat:DatasetSeries") == 2
    quarters = [one for one in catalogue["dcat:dataset"] if "dcat:inSeries" in one]
    assert len(quarters) == 4
    assert {one["dct:temporal"]["dcat:endDate"]["@value"] for one in quarters} == {
        "2026-06-30",
        "2026-09-30",
    }
