"""What happens when an editor publishes: pages that are kept are forgotten."""

from typing import Any

from wagtail.signals import page_published, page_unpublished

from winkelstraat.common.page_cache import move_topics


def connect() -> None:
    """Listen to Wagtail."""
    page_published.connect(forget_kept_pages, dispatch_uid="forget_kept_pages")
    page_unpublished.connect(forget_kept_pages, dispatch_uid="forget_kept_pages")


def forget_kept_pages(sender: Any, **_details: Any) -> None:
    """Forget every kept page: agenda, stories and tiles stand on more than one."""
    move_topics("pages")
