"""Only a program that knows its secret reads what we exchange, and only for an hour."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.ketens.exchange.clients import NAME, admit, ask_token, build_reader, credentials

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def read(client: Client) -> tuple[int, str]:
    """Read a batch that is not there; who is let in hears so."""
    answer = client.get(reverse("exchange:batch_events", args=[uuid4()]))
    return answer.status_code, answer.json()["code"]


def test_a_known_program_gets_a_token_of_an_hour_and_reads(settings: Any) -> None:
    admit(settings)
    answer = ask_token(Client(), **credentials())
    assert answer.status_code == 200
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("bearer", 3600)
    assert "no-store" in answer.headers["Cache-Control"]
    assert read(build_reader(settings)) == (404, "NotFound")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        credentials(secret="wrong"),
        credentials(name="nobody"),
        credentials(name="nobody", secret=""),
        {"authorization": "Basic not-base64"},
        {"authorization": "Bearer abc"},
    ],
)
def test_a_program_that_proves_nothing_gets_no_token(
    settings: Any, headers: dict[str, str]
) -> None:
    admit(settings)
    answer = ask_token(Client(), **headers)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_another_way_of_asking_is_refused_and_so_is_asking_too_often(settings: Any) -> None:
    admit(settings)
    answer = Client().post(
        reverse("exchange:token"), {"grant_type": "password"}, headers=credentials()
    )
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})
    for _ in range(19):
        ask_token(Client(), **credentials(secret="guess"))
    answer = ask_token(Client(), **credentials())
    assert (answer.status_code, answer.json()) == (429, {"error": "slow_down"})
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_nothing_is_read_without_a_token_that_counts(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(Client()) == (403, "AccessDenied")
    assert read(Client(headers={"authorization": "Bearer made-up"})) == (403, "AccessDenied")
    with monkeypatch.context() as long_ago:
        long_ago.setattr("django.core.signing.time.time", lambda: 1_700_000_000)
        old = build_reader(settings)
    assert read(old) == (401, "TokenExpired")
    current = build_reader(settings)
    settings.EXCHANGE_CLIENTS = {}
    assert read(current) == (403, "AccessDenied")
    assert NAME not in settings.EXCHANGE_CLIENTS
