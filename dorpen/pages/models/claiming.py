"""Look for bare claims in everything that an editor wrote on a page."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page

from winkelstraat.common.claims import Context, Subject, check_text
from winkelstraat.common.claims.wording import explain_claim

WRITTEN = (models.CharField, models.TextField, StreamField)
NOT_WRITTEN = (models.SlugField, models.URLField)


def list_bare_claims(page: Page) -> dict[str, list[str]]:
    """Return for each field of a page why something in it may not stand there."""
    context = Context(today=timezone.localdate(), subject=Subject.PAGE)
    found: dict[str, list[str]] = {}
    for field in page._meta.concrete_fields:
        if not isinstance(field, WRITTEN) or isinstance(field, NOT_WRITTEN) or not field.editable:
            continue
        for text in _texts(field.value_from_object(page)):
            for finding in check_text(text, context):
                if finding.is_blocking:
                    words = explain_claim(finding.rule, finding.words)
                    found.setdefault(field.name, []).append(words)
    return found


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "get_prep_value"):
        yield from _texts(value.get_prep_value())
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("id", "type"):
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
