"""Oscar as a library: its defaults, then what differs here (ADR 0001)."""

from oscar.defaults import *  # noqa: F403

OSCAR_DYNAMIC_CLASS_LOADER = "winkelstraat.shop.overrides.load_classes"
OSCAR_SHOP_NAME = "Drentse Winkelstraat"
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "EUR"
OSCAR_OFFERS_INCL_TAX = True
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_ORDER_STATUS_PIPELINE: dict[str, tuple[str, ...]] = {}
