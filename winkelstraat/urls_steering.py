"""The part of the URL table that steers; ``urls`` puts it in its place, under the monitor."""

from django.urls import URLPattern, URLResolver, path

from ketens.views.steering import agenda, reports, signals, targets

patterns: list[URLPattern | URLResolver] = [
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
