"""Connected accounts: created, onboarded through a page, able to receive or not."""

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe

from tests.payments.sandbox.till import transfer
from tests.sandbox import sign

CAPABILITY = "v2.core.account[configuration.recipient].capability_status_updated"
REQUIREMENTS = "v2.core.account[requirements].updated"
WHOLE = ["configuration.recipient", "requirements", "identity", "defaults"]
REFRESH, RETURN = "http://shop.example/again", "http://shop.example/back"


def create(till, **fields):
    wish = {
        "display_name": "Bakkerij Es",
        "contact_email": "bakker@example.org",
        "dashboard": "express",
        "identity": {"country": "nl", "entity_type": "individual"},
        "configuration": {
            "recipient": {
                "capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}
            }
        },
        "defaults": {
            "responsibilities": {
                "fees_collector": "application",
                "losses_collector": "application",
            }
        },
        "include": WHOLE,
        **fields,
    }
    return till.whole.v2.core.accounts.create(wish)


def read(till, name):
    return till.whole.v2.core.accounts.retrieve(name, {"include": WHOLE})


def status_of(account):
    return account.configuration.recipient.capabilities.stripe_balance.stripe_transfers.status


def link(till, account):
    options = {"refresh_url": REFRESH, "return_url": RETURN}
    return till.whole.v2.core.account_links.create(
        {
            "account": account.id,
            "use_case": {"type": "account_onboarding", "account_onboarding": options},
        }
    )


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


def visit(address, **form):
    """Return (status, place to go, page) of one step in a browser."""
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(Stay).open(address, data, timeout=5) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("Location", ""), answer.read().decode()


def onboard(till, account, choice):
    address = link(till, account).url
    _, page, _ = visit(address)
    return visit(till.console.address + page, choice=choice)


def test_a_new_account_cannot_receive_until_it_is_onboarded_and_checked(till):
    account = create(till)
    assert status_of(account) == "restricted"
    assert "external_account" in [e.description for e in account.requirements.entries]
    charge = till.charge(1000)
    with pytest.raises(stripe.InvalidRequestError) as no:
        transfer(till.api, charge, 100, destination=account.id)
    assert no.value.code == "insufficient_capabilities_for_transfer"
    assert onboard(till, account, "everything")[:2] == (303, RETURN)
    assert status_of(read(till, account.id)) == "pending"
    with pytest.raises(stripe.InvalidRequestError):
        transfer(till.api, charge, 100, destination=account.id)
    till.console.pass_time(3)
    ready = read(till, account.id)
    assert (status_of(ready), ready.requirements.entries) == ("active", [])
    transfer(till.api, charge, 100, destination=account.id)
    assert till.holds(account.id) == (0, 100)


@pytest.mark.parametrize(
    ("choice", "left", "status"),
    [
        ("without_bank_account", ["external_account"], "restricted"),
        (
            "without_document",
            ["identity.individual.documents.primary_verification"],
            "restricted",
        ),
        ("be_refused", None, "rejected"),
        ("leave", None, "restricted"),
    ],
)
def test_each_way_to_leave_the_page_ends_at_the_platform(till, choice, left, status):
    account = create(till)
    before = [e.description for e in account.requirements.entries]
    assert onboard(till, account, choice)[:2] == (303, RETURN)
    till.console.pass_time(3)
    now = read(till, account.id)
    assert status_of(now) == status
    assert [e.description for e in now.requirements.entries] == (before if left is None else left)


def test_a_link_works_once_and_for_five_minutes(till):
    account = create(till)
    first = link(till, account)
    status, page, _ = visit(first.url)
    assert (status, page[:19]) == (303, "/onboarding/bezoek/")
    _, _, html = visit(till.console.address + page)
    assert 'lang="nl"' in html
    assert "Je rekeningnummer (IBAN)" in html
    assert visit(first.url)[:2] == (303, REFRESH)
    second = link(till, account)
    till.console.pass_time(301)
    assert visit(second.url)[:2] == (303, REFRESH)
    assert visit(f"{till.console.address}/onboarding/none")[0] == 404
    assert visit(till.console.address + page, choice="unknown")[0] == 400
    assert visit(till.console.address + page, choice="leave")[:2] == (303, RETURN)
    assert visit(till.console.address + page)[0] == 404
    assert status_of(read(till, account.id)) == "restricted"


def test_thin_reports_name_the_account_and_the_event_tells_more(till):
    account = create(till)
    onboard(till, account, "everything")
    till.console.pass_time(3)
    reports = till.console.list_reports(account.id, endpoint="thin")
    kinds = [r["type"] for r in reports]
    assert kinds[0] == "v2.core.account.created"
    assert kinds.count(REQUIREMENTS) == 1
    assert kinds[-1] == CAPABILITY
    payload = reports[-1]["payload"]
    assert "updated_capability" not in payload
    notification = till.whole.parse_event_notification(payload, sign(payload), "whsec_tests")
    assert notification.related_object.id == account.id
    assert notification.fetch_related_object().id == account.id
    event = notification.fetch_event()
    assert event.data.updated_capability == "stripe_balance.payouts"
    listed = till.whole.v2.core.events.list({"object_id": account.id, "limit": 2})
    assert [e.id for e in listed.data] == [json.loads(r["payload"])["id"] for r in reports[:-3:-1]]
    assert len(list(listed.auto_paging_iter())) == len(reports)


def test_sections_are_shown_only_when_asked_for(till):
    account = create(till)
    bare = till.whole.v2.core.accounts.retrieve(account.id)
    assert (bare.configuration, bare.requirements, bare.identity) == (None, None, None)
    assert till.whole.v2.core.accounts.list().data[0].id == account.id


def test_losses_must_be_the_platforms(till):
    duties = {"fees_collector": "stripe", "losses_collector": "stripe"}
    with pytest.raises(stripe.InvalidRequestError, match="losses_collector"):
        create(till, defaults={"responsibilities": duties})
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameter: colour"):
        create(till, colour="red")
    assert till.whole.v2.core.accounts.list().data == []


def test_a_closed_account_receives_nothing_and_says_so(till):
    account = create(till)
    till.console.call("PUT", f"accounts/{account.id}", stripe_transfers="active")
    assert till.whole.v2.core.accounts.close(account.id).closed is True
    assert till.told(account.id, endpoint="thin")[-1] == "v2.core.account.closed"
    with pytest.raises(stripe.InvalidRequestError) as no:
        transfer(till.api, till.charge(1000), 100, destination=account.id)
    assert no.value.code == "insufficient_capabilities_for_transfer"
    with pytest.raises(stripe.InvalidRequestError):
        link(till, account)


def test_version_1_shows_the_same_account(till):
    account = create(till)
    old = till.api.accounts.retrieve(account.id)
    assert (old.capabilities.transfers, old.payouts_enabled) == ("inactive", False)
    assert "external_account" in old.requirements.currently_due
    till.console.call("PUT", f"accounts/{account.id}", onboarding="everything")
    till.console.pass_time(3)
    old = till.api.accounts.retrieve(account.id)
    assert (old.capabilities.transfers, old.payouts_enabled) == ("active", True)
    assert till.told(account.id, endpoint="connect")[-1] == "account.updated"
    made = till.api.accounts.create(
        {"country": "NL", "capabilities": {"transfers": {"requested": True}}}
    )
    assert status_of(read(till, made.id)) == "restricted"
    way_in = till.api.account_links.create(
        {
            "account": made.id,
            "type": "account_onboarding",
            "refresh_url": REFRESH,
            "return_url": RETURN,
        }
    )
    assert visit(way_in.url)[0] == 303


def test_an_account_that_was_only_named_exists_and_can_receive(till):
    transfer(till.api, till.charge(1000), 100, destination="acct_named")
    assert status_of(read(till, "acct_named")) == "active"
    with pytest.raises(stripe.InvalidRequestError):
        read(till, "acct_unheard_of")


def test_version_2_repeats_what_succeeded_and_does_failed_work_again(till):
    key = {"idempotency_key": "same"}
    wish = {"display_name": "Es", "include": ["identity"]}
    till.console.spoil("500", "/v2/")
    accounts = till.whole.v2.core.accounts
    with pytest.raises(stripe.APIError):
        accounts.create(wish, key)
    first = accounts.create(wish, key)
    till.console.pass_time(29 * 86_400)
    assert accounts.create(wish, key).id == first.id
    with pytest.raises(stripe.IdempotencyError):
        accounts.create({"display_name": "Ander"}, key)
