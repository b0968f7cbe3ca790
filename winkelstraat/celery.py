"""The Celery application: settings from Django, tasks from every installed app."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winkelstraat.settings.demo")

app = Celery("winkelstraat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
