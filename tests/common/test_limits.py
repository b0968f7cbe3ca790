"""Who asks too often has to wait; others do not notice."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from winkelstraat.common.limits import client_address, count_use, limit


@limit("test", most=2, seconds=60)
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def post(address: str) -> HttpResponse:
    """Ask the page from an address."""
    return page(RequestFactory().post("/", REMOTE_ADDR=address))


def test_the_third_use_is_refused_with_the_time_to_wait() -> None:
    assert [post("10.0.0.1").status_code for _ in range(3)] == [200, 200, 429]
    refused = post("10.0.0.1")
    assert 0 < int(refused["Retry-After"]) <= 60


def test_another_visitor_has_his_own_count() -> None:
    for _ in range(3):
        post("10.0.0.2")
    assert post("10.0.0.3").status_code == 200


def test_looking_does_not_count() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.4")
    assert [page(request).status_code for _ in range(5)] == [200] * 5


def test_a_window_starts_at_the_first_use() -> None:
    assert count_use("window", seconds=60)[0] == 1
    uses, wait = count_use("window", seconds=60)
    assert uses == 2
    assert wait in {59, 60}


def test_a_forwarded_address_counts_only_behind_our_own_proxy(settings: Settings) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2"
    )
    settings.TRUSTED_PROXIES = 0
    assert client_address(request) == "10.0.0.9"
    settings.TRUSTED_PROXIES = 1
    assert client_address(request) == "2.2.2.2"
