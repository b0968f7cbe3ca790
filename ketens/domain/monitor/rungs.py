"""What was left over on each rung of the ladder of Moerman; rungs are never averaged."""

from ketens.domain.monitor import computing
from ketens.domain.monitor.measures import Better, MeasureGroup, MonitorMeasure, SdgTarget
from ketens.domain.monitor.parts import Share
from ketens.domain.waste import Rung

COUNTED = Share("counted_chain_g", "chain_g")
WEIGHED = Share("weighed_g", "entered_g")
RUNGS = "left_over_g_by_rung"
FOOD_WASTE = (SdgTarget("12.3"),)

RUNG_LABELS = {
    Rung.PREVENTION: ("voorkomen", "prevented"),
    Rung.HUMAN_FOOD: ("eten voor mensen", "food for people"),
    Rung.REPROCESSED_FOOD: ("verwerkt tot ander eten", "made into other food"),
    Rung.ANIMAL_FEED: ("veevoer", "animal feed"),
    Rung.INDUSTRY: ("grondstof voor de industrie", "raw material for industry"),
    Rung.DIGESTION: ("vergist tot gas", "digested to gas"),
    Rung.COMPOST: ("compost", "compost"),
    Rung.ENERGY: ("verbrand voor energie", "burned for energy"),
    Rung.INCINERATION: ("verbrand als afval", "burned as waste"),
    Rung.LANDFILL: ("gestort", "landfill"),
}


def rung_measure(rung: Rung) -> MonitorMeasure:
    """Return the measure of one rung of the ladder of Moerman."""
    label_nl, label_en = RUNG_LABELS[rung]
    return MonitorMeasure(
        code=f"left_over_rung_{int(rung)}_g",
        label_nl=f"Over, trede {int(rung)}: {label_nl}",
        label_en=f"Left over, rung {int(rung)}: {label_en}",
        meaning_nl="Wat over was en op deze trede van de ladder van Moerman terechtkwam.",
        meaning_en="What was left over and ended on this rung of the ladder of Moerman.",
        unit="g",
        group=MeasureGroup.WASTE,
        better=Better.NEUTRAL,
        compute=computing.on_rungs(lambda one: one is rung),
        numbers=("entries",),
        families=(RUNGS,),
        coverage=COUNTED,
        primary=WEIGHED,
        sdg=FOOD_WASTE,
    )
