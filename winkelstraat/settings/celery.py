"""Celery and the cache: Redis where there is one, else files in the data folder.

The file broker needs no server, so the demo runs with one worker and nothing else;
a message lost by a crash is made up for by the sweepers in the schedule.
"""

from typing import Any

from celery.schedules import crontab

from winkelstraat.settings.environment import DATA_DIR, REDIS_URL

CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT = None if REDIS_URL else "winkelstraat.common.file_broker:Transport"
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")


def file_broker_options(folder: str) -> dict[str, Any]:
    """Return the options of the file broker and make its folders."""
    queue, control = DATA_DIR / folder, DATA_DIR / f"{folder}-control"
    for path in (queue, control):
        path.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
        "polling_interval": 0.1,
    }


CELERY_BROKER_TRANSPORT_OPTIONS = {} if REDIS_URL else file_broker_options("queue")

# Every task that looks for work that a crash left behind runs from here.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-payments": {"task": "winkelstraat.payments.tasks.sweep_payments", "schedule": 60.0},
    "look-back": {
        "task": "winkelstraat.payments.tasks.look_back",
        "schedule": crontab(hour=3, minute=10),
    },
    "issue-month": {
        "task": "winkelstraat.payments.tasks.issue_month",
        "schedule": crontab(day_of_month=1, hour=4, minute=30),
    },
    "forget-placements": {"task": "ketens.tasks.forget", "schedule": crontab(hour=3, minute=40)},
    "release-work": {"task": "ketens.tasks.release", "schedule": crontab(hour=3, minute=50)},
    "refresh-monitor": {
        "task": "ketens.tasks.refresh_monitor",
        "schedule": crontab(hour=3, minute=30),
    },
    "release-figures": {
        "task": "ketens.tasks.release_due_figures",
        "schedule": crontab(hour=4, minute=0),
    },
    "look-for-signals": {
        "task": "ketens.tasks.look_for_signals",
        "schedule": crontab(hour=4, minute=15),
    },
    # Mails about the questions leave in the daytime.
    "mail-profiles": {
        "task": "ketens.tasks.mail_profiles",
        "schedule": crontab(hour="8-18", minute="*/10"),
    },
    "keep-profiles": {
        "task": "ketens.tasks.keep_profiles",
        "schedule": crontab(hour=4, minute=20),
    },
    "draw-reports": {
        "task": "ketens.tasks.draw_reports",
        "schedule": crontab(hour=4, minute=45),
    },
    "sweep-bookings": {"task": "winkelstraat.bridges.tasks.sweep_bookings", "schedule": 10.0},
    "sweep-mails": {"task": "winkelstraat.bridges.tasks.sweep_mails", "schedule": 10.0},
    "forget-addresses": {
        "task": "winkelstraat.accounts.tasks.forget_addresses",
        "schedule": crontab(hour=3, minute=15),
    },
    "sweep-looking": {"task": "winkelstraat.accounts.tasks.sweep_looking", "schedule": 60.0},
    "sweep-jobs": {"task": "winkelstraat.accounts.tasks.sweep_jobs", "schedule": 60.0},
    "sweep-imports": {"task": "winkelstraat.shop.tasks.sweep_imports", "schedule": 60.0},
    "sweep-surplus": {"task": "winkelstraat.shop.tasks.sweep_surplus", "schedule": 60.0},
    "tell-lists": {"task": "winkelstraat.shop.tasks.tell_lists", "schedule": 60.0},
    "forget-applications": {
        "task": "winkelstraat.shop.tasks.forget_applications",
        "schedule": crontab(hour=3, minute=20),
    },
    "mail-recalls": {"task": "winkelstraat.shop.tasks.mail_recalls", "schedule": 20.0},
    "mail-terms": {"task": "winkelstraat.shop.tasks.mail_changed_terms", "schedule": 60.0},
    "sweep-suspensions": {
        "task": "winkelstraat.shop.tasks.sweep_suspensions",
        "schedule": 60.0,
    },
    # Every night, so that a month whose first night was missed is drawn all the same.
    "draw-random-checks": {
        "task": "winkelstraat.shop.tasks.draw_random_checks",
        "schedule": crontab(hour=4, minute=35),
    },
    "mail-watches": {"task": "winkelstraat.shop.tasks.mail_watches", "schedule": 60.0},
    "forget-watches": {
        "task": "winkelstraat.shop.tasks.forget_watches",
        "schedule": crontab(hour=3, minute=25),
    },
    "sweep-returns": {"task": "winkelstraat.bridges.tasks.sweep_returns", "schedule": 600.0},
    "sweep-holds": {"task": "winkelstraat.bridges.tasks.sweep_holds", "schedule": 60.0},
}

# How many offers staff look at in a month.
RANDOM_CHECKS_A_MONTH = 20

# What the page of an anonymous visitor depends on besides its address and language.
PAGE_CACHE_COOKIES = ["dorp"]
PAGE_CACHE_LEAVES_ALONE = ("/cms/", "/account/", "/static/", "/media/")

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
    }
}
