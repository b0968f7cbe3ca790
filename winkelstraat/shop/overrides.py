"""The one table of Oscar classes that are replaced here (ADR 0001).

Oscar asks for its classes by module label and name; what stands in `OVERRIDES` is
ours, everything else is Oscar's own.
"""

from importlib import import_module
from typing import Any

from oscar.core.loading import default_class_loader

OVERRIDES: dict[tuple[str, str], str] = {
    ("partner.strategy", "Selector"): "winkelstraat.shop.strategy",
}


def load_classes(
    module_label: str, classnames: list[str], module_prefix: str = "oscar.apps"
) -> list[Any]:
    """Return the class for each name: ours where the table has one, else Oscar's."""
    return [_load(module_label, name, module_prefix) for name in classnames]


def _load(module_label: str, name: str, module_prefix: str) -> Any:
    ours = OVERRIDES.get((module_label, name))
    if ours is None:
        return default_class_loader(module_label, [name], module_prefix)[0]
    return getattr(import_module(ours), name)
