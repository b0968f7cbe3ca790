"""The part of the URL table that is about impact; ``urls`` puts it in its place."""

from django.urls import URLPattern, URLResolver, path

from ketens.views import impact, impactpad, impactpad_sections

Patterns = list[URLPattern | URLResolver]

PAD_PATHS = {
    "mission": "missie",
    "goals": "doelen",
    "steps": "stappen",
    "links": "verbanden",
    "indicators": "indicatoren",
    "rounds": "metingen",
    "comparison": "vergelijking",
    "valuation": "waarde",
}

public_patterns: Patterns = [
    path("impact/<slug:slug>/", impact.show, name="impact"),
    path("impact/<slug:slug>/kort/", impact.show_tip, name="impact_tip"),
    path("impact/<slug:slug>/meting/<slug:key>/", impact.show_indicator, name="impact_indicator"),
]

desk_patterns: Patterns = [
    path("impactpad/", impactpad.overview, name="impactpad"),
    path("impactpad/voorbeeld/", impactpad.preview, name="impactpad_preview"),
    path("impactpad/eraf/", impactpad.take_down, name="impactpad_take_down"),
    path("impactpad/versie/<int:number>/", impactpad.version, name="impactpad_version"),
    path("impactpad/niveau/<int:number>/", impactpad.level, name="impactpad_level"),
    path("impactpad/bewijs/<uuid:public_id>/", impactpad.proof, name="impactpad_proof"),
    path("impactpad/bewijs/<uuid:public_id>/terug/", impactpad.withdraw, name="impactpad_withdraw"),
    *(
        path(f"impactpad/{dutch}/", impactpad_sections.section, {"part": part}, name=f"pad_{part}")
        for part, dutch in PAD_PATHS.items()
    ),
]
