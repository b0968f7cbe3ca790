"""Lists of rows whose every change by staff leaves a trace, with what it was before."""

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Model
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record


def thing_of(row: Model) -> Thing:
    """Return what a trace about a row says that it is about."""
    return Thing(row._meta.model_name or "", row.pk, str(row))


def changes_of(form: Any) -> dict[str, tuple[Any, Any]]:
    """Return the fields of a valid form that changed, with the ids of what they point at."""
    return {
        name: (plain(form.initial.get(name)), plain(form.cleaned_data.get(name)))
        for name in form.changed_data
    }


def plain(value: Any) -> Any:
    """Return ids for rows, and a list of them for many."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, list | tuple) or hasattr(value, "iterator"):
        return ", ".join(str(plain(one)) for one in value)
    return value


class AuditedCreateView(CreateView):
    """Add a row and record it."""

    def save_instance(self) -> Model:
        """Save and record, both or neither."""
        with transaction.atomic():
            row: Model = super().save_instance()
            record(action=Audited.ADDED, about=thing_of(row), changes=changes_of(self.form))
        return row


class AuditedEditView(EditView):
    """Change a row and record what it was before."""

    def save_instance(self) -> Model:
        """Save and record, both or neither."""
        with transaction.atomic():
            row: Model = super().save_instance()
            record(action=Audited.CHANGED, about=thing_of(row), changes=changes_of(self.form))
        return row


class AuditedDeleteView(DeleteView):
    """Remove a row and record that it was there."""

    def delete_action(self) -> None:
        """Remove and record, both or neither."""
        with transaction.atomic():
            record(action=Audited.REMOVED, about=thing_of(self.object))
            super().delete_action()


class AuditedViewSet(ModelViewSet):
    """What every list of the back office starts from."""

    add_view_class: ClassVar[type] = AuditedCreateView
    edit_view_class: ClassVar[type] = AuditedEditView
    delete_view_class: ClassVar[type] = AuditedDeleteView
    # A copy would be saved by a view of its own.
    copy_view_enabled = False
