"""The chains: what everybody reads, the members' desk, social return, and other programs."""

from django.urls import path

from ketens.views import (
    coordinating,
    counting,
    editing,
    impact,
    impactpad,
    impactpad_sections,
    members,
    profile_answering,
    saying,
    working,
)
from ketens.views import pages as ketens
from ketens.views.exchange import access, events, footprints, shipments
from winkelstraat.urls.patterns import Patterns

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

impact_patterns: Patterns = [
    path("impact/<slug:slug>/", impact.show, name="impact"),
    path("impact/<slug:slug>/kort/", impact.show_tip, name="impact_tip"),
    path("impact/<slug:slug>/meting/<slug:key>/", impact.show_indicator, name="impact_indicator"),
]

impactpad_patterns: Patterns = [
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

profile_steps: Patterns = [
    path("profiel/", profile_answering.desk_start, name="profile"),
    path("profiel/<slug:question>/", profile_answering.desk_step, name="profile_step"),
]

profile_links: Patterns = [
    path("<str:token>/", profile_answering.start, name="start"),
    path("<str:token>/<slug:question>/", profile_answering.step, name="step"),
]

ketens_patterns: Patterns = [
    path("ketens/", ketens.list_chains, name="chains"),
    path("ketens/bij-product/<slug:product_ref>/", ketens.show_product_panel, name="product_panel"),
    path("ketens/bij-bestelling/<uuid:purchase_ref>/", ketens.show_order_panel, name="order_panel"),
    path("ketens/<slug:slug>/", ketens.show_chain, name="chain"),
    path("ketens/<slug:slug>/voetafdruk/", ketens.show_footprint, name="footprint"),
    path("ketens/<slug:slug>/over/", ketens.show_leftovers, name="leftovers"),
    path("herkomst/<uuid:public_id>/", ketens.show_provenance, name="provenance"),
    path("herkomst/<uuid:public_id>.json", ketens.show_provenance_json, name="provenance_json"),
    path("zegels/", ketens.show_seals, name="seals"),
    path("zegels.json", ketens.show_seals_json, name="seals_json"),
    path("waarom/<uuid:public_id>/", ketens.show_claim, name="claim"),
    *impact_patterns,
]

chain_desk_patterns: Patterns = [
    path("", members.overview, name="overview"),
    path("wat-we-doen/", members.doing, name="doing"),
    path("keten/<slug:slug>/", editing.edit, name="edit"),
    path("over/", counting.leftovers, name="leftovers"),
    path("rondes/", counting.rounds, name="rounds"),
    path("rondes/stuk/<int:leg_id>/", counting.measure, name="measure"),
    path("maand/", counting.month, name="this_month"),
    path("maand/<str:day>/", counting.month, name="month"),
    path("uren/", working.hours, name="hours"),
    path("opdrachten/", working.obligations, name="obligations"),
    path("opdrachten/<uuid:public_id>/", working.obligation, name="obligation"),
    path("opdrachten/blok/<uuid:public_id>/", working.block_step, name="block_step"),
    *profile_steps,
    path("uitspraken/", saying.claims, name="claims"),
    path("uitspraken/<uuid:public_id>/eraf/", saying.withdraw, name="withdraw"),
    *impactpad_patterns,
]

social_return_patterns: Patterns = [
    path("", coordinating.waiting, name="waiting"),
    path("opdracht/", coordinating.new_obligation, name="new_obligation"),
    path("opdracht/<uuid:public_id>/sluiten/", coordinating.close, name="close"),
    path("blok/<uuid:public_id>/", coordinating.decide, name="decide"),
    path("blokken/", coordinating.blocks, name="blocks"),
]

# Paths of standards are theirs, so they are not Dutch.
exchange_patterns: Patterns = [
    path("gegevens/", access.show_page, name="page"),
    path("auth/token", access.give_token, name="token"),
    path("3/footprints", footprints.show_all, name="footprints"),
    path("3/footprints/<uuid:public_id>", footprints.show_one, name="footprint"),
    path("3/events", footprints.take_event, name="pact_events"),
    path("ileap/rounds/<uuid:public_id>.json", shipments.show_round, name="round_shipments"),
    path(
        "ileap/purchases/<uuid:purchase_ref>.json",
        shipments.show_purchase,
        name="purchase_shipments",
    ),
    path("epcis/batches/<uuid:public_id>.jsonld", events.show_batch, name="batch_events"),
]
