"""The words of a provenance page: formulas in prose and symbols, inputs by name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketens.domain.measures import Measure

FORMULA_WORDS: dict[str, Promise] = {
    "transport.tkm": _(
        "The weight on this stretch times its distance gives tonne-kilometres. Times the"
        " average emission of such a vehicle per tonne-kilometre gives the emission. Empty"
        " trips are in that average already."
    ),
    "transport.measured": _(
        "The weight on this stretch times its distance gives tonne-kilometres. Times what the"
        " measured rounds burned per tonne-kilometre, empty kilometres included, times the"
        " emission of that fuel or power."
    ),
    "transport.vkm_share": _(
        "The kilometres of the ride, empty ones included, times the average emission of such"
        " a vehicle per kilometre give the emission of the whole ride. The line gets its part"
        " by weight of what the vehicle usually carries."
    ),
    "transport.energy_share": _(
        "The kilometres of the ride, empty ones included, times the consumption times the"
        " emission of the fuel or power give the emission of the whole ride. The line gets its"
        " part by weight of what the vehicle usually carries."
    ),
    "trip.consumer": _(
        "If the resident came by car: there and back, times the average emission of a car, of"
        " which half counts for this errand. We do not know how he came. So this is shown"
        " apart and is in no total."
    ),
    "work.per_kg": _("The weight times the minutes of social work that go into a kilo."),
    "work.per_piece": _("The number of pieces times the minutes of social work in a piece."),
}

FORMULA_SYMBOLS: dict[str, str] = {
    "transport.tkm": "E = m / 1000 × d × g",
    "transport.measured": "E = m / 1000 × d × c × g",
    "transport.vkm_share": "E = d / (1 − s) × g × m / M",
    "transport.energy_share": "E = d / (1 − s) × c × (g + i) × m / M",
    "trip.consumer": "E = 2 × d × g × ½",
    "work.per_kg": "T = m × t",
    "work.per_piece": "T = n × t",
}

SYMBOL_WORDS: dict[str, Promise] = {
    "transport.tkm": _(
        "E emission in kg CO₂e, m weight on the stretch in kg, d distance in km, g factor."
    ),
    "transport.measured": _(
        "E emission in kg CO₂e, m weight on the stretch in kg, d distance in km, c litres or"
        " kWh per tonne-kilometre, g factor."
    ),
    "transport.vkm_share": _(
        "E emission in kg CO₂e, d distance in km, s part driven empty, g factor, m weight on"
        " the stretch in kg, M usual load in kg."
    ),
    "transport.energy_share": _(
        "E emission in kg CO₂e, d distance in km, s part driven empty, c consumption per km,"
        " g factor, i building of plants and panels, m weight on the stretch in kg, M usual"
        " load in kg."
    ),
    "trip.consumer": _("E emission in kg CO₂e, d distance one way in km, g factor."),
    "work.per_kg": _("T minutes, m weight in kg, t minutes per kilo."),
    "work.per_piece": _("T minutes, n pieces, t minutes per piece."),
}

INPUT_LABELS: dict[str, Promise] = {
    "sold_mass_g": _("weight sold, in grams"),
    "mass_g": _("weight sold, in grams"),
    "grams_per_kg_sold": _("grams on this stretch for each kilo sold"),
    "distance_m": _("distance in metres, shortest way"),
    "typical_load_g": _("usual load of the vehicle, in grams"),
    "empty_share": _("part of the kilometres driven empty"),
    "consumption_per_km": _("consumption per kilometre"),
    "consumption_per_tkm": _("measured consumption per tonne-kilometre"),
    "factor_key": _("factor"),
    "factor_value": _("value of the factor"),
    "factor_unit": _("unit of the factor"),
    "factor_set": _("factor set and version"),
    "infrastructure_key": _("factor for building plants and panels"),
    "infrastructure_value": _("value of that factor"),
    "infrastructure_unit": _("unit of that factor"),
    "infrastructure_set": _("factor set and version of that factor"),
    "one_way_m": _("distance to the pick-up point, one way, in metres"),
    "share": _("part of the trip that counts"),
    "quantity": _("number sold"),
    "minutes_per_kg": _("minutes of social work per kilo"),
    "minutes_per_piece": _("minutes of social work per piece"),
}

TOTAL_WORDS: dict[Measure, Promise] = {
    Measure.GOODS: _(
        "The sum of the weights of all lines that were handed over. The weight comes from the"
        " shop: net weight times the number sold. Lines without a known weight are not in it."
    ),
    Measure.EMISSION: _(
        "The sum of all calculations of transport, stretch by stretch, from the first member"
        " to the shop. Growing, making, packing and the way home are not in it."
    ),
    Measure.DISTANCE: _(
        "The part of the vehicles' kilometres that is for these goods: by weight of what the"
        " vehicle usually carries. Stretches with an unknown load are not in it."
    ),
    Measure.WORK: _(
        "What goes into the products by agreement with the workplace. We hold hours, never"
        " persons. Totals are shown for the province only, in tens of hours; rules for smaller"
        " groups are still to come."
    ),
    Measure.TURNOVER: _("The sum of all payments that came in through the street."),
}

SCOPE_WORDS: dict[str, Promise] = {
    "wtw": _("from well to wheel"),
    "ttw": _("from tank to wheel"),
    "wtt": _("from well to tank"),
    "total": _("plant and supply chain"),
    "plant": _("plant only"),
    "supply": _("supply chain only"),
    "infrastructure": _("building of plants and panels"),
    "biogenic": _("biogenic, apart"),
    "consumption": _("consumption"),
    "gwp100": _("warming over 100 years"),
}
