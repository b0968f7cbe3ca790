"""What every environment shares; demo, test and production start from here."""

# ruff: noqa: F401

from winkelstraat.settings.apps import *  # noqa: F403
from winkelstraat.settings.celery import *  # noqa: F403
from winkelstraat.settings.environment import (
    DATA_DIR,
    EXCHANGE_CLIENTS,
    MAIL_FROM,
    MAP_TILES_ATTRIBUTION,
    MAP_TILES_URL,
    PROJECT_DIR,
    SITE_ADDRESS,
    STRIPE_ADDRESS,
    STRIPE_CHECK_ENDPOINTS,
    STRIPE_CONNECT_WEBHOOK_SECRETS,
    STRIPE_LIVE_MODE,
    STRIPE_SECRET_KEY,
    STRIPE_THIN_WEBHOOK_SECRETS,
    STRIPE_WEBHOOK_SECRETS,
    TRUSTED_PROXIES,
)
from winkelstraat.settings.oscar import *  # noqa: F403
from winkelstraat.settings.payments import *  # noqa: F403
from winkelstraat.settings.security import *  # noqa: F403
from winkelstraat.settings.wagtail import *  # noqa: F403

ROOT_URLCONF = "winkelstraat.urls"
WSGI_APPLICATION = "winkelstraat.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "themes" / "dorp" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "winkelstraat.common.page_cache.put_token_in_later",
            ],
            "builtins": ["winkelstraat.common.templatetags.street"],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PROJECT_DIR / "winkelstraat" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
# A number in an address or a name must stay whole; `say_number` groups what people read.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "winkelstraat.common.styles.JoinedStylesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATICFILES_DIRS = [PROJECT_DIR / "themes" / "dorp" / "static"]
MEDIA_URL = "/media/"
SERVE_MEDIA = False
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_FROM_EMAIL = MAIL_FROM
SERVER_EMAIL = MAIL_FROM
# Who writes the commission invoices; the province fills in its own.
PLATFORM_PARTY = {
    "name": "Drentse Winkelstraat",
    "address": "Voorbeeldweg 1",
    "postcode": "9400 AA",
    "place": "Assen",
    "company_number": "00000000",
    "vat_number": "NL000000000B00",
    "email": "winkelstraat@example.nl",
}
STRIPE_API_VERSION = "2026-10-28.endive"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
