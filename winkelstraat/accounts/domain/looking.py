"""What staff may see when they look along with a person: reading only, and never money.

An address that nobody put on a list is not shown, so that a new page is safe until
somebody thought about it.
"""

from datetime import timedelta

LONGEST = timedelta(minutes=15)
SHORTEST_REASON = 10

# Every page of these parts is shown, but for those below.
SHOWN = frozenset(
    ("shop", "catalogue", "desk", "chain_desk", "ketens", "pages", "register", "delivery", "")
)
NEVER_SHOWN = frozenset(
    (
        # Paying, what was paid, and the papers about it.
        "shop:checkout",
        "shop:order_pay",
        "shop:order_back",
        "shop:order_paper",
        "shop:order_key",
        "desk:money",
        "desk:be_paid",
        "desk:paid_back",
        "desk:papers",
        "desk:book",
        "desk:paper_pdf",
        "desk:paper_xml",
        "desk:give_back",
        "desk:vouchers",
        # What lets somebody in, or says who somebody is.
        "shop:invitation",
        "shop:notice",
        "shop:calendar",
        "desk:calendar",
        "desk:people",
        "desk:person",
        # People at work.
        "chain_desk:hours",
        "chain_desk:obligations",
        "chain_desk:obligation",
        "chain_desk:block_step",
        "chain_desk:pad_rounds",
        "chain_desk:impactpad_version",
        "chain_desk:impactpad_proof",
        # What nobody reads beside the name of an enterprise, as the questions promise.
        "chain_desk:profile",
        "chain_desk:profile_step",
    )
)
# Addresses without a name of ours: the village pages, and files that pages need.
SHOWN_WITHOUT_NAME = frozenset(("wagtail_serve", "django.views.static.serve"))


class MayNotLookAlong(Exception):
    """The person is staff himself, is who asks, or is not here; nobody looks along with him."""


class ReasonTooShort(Exception):
    """Why somebody looks along must be said in ten letters at least."""


def is_shown(view_name: str) -> bool:
    """Tell whether a page, by its name with its part, is shown to who looks along."""
    part, _colon, _name = view_name.rpartition(":")
    if not part:
        return view_name in SHOWN_WITHOUT_NAME
    return part in SHOWN and view_name not in NEVER_SHOWN
