"""Tests: the embedded PostgreSQL in a folder of its own, everything else as in the demo."""

from winkelstraat.settings import environment
from winkelstraat.settings.base import *  # noqa: F403
from winkelstraat.settings.embedded import database_settings

DEBUG = False
SERVE_MEDIA = True
SECRET_KEY = "test-only-" + "0" * 50
PLACEMENT_KEYS = ["dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHktMDA="]
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": environment.env.db_url_config(environment.DATABASE_URL)
    if environment.DATABASE_URL
    else database_settings(environment.DATA_DIR / "test", "winkelstraat")
}

STRIPE_ADDRESS = environment.STRIPE_ADDRESS or "http://127.0.0.1:8001"
STRIPE_SECRET_KEY = "sk_test_tests"
STRIPE_WEBHOOK_SECRETS = ["whsec_tests"]
STRIPE_CONNECT_WEBHOOK_SECRETS = ["whsec_connect_tests"]
STRIPE_THIN_WEBHOOK_SECRETS = ["whsec_thin_tests"]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(STRIPE_ADDRESS)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = environment.DATA_DIR / "test-media"
