"""Appoint the people of a village who write its page."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from dorpen.pages.models import VillagePage
from winkelstraat.accounts.models import User

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
PHOTO_PERMISSIONS = ("add_photo", "choose_photo")


@transaction.atomic
def appoint_village_editor(*, page: VillagePage, user: User) -> Group:
    """Let a person write and publish below one village's page and nowhere else."""
    group = make_village_group(page)
    user.groups.add(group)
    return group


@transaction.atomic
def dismiss_village_editor(*, page: VillagePage, user: User) -> None:
    """End a person's place among a village's editors, from the next request on."""
    user.groups.remove(*Group.objects.filter(name=group_name(page)))


def group_name(page: VillagePage) -> str:
    """Return the name of a village's group of editors."""
    return f"village_editors:{page.slug}"


def make_village_group(page: VillagePage) -> Group:
    """Return the group that may write below one village's page."""
    group, _made = Group.objects.get_or_create(name=group_name(page))
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    for permission in Permission.objects.filter(
        content_type__app_label="register", codename__in=PHOTO_PERMISSIONS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    return group
