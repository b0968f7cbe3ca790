"""Production: every secret comes from the environment, and a missing one stops the start."""

from django.core.exceptions import ImproperlyConfigured

from winkelstraat.settings import environment
from winkelstraat.settings.base import *  # noqa: F403

REQUIRED = (
    "SECRET_KEY",
    "PLACEMENT_KEYS",
    "DATABASE_URL",
    "REDIS_URL",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRETS",
)
missing = [name for name in REQUIRED if not getattr(environment, name)]
if missing:
    raise ImproperlyConfigured(f"Set these environment variables: {', '.join(missing)}.")
if environment.env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG cannot be switched on in production.")
if environment.TRUSTED_PROXIES < 1:
    raise ImproperlyConfigured(
        "Set TRUSTED_PROXIES to the number of proxies in front; each must overwrite"
        " X-Forwarded-For and X-Forwarded-Proto."
    )
if environment.ALLOW_SKIPPING_SECOND_FACTOR:
    raise ImproperlyConfigured("The second factor cannot be skipped in production.")

DEBUG = False
SECRET_KEY = environment.SECRET_KEY
PLACEMENT_KEYS = environment.PLACEMENT_KEYS
ALLOWED_HOSTS = environment.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {"default": environment.env.db_url_config(environment.DATABASE_URL)}
DATABASES["default"]["CONN_MAX_AGE"] = 600
vars().update(environment.env.email_url_config(environment.EMAIL_URL))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
OSCAR_BASKET_COOKIE_SECURE = True
