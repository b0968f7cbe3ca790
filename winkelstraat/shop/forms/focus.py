"""Say what of a photo must stay in view: one of nine parts, or a tap for a finer point."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.domain.focus import NINTHS, Focus, NoPoint, read_focus

NAMES = (
    *(_("top left"), _("top middle"), _("top right")),
    *(_("middle left"), _("middle"), _("middle right")),
    *(_("bottom left"), _("bottom middle"), _("bottom right")),
)


class FocusField(forms.CharField):
    """Nine radio buttons that work everywhere; a tap on the picture refines the one it is in."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> str:
        """Return the point as it is kept; nothing chosen is nothing."""
        typed = str(super().to_python(value))
        try:
            return str(read_focus(typed) or "")
        except NoPoint:
            raise forms.ValidationError(
                _("Choose one of the nine places, or tap the picture.")
            ) from None


def list_places(chosen: object) -> list[dict[str, Any]]:
    """Return the nine places; the one that the chosen point is in carries the exact point."""
    point = _read(chosen)
    nearest = point.nearest() if point else None
    return [
        {
            "name": name,
            "middle": str(ninth),
            "value": str(point if ninth == nearest else ninth),
            "is_chosen": ninth == nearest,
        }
        for name, ninth in zip(NAMES, NINTHS, strict=True)
    ]


def _read(chosen: object) -> Focus | None:
    try:
        return read_focus(str(chosen or ""))
    except NoPoint:
        return None
