"""The type of a list of addresses."""

from django.urls import URLPattern, URLResolver

Patterns = list[URLPattern | URLResolver]
