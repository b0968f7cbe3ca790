"""The one place where the process environment is read.

Every variable that the project knows stands here with its type and its default;
settings modules import these names and never touch ``os.environ`` themselves.
"""

from pathlib import Path

import environ

env = environ.Env()

PROJECT_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("WINKELSTRAAT_DATA_DIR", default=str(PROJECT_DIR / ".data")))

DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
SECRET_KEY = env.str("SECRET_KEY", default="")
# Fernet keys for the groups of placements, the newest first (see the deployment notes).
PLACEMENT_KEYS = env.list("PLACEMENT_KEYS", default=[])
# Programs that may read footprints and events: id=SHA-256 of a long random secret, by comma.
EXCHANGE_CLIENTS: dict[str, str] = env.dict("EXCHANGE_CLIENTS", default={})
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://127.0.0.1:8000")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

EMAIL_URL = env.str("EMAIL_URL", default="")
MAIL_FROM = env.str("MAIL_FROM", default="Drentse Winkelstraat <straat@winkelstraat.example>")

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRETS = env.list("STRIPE_WEBHOOK_SECRETS", default=[])
STRIPE_CONNECT_WEBHOOK_SECRETS = env.list("STRIPE_CONNECT_WEBHOOK_SECRETS", default=[])
STRIPE_THIN_WEBHOOK_SECRETS = env.list("STRIPE_THIN_WEBHOOK_SECRETS", default=[])
STRIPE_ADDRESS = env.str("STRIPE_ADDRESS", default="")
STRIPE_CHECK_ENDPOINTS = env.bool("STRIPE_CHECK_ENDPOINTS", default=False)
STRIPE_LIVE_MODE = env.bool("STRIPE_LIVE_MODE", default=False)

MAP_TILES_URL = env.str("MAP_TILES_URL", default="")
MAP_TILES_ATTRIBUTION = env.str("MAP_TILES_ATTRIBUTION", default="")

ALLOW_SKIPPING_SECOND_FACTOR = env.bool("ALLOW_SKIPPING_SECOND_FACTOR", default=False)
