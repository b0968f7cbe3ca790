"""What a helper may do at the desk of a shop, address by address.

Everything that is not named here may be done by all who work there: packing, handing
over, taking orders. A new address must be put into a group; a test holds the list to the
table of addresses.
"""

from dataclasses import dataclass

MONEY = frozenset(
    {
        "be_paid",
        "book",
        "give_back",
        "goods_back",
        "kor_end",
        "money",
        "paid_back",
        "paper_pdf",
        "paper_xml",
        "papers",
        "returns",
        "sales",
        "undelivered",
        "vouchers",
    }
)
OFFER = frozenset(
    {
        "offer",
        "offer_alone",
        "offer_new",
        "offer_propose",
        "offer_quick",
        "offer_remove",
        "offer_sketch",
        "recalls",
        "story",
        "story_undo",
        "sheet",
        "sheet_apply",
        "sheet_out",
        "sheet_undo",
        "sheets",
        "surplus",
        "surplus_close",
        "surplus_one",
        "surplus_place",
        "surplus_start",
        "times",
    }
)
OWNER = frozenset({"invitation_withdraw", "people", "person", "suspension"})
EVERYBODY = frozenset(
    {
        "complaint",
        "complaints",
        "calendar",
        "collected",
        "labels",
        "more",
        "offers",
        "order",
        "packing",
        "phone",
        "phone_buyer",
        "phone_order",
        "poster",
        "poster_pdf",
        "ready",
        "today",
        "weigh",
    }
)


@dataclass(frozen=True)
class Rights:
    """What one person may do in one shop; an owner may do everything."""

    is_owner: bool = True
    sees_buyers: bool = True
    handles_money: bool = True
    changes_offer: bool = True

    def may_open(self, address: str) -> bool:
        """Tell whether a page of the desk, by its name, is open to this person."""
        if address in OWNER:
            return self.is_owner
        if address in MONEY:
            return self.is_owner or self.handles_money
        if address in OFFER:
            return self.is_owner or self.changes_offer
        return True


ALL_RIGHTS = Rights()
