"""How a page gets what it shows: a view says so, the model only knows its own fields."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

Presenter = Callable[[Any, HttpRequest], dict[str, Any]]
Found = TypeVar("Found", bound=Presenter)

_presenters: dict[str, Presenter] = {}


def presents(model_name: str) -> Callable[[Found], Found]:
    """Register a function as what fills the template of a page model."""

    def register(presenter: Found) -> Found:
        _presenters[model_name] = presenter
        return presenter

    return register


def present(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what a page's template gets; nothing where no view was registered."""
    presenter = _presenters.get(type(page).__name__)
    return presenter(page, request) if presenter else {}
