"""Addresses of the profile, the movement and the baseline; part of the URL table."""

from django.urls import URLPattern, URLResolver, path

from ketens.views import baselines, profile_answering, profiles

Patterns = list[URLPattern | URLResolver]

monitor: Patterns = [
    path("profiel/", profiles.profile, name="profile"),
    path("profiel/rondes/", profiles.rounds, name="profile_rounds"),
    path("profiel/rondes/<uuid:public_id>/", profiles.move_round, name="move_round"),
    path("beweging/", profiles.movement, name="movement"),
    path("nulmeting/", baselines.baseline, name="baseline"),
    path("nulmeting/vastzetten/", baselines.freeze, name="freeze_baseline"),
    path("nulmeting/<int:baseline_id>/", baselines.baseline, name="baseline_of"),
]

links: Patterns = [
    path("<str:token>/", profile_answering.start, name="start"),
    path("<str:token>/<slug:question>/", profile_answering.step, name="step"),
]

desk: Patterns = [
    path("profiel/", profile_answering.desk_start, name="profile"),
    path("profiel/<slug:question>/", profile_answering.desk_step, name="profile_step"),
]
