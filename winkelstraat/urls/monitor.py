"""The province's monitor, ``/monitor/``."""

from django.urls import path

from ketens.views import baselines, profiles
from ketens.views.monitor import live, public
from ketens.views.open_data import files as open_data
from ketens.views.steering import agenda, reports, signals, targets
from winkelstraat.urls.patterns import Patterns

profile_patterns: Patterns = [
    path("profiel/", profiles.profile, name="profile"),
    path("profiel/rondes/", profiles.rounds, name="profile_rounds"),
    path("profiel/rondes/<uuid:public_id>/", profiles.move_round, name="move_round"),
    path("beweging/", profiles.movement, name="movement"),
    path("nulmeting/", baselines.baseline, name="baseline"),
    path("nulmeting/vastzetten/", baselines.freeze, name="freeze_baseline"),
    path("nulmeting/<int:baseline_id>/", baselines.baseline, name="baseline_of"),
]

steering_patterns: Patterns = [
    path("agenda/", agenda.show_agenda, name="agenda"),
    path("agenda/doel/", targets.change, name="target"),
    path("agenda/<slug:key>/", agenda.show_action, name="action"),
    path("agenda/<slug:key>/stand/", agenda.tell, name="tell"),
    path("agenda/<slug:key>/telling/", agenda.count, name="count"),
    path("signalen/", signals.show_signals, name="signals"),
    path("signalen/<uuid:public_id>/", signals.show_signal, name="signal"),
    path("signalen/<uuid:public_id>/stap/", signals.move, name="move_signal"),
    path("aantekeningen/", signals.show_all_notes, name="all_notes"),
    path("aantekeningen/<slug:subject>/<str:key>/", signals.show_notes, name="notes"),
    path("aantekeningen/<slug:subject>/<str:key>/erbij/", signals.note, name="note"),
    path("jaarverslag/", reports.show_reports, name="report"),
    path("jaarverslag/<int:year>/", reports.show_report, name="report_year"),
    path("jaarverslag/<int:year>/maken/", reports.draw, name="draw_report"),
    path("jaarverslag/<int:year>/<slug:digest>.pdf", reports.download, name="report_pdf"),
]

figure_patterns: Patterns = [
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

# The first part of an address that no other part of the monitor has names a measure, so
# the paths with a word of their own stand before it.
monitor_patterns: Patterns = [
    *profile_patterns,
    *steering_patterns,
    path("gegevens/", open_data.show_page, name="open_data"),
    path("gegevens/catalogus.jsonld", open_data.show_catalogue, name="catalogue"),
    # CSV on the Web looks for a description beside the file: cijfers.csv-metadata.json.
    path("gegevens/<slug:place>/<slug:slug>.<str:ending>", open_data.show_file, name="open_file"),
    *figure_patterns,
    path("<slug:name>/", public.show_measure, name="measure"),
]
