"""Tell a shop's story on its page, within the limits of the law on claims, and undo it."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils import timezone

from dorpen.register.models import Photo
from winkelstraat.common.claims import check_text
from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.models import SellerProfile, ShopStory
from winkelstraat.shop.operations.drafts import claims_of
from winkelstraat.shop.operations.pictures import keep_picture
from winkelstraat.shop.operations.prices import renew_pages
from winkelstraat.shop.queries.sellers import PHOTO_SPEC


class NothingToUndo(Exception):
    """The page was never changed, or only once."""


@dataclass(frozen=True)
class StoryDraft:
    """What a shop tells, in plain text; no photo keeps the one that is there."""

    tagline: str
    story: str
    photo: IO[bytes] | None = None


@transaction.atomic
def publish_story(
    *, seller: SellerProfile, draft: StoryDraft, user_id: int | None, now: datetime
) -> ShopStory:
    """Put a shop's own words on its page.

    :raises CannotPublish: for a green or social claim that nothing proves.
    :raises PictureRefused: for a file that is no picture; nothing is changed then.
    """
    seller = SellerProfile.objects.select_for_update().get(pk=seller.pk)
    refuse_bare_claims(seller, draft, now)
    photo = seller.photo
    if draft.photo is not None:
        photo = keep_picture(upload=draft.photo, title=seller.name, credit=seller.name)
        photo.get_rendition(PHOTO_SPEC)
    if not seller.stories.exists():
        _write(seller, seller.tagline, seller.story, seller.photo, None, now)
    return _show(seller, draft.tagline, draft.story, photo, user_id, now)


@transaction.atomic
def undo_story(*, seller: SellerProfile, user_id: int | None, now: datetime) -> ShopStory:
    """Put back what stood there before the last change; that is a publication as well.

    :raises NothingToUndo: when there is no earlier one.
    """
    seller = SellerProfile.objects.select_for_update().get(pk=seller.pk)
    last = list(seller.stories.select_related("photo")[:2])
    if len(last) < 2:
        raise NothingToUndo
    before = last[1]
    return _show(seller, before.tagline, before.story, before.photo, user_id, now)


def refuse_bare_claims(seller: SellerProfile, draft: StoryDraft, now: datetime) -> None:
    """Refuse words about the planet or people that nothing proves (ECGT, Annex I).

    :raises CannotPublish: naming field, rule and words of each.
    """
    context = claims_of(seller, is_food=False, today=timezone.localdate(now))
    missing = [
        f"claim:{name}:{finding.rule}:{finding.words}"
        for name, text in (("tagline", draft.tagline), ("story", draft.story))
        for finding in check_text(text, context)
        if finding.is_blocking
    ]
    if missing:
        raise CannotPublish(missing)


def _show(
    seller: SellerProfile,
    tagline: str,
    story: str,
    photo: Photo | None,
    user_id: int | None,
    now: datetime,
) -> ShopStory:
    seller.tagline, seller.story, seller.photo = tagline, story, photo
    seller.save(update_fields=["tagline", "story", "photo"])
    renew_pages(seller.pk)
    return _write(seller, tagline, story, photo, user_id, now)


def _write(
    seller: SellerProfile,
    tagline: str,
    story: str,
    photo: Photo | None,
    user_id: int | None,
    now: datetime,
) -> ShopStory:
    return ShopStory.objects.create(
        seller=seller,
        tagline=tagline,
        story=story,
        photo=photo,
        author_id=user_id,
        published_at=now,
    )
