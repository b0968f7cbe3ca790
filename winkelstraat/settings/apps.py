"""Installed apps and middleware, in the order that template and URL look-up needs."""

OUR_APPS = [
    "winkelstraat.common",
    "winkelstraat.ledger",
    "winkelstraat.accounts",
    "dorpen.register",
    "winkelstraat.payments",
    "winkelstraat.delivery",
    "winkelstraat.shop",
    "ketens",
    "dorpen.pages",
    "winkelstraat.backoffice",
    "winkelstraat.bridges",
]

# Oscar's models without its views; the last three exist only because migration
# customer.0008 depends on their tables (ADR 0001).
OSCAR_APPS = [
    "winkelstraat.shop.quiet.AddressConfig",
    "winkelstraat.shop.quiet.ShippingConfig",
    "winkelstraat.shop.quiet.CatalogueConfig",
    "winkelstraat.shop.quiet.CommunicationConfig",
    "winkelstraat.shop.quiet.PartnerConfig",
    "winkelstraat.shop.quiet.BasketConfig",
    "winkelstraat.shop.quiet.PaymentConfig",
    "winkelstraat.shop.quiet.OfferConfig",
    "winkelstraat.shop.quiet.OrderConfig",
    "winkelstraat.shop.quiet.CustomerConfig",
    "winkelstraat.shop.quiet.CheckoutConfig",
    "winkelstraat.shop.quiet.VoucherConfig",
    "winkelstraat.shop.quiet.AnalyticsConfig",
    "winkelstraat.shop.quiet.ReviewsConfig",
    "django.contrib.flatpages",
]

WAGTAIL_APPS = [
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

INSTALLED_APPS = [
    *OUR_APPS,
    *OSCAR_APPS,
    *WAGTAIL_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "leaflet",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "winkelstraat.common.middleware.LanguageChoiceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "winkelstraat.common.page_cache.PageCacheMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "winkelstraat.accounts.middleware.ActingMiddleware",
    "winkelstraat.accounts.middleware.BackOfficeSessionMiddleware",
    "winkelstraat.accounts.middleware.BackOfficeSecondFactorMiddleware",
    "winkelstraat.accounts.middleware.LookingAlongMiddleware",
    "winkelstraat.common.middleware.OddAddressMiddleware",
]
