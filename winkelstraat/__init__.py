"""Winkelstraat: the digital high street of the villages of Drenthe."""

from winkelstraat.celery import app as celery_app

__all__ = ["celery_app"]
