"""The demo on one machine: embedded PostgreSQL, file broker, Stripe sandbox."""

from winkelstraat.settings import environment
from winkelstraat.settings.base import *  # noqa: F403
from winkelstraat.settings.embedded import database_settings

DEBUG = False
SERVE_MEDIA = True
SECRET_KEY = environment.SECRET_KEY or "demo-only-" + "0" * 50
# The client "demo" with the password that everybody has in the demo.
EXCHANGE_CLIENTS = environment.EXCHANGE_CLIENTS or {
    "demo": "ada571b2cc93171c77bb2a9bcf9c49829d2adcbd91d722d63cc8815b997cd927"
}
PLACEMENT_KEYS = environment.PLACEMENT_KEYS or ["ZGVtby1vbmx5LWRlbW8tb25seS1kZW1vLW9ubHktMDA="]
ALLOWED_HOSTS = ["*"]
SECOND_FACTOR_MAY_BE_SKIPPED = True

DATABASES = {
    "default": environment.env.db_url_config(environment.DATABASE_URL)
    if environment.DATABASE_URL
    else database_settings(environment.DATA_DIR / "postgres", "winkelstraat")
}
DATABASES["default"]["CONN_MAX_AGE"] = 60

SANDBOX_ADDRESS = "http://127.0.0.1:8001"
STRIPE_ADDRESS = environment.STRIPE_ADDRESS or SANDBOX_ADDRESS
STRIPE_SECRET_KEY = environment.STRIPE_SECRET_KEY or "sk_test_demo"
STRIPE_WEBHOOK_SECRETS = environment.STRIPE_WEBHOOK_SECRETS or ["whsec_demo"]
STRIPE_CONNECT_WEBHOOK_SECRETS = environment.STRIPE_CONNECT_WEBHOOK_SECRETS or [
    "whsec_connect_demo"
]
STRIPE_THIN_WEBHOOK_SECRETS = environment.STRIPE_THIN_WEBHOOK_SECRETS or ["whsec_thin_demo"]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(STRIPE_ADDRESS)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = environment.DATA_DIR / "mail"
