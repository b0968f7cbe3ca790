"""Editors preview, keep revisions, and reach their own village only."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dorpen.pages.models import VillagePage
from dorpen.pages.operations import appoint_village_editor
from winkelstraat.accounts.models import User


@pytest.fixture
def editor(norg: VillagePage, settings: Any) -> Client:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    user = User.objects.create_user("redacteur@example.nl")
    appoint_village_editor(page=norg, user=user)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(page: VillagePage, **changes: Any) -> dict[str, Any]:
    values = {
        "title": page.title,
        "slug": page.slug,
        "intro": page.intro,
        "head_layers": page.head_layers,
        "body-count": "2",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "notice",
        "body-0-id": "",
        "body-0-value-title": "De brug is dicht",
        "body-0-value-text": "Tot vrijdag.",
        "body-0-value-until": "",
        "body-1-deleted": "",
        "body-1-order": "1",
        "body-1-type": "shops",
        "body-1-id": "",
        "body-1-value-title": "Onze winkels",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    return {**values, **changes}


def test_a_draft_is_previewed_kept_as_a_revision_and_seen_after_publishing(
    editor: Client, client: Client, norg: VillagePage
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[norg.pk])
    assert b'type="checkbox"' in editor.get(edit).content
    values = form_of(norg, intro="Concept van Norg", head_layers=["mill", "heath"])

    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[norg.pk])
    kept = editor.post(preview, values)
    assert json.loads(kept.content)["is_valid"] is True
    seen = editor.get(preview).content.decode()
    assert "Concept van Norg" in seen
    assert "De brug is dicht" in seen
    assert "Concept van Norg" not in client.get(norg.url).content.decode()

    assert editor.post(edit, values).status_code == 302
    norg.refresh_from_db()
    assert norg.intro == ""
    assert norg.get_latest_revision_as_object().intro == "Concept van Norg"
    assert "Concept van Norg" not in client.get(norg.url).content.decode()

    assert editor.post(edit, {**values, "action-publish": "yes"}).status_code == 302
    norg.refresh_from_db()
    assert (norg.intro, norg.head_layers) == ("Concept van Norg", ["mill", "heath"])
    assert [block.block_type for block in norg.body] == ["notice", "shops"]
    assert norg.revisions.count() == 2
    page = client.get(norg.url).content.decode()
    assert "Concept van Norg" in page
    assert "De brug is dicht" in page


def test_an_editor_goes_back_to_an_earlier_revision(editor: Client, norg: VillagePage) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[norg.pk])
    for intro in ("Eerst", "Later"):
        editor.post(edit, {**form_of(norg, intro=intro), "action-publish": "yes"})
    first = norg.revisions.order_by("created_at").first()
    shown = editor.get(reverse("wagtailadmin_pages:revisions_revert", args=[norg.pk, first.pk]))
    assert shown.status_code == 200
    assert "Eerst" in shown.content.decode()


def test_an_editor_cannot_touch_another_village(editor: Client, norg: VillagePage) -> None:
    other = VillagePage.objects.exclude(pk=norg.pk).get()
    before = VillagePage.objects.filter(pk=other.pk).values().get()
    edit = reverse("wagtailadmin_pages:edit", args=[other.pk])
    answer = editor.post(edit, {**form_of(other, intro="Gekaapt"), "action-publish": "yes"})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert VillagePage.objects.filter(pk=other.pk).values().get() == before
    assert other.revisions.count() == 0


def test_an_editor_makes_no_home_page_and_moves_nothing(editor: Client, norg: VillagePage) -> None:
    home = norg.get_parent().get_parent()
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 302
    new = reverse("wagtailadmin_pages:add", args=["pages", "villagepage", norg.get_parent().pk])
    assert editor.get(new).status_code == 302
    story = reverse("wagtailadmin_pages:add", args=["pages", "storypage", norg.pk])
    assert editor.get(story).status_code == 200
