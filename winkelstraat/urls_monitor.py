"""The monitor's own addresses: what everybody reads, and what staff read live."""

from django.urls import URLPattern, URLResolver, path

from ketens.views.monitor import live, public

patterns: list[URLPattern | URLResolver] = [
    path("", public.show_overview, name="overview"),
    path("gemeente/<slug:slug>/", public.show_municipality, name="municipality"),
    path("dorp/<slug:slug>/", public.show_village, name="village"),
    path("keten/<slug:slug>/", public.show_chain, name="chain"),
    path("sdg/<str:code>/", public.show_sdg, name="sdg"),
    path("live/", live.show_overview, name="live"),
    path("live/<slug:name>/", live.show_measure, name="live_measure"),
    path(
        "live/<slug:name>/gemeente/<slug:slug>/",
        live.show_municipality,
        name="live_municipality",
    ),
    path("live/<slug:name>/dorp/<slug:slug>/", live.show_village, name="live_village"),
    path(
        "live/<slug:name>/dorp/<slug:slug>/<slug:chain>/",
        live.show_sources,
        name="live_village_chain",
    ),
    path("live/<slug:name>/keten/<slug:chain>/", live.show_sources, name="live_chain"),
]

# A word that no other part of the monitor has names a measure, so this one comes last.
last: list[URLPattern | URLResolver] = [
    path("<slug:name>/", public.show_measure, name="measure"),
]
