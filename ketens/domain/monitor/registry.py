"""Every measure of the monitor, one row each.

To add one: a factor list (when it needs factors), a function in ``computing`` and a row
here. Tables, exports, addresses and pages follow.
"""

from ketens.domain.monitor import computing
from ketens.domain.monitor.measures import Better, Guard, MeasureGroup, MonitorMeasure, SdgTarget
from ketens.domain.monitor.parts import Share
from ketens.domain.monitor.per_kilo import EMISSION_PER_KILO
from ketens.domain.monitor.rungs import COUNTED, FOOD_WASTE, RUNGS, WEIGHED, rung_measure
from ketens.domain.waste import Rung

RURAL_LINKS = (SdgTarget("11.a", "11.4"),)
SMALL_BUSINESS = (SdgTarget("8.3", "8.3"),)
DECENT_WORK = (SdgTarget("8.5", "8.5"),)
PARTNERSHIP = (SdgTarget("17.17", "17.17"),)


class NoSuchMeasure(KeyError):
    """No measure of the monitor has this code."""


_ROWS = (
    MonitorMeasure(
        code="food_waste_g",
        label_nl="Voedselverspilling",
        label_en="Food waste",
        meaning_nl="Eten dat vergist, gecomposteerd, verbrand of gestort werd (EU 2019/1597).",
        meaning_en="Food that was digested, composted, burned or landfilled (EU 2019/1597).",
        unit="g",
        group=MeasureGroup.WASTE,
        better=Better.LOWER,
        compute=computing.on_rungs(computing.is_waste),
        numbers=("entries",),
        families=(RUNGS,),
        coverage=COUNTED,
        primary=WEIGHED,
        sdg=FOOD_WASTE,
    ),
    MonitorMeasure(
        code="left_over_g",
        label_nl="Over, waar het ook heen ging",
        label_en="Left over, wherever it went",
        meaning_nl="Alles wat niet verkocht werd, op alle treden van de ladder van Moerman.",
        meaning_en="All that was not sold, on every rung of the ladder of Moerman.",
        unit="g",
        group=MeasureGroup.WASTE,
        better=Better.LOWER,
        compute=computing.on_rungs(lambda rung: True),
        numbers=("entries",),
        families=(RUNGS,),
        coverage=COUNTED,
        primary=WEIGHED,
        sdg=FOOD_WASTE,
    ),
    *(rung_measure(rung) for rung in Rung),
    MonitorMeasure(
        code="rescued_g",
        label_nl="Gered eten",
        label_en="Rescued food",
        meaning_nl=("Eten dat weg moest, met de reden erbij, en toch naar mensen of dieren ging."),
        meaning_en="Food that had to go, for a written reason, and still fed people or animals.",
        unit="g",
        group=MeasureGroup.WASTE,
        better=Better.HIGHER,
        compute=computing.on_rungs(computing.is_rescue, "at_risk_g_by_rung"),
        numbers=("entries",),
        families=("at_risk_g_by_rung",),
        coverage=COUNTED,
        primary=WEIGHED,
        sdg=FOOD_WASTE,
    ),
    MonitorMeasure(
        code="sold_as_surplus_g",
        label_nl="Verkocht omdat het weg moest",
        label_en="Sold because it had to go",
        meaning_nl="Eten dat met korting als restje verkocht werd. Het telt als verkocht.",
        meaning_en="Food that was sold at a discount as surplus. It counts as sold.",
        unit="g",
        group=MeasureGroup.WASTE,
        better=Better.HIGHER,
        compute=computing.whole("sold_as_surplus_g", known="entries"),
        numbers=("sold_as_surplus_g", "entries"),
        coverage=COUNTED,
        primary=WEIGHED,
        sdg=FOOD_WASTE,
    ),
    MonitorMeasure(
        code="goods_g",
        label_nl="Verkochte goederen",
        label_en="Goods sold",
        meaning_nl="Het gewicht van wat inwoners ophaalden, voor zover dat bekend is.",
        meaning_en="The weight of what residents collected, as far as it is known.",
        unit="g",
        group=MeasureGroup.ECONOMY,
        better=Better.NEUTRAL,
        compute=computing.whole("goods_g", known="with_mass"),
        numbers=("goods_g", "with_mass"),
        coverage=Share("with_mass", "lines"),
        sdg=RURAL_LINKS,
    ),
    MonitorMeasure(
        code="emission_mg_co2e",
        label_nl="Uitstoot van vervoer",
        label_en="Transport emission",
        meaning_nl="CO2e van het vervoer in de ketens, van bron tot wiel (ISO 14083).",
        meaning_en="CO2e of transport in the chains, well to wheel (ISO 14083).",
        unit="mg CO2e",
        group=MeasureGroup.CLIMATE,
        better=Better.LOWER,
        compute=computing.emission,
        numbers=("emission_mg", "with_emission"),
        families=("emission_mg_by_factor",),
        coverage=Share("mass_with_emission_g", "mass_g"),
        primary=Share("primary_mg", "complete_emission_mg"),
        sdg=RURAL_LINKS,
    ),
    EMISSION_PER_KILO,
    MonitorMeasure(
        code="vehicle_metres",
        label_nl="Gereden door de ketens",
        label_en="Driven by the chains",
        meaning_nl="Het deel van de ritten dat bij deze goederen hoort, met lege ritten.",
        meaning_en="The share of the trips that belongs to these goods, empty trips included.",
        unit="m",
        group=MeasureGroup.TRANSPORT,
        better=Better.LOWER,
        compute=computing.whole("vehicle_metres", known="with_distance"),
        numbers=("vehicle_metres", "with_distance"),
        coverage=Share("with_distance", "lines"),
        sdg=RURAL_LINKS,
    ),
    MonitorMeasure(
        code="consumer_metres",
        label_nl="Ophaalritten van inwoners",
        label_en="Residents' own trips",
        meaning_nl=(
            "Heen en terug naar het afhaalpunt, voor de helft geteld: een schatting,"
            " en geen deel van het vervoer in de keten."
        ),
        meaning_en=(
            "There and back to the pick-up point, counted for one half: an estimate,"
            " and no part of the chain's transport."
        ),
        unit="m",
        group=MeasureGroup.TRANSPORT,
        better=Better.LOWER,
        compute=computing.whole("consumer_metres", known="trips_with_way"),
        numbers=("consumer_metres", "trips_with_way"),
        coverage=Share("trips_with_way", "trips"),
        sdg=RURAL_LINKS,
        is_by_chain=False,
        is_by_group=False,
    ),
    MonitorMeasure(
        code="mass_weighted_distance",
        label_nl="Gemiddelde weg van een kilo",
        label_en="How far a kilo travels",
        meaning_nl="De weg van maker tot afhaalpunt, gewogen naar gewicht.",
        meaning_en="The way from maker to pick-up point, weighted by mass.",
        unit="m",
        group=MeasureGroup.TRANSPORT,
        better=Better.LOWER,
        compute=computing.mass_weighted_distance,
        numbers=("mass_distance_gm", "mass_with_way_g"),
        coverage=Share("mass_with_way_g", "mass_g"),
        sdg=RURAL_LINKS,
        adds_up=False,
    ),
    MonitorMeasure(
        code="work_minutes",
        label_nl="Sociaal werk in de ketens",
        label_en="Social work in the chains",
        meaning_nl="Minuten werk per kilo of stuk, zoals in de keten afgesproken.",
        meaning_en="Minutes of work per kilo or piece, as agreed in the chain.",
        unit="min",
        group=MeasureGroup.WORK,
        better=Better.HIGHER,
        compute=computing.whole("work_minutes", known="with_work"),
        numbers=("work_minutes", "with_work"),
        coverage=Share("with_work", "lines"),
        sdg=DECENT_WORK,
        guard=Guard.WORK,
    ),
    MonitorMeasure(
        code="paid_minutes",
        label_nl="Betaalde uren van doelgroepen",
        label_en="Paid hours of target groups",
        meaning_nl="Wat werkgevers opgaven. Alleen per kwartaal, uit de uitgaven over werk.",
        meaning_en="What employers declared. Per quarter only, from the releases on work.",
        unit="min",
        group=MeasureGroup.WORK,
        better=Better.HIGHER,
        compute=computing.from_releases,
        sdg=DECENT_WORK,
        guard=Guard.PEOPLE,
        is_by_chain=False,
        is_by_group=False,
        is_from_releases=True,
    ),
    MonitorMeasure(
        code="agreement_jobs",
        label_nl="Banen van de banenafspraak",
        label_en="Jobs of the jobs agreement",
        meaning_nl="Betaalde uren gedeeld door 25,5 uur per week. Alleen uit de uitgaven.",
        meaning_en="Paid hours divided by 25.5 hours a week. From releases only.",
        unit="jobs",
        group=MeasureGroup.WORK,
        better=Better.HIGHER,
        compute=computing.from_releases,
        sdg=DECENT_WORK,
        guard=Guard.PEOPLE,
        is_by_chain=False,
        is_by_group=False,
        is_from_releases=True,
        adds_up=False,
    ),
    MonitorMeasure(
        code="turnover_cents",
        label_nl="Lokale omzet",
        label_en="Local turnover",
        meaning_nl="Wat inwoners betaalden voor wat is opgehaald, met btw.",
        meaning_en="What residents paid for what was collected, VAT included.",
        unit="cents",
        group=MeasureGroup.ECONOMY,
        better=Better.HIGHER,
        compute=computing.whole("turnover_cents"),
        numbers=("turnover_cents",),
        sdg=SMALL_BUSINESS,
        guard=Guard.MONEY,
    ),
    MonitorMeasure(
        code="own_municipality_cents",
        label_nl="Omzet die in de eigen gemeente bleef",
        label_en="Turnover that stayed in its municipality",
        meaning_nl="Opgehaald in de gemeente waar ook de winkel staat.",
        meaning_en="Collected in the municipality where the shop stands as well.",
        unit="cents",
        group=MeasureGroup.ECONOMY,
        better=Better.HIGHER,
        compute=computing.whole("own_municipality_cents"),
        numbers=("own_municipality_cents",),
        sdg=RURAL_LINKS,
        guard=Guard.LOCAL_MONEY,
    ),
    MonitorMeasure(
        code="active_enterprises",
        label_nl="Ondernemers die verkochten",
        label_en="Enterprises that sold",
        meaning_nl="Ondernemers van wie iets is opgehaald.",
        meaning_en="Enterprises of which something was collected.",
        unit="count",
        group=MeasureGroup.ECONOMY,
        better=Better.HIGHER,
        compute=computing.count("lines_by_enterprise"),
        families=("lines_by_enterprise",),
        sdg=SMALL_BUSINESS,
        adds_up=False,
    ),
    MonitorMeasure(
        code="active_chains",
        label_nl="Actieve ketens",
        label_en="Active chains",
        meaning_nl="Ketens waarvan iets is opgehaald.",
        meaning_en="Chains of which something was collected.",
        unit="count",
        group=MeasureGroup.VILLAGES,
        better=Better.HIGHER,
        compute=computing.count("lines_by_chain"),
        families=("lines_by_chain",),
        sdg=PARTNERSHIP,
        is_by_chain=False,
        adds_up=False,
    ),
    MonitorMeasure(
        code="villages_with_active_chain",
        label_nl="Dorpen met een actieve keten",
        label_en="Villages with an active chain",
        meaning_nl="Dorpen waar iets uit een keten is opgehaald.",
        meaning_en="Villages where something of a chain was collected.",
        unit="count",
        group=MeasureGroup.VILLAGES,
        better=Better.HIGHER,
        compute=computing.count("chain_lines_by_village"),
        families=("chain_lines_by_village",),
        sdg=RURAL_LINKS,
        adds_up=False,
    ),
)

MEASURES = {row.code: row for row in _ROWS}


def measure_of(code: str) -> MonitorMeasure:
    """Return a measure by its code.

    :raises NoSuchMeasure: when there is none.
    """
    try:
        return MEASURES[code]
    except KeyError:
        raise NoSuchMeasure(code) from None


def find_measure(name: str) -> MonitorMeasure | None:
    """Return a measure by its code or by its Dutch name as an address has it."""
    return MEASURES.get(name) or next((row for row in _ROWS if row.slug == name), None)
