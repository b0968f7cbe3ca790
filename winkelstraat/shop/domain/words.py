"""Dutch compounds: whoever looks for bread wants rye bread too.

Dutch glues words together and PostgreSQL's stemmer does not take them apart, so the
heads of compounds that are common on a village street are stored beside the word.
"""

import re

SHORTEST_FRONT = 3
_COMMON = (
    "aardappel aardappels aardappelen appel appels azijn band banden beker bier bieren bloem"
    " bloemen boek boeken bonen boter brood broden broodje broodjes eieren fiets fietsen"
    " garen gebak groente groenten haring honing jam jenever kaars kaarsen kaart kaarten kaas kazen"
    " koek koeken koekjes koffie kool kruiden likeur meel melk mosterd noten olie pakket peen"
    " peren plank planken plant planten pompoen potten rogge saus schaal shampoo sokken soep stoel"
    " stol taart taarten tafel thee trui vlees wijn wijnen wol worst worsten wortel wortels"
    " yoghurt zaad zaden zalf zeep"
)
HEADS = tuple(_COMMON.split())


def compound_heads(text: str) -> list[str]:
    """Return the known last parts of the compounds in a text: ``roggebrood`` gives ``brood``."""
    found = []
    for word in re.findall(r"\w+", text.casefold()):
        found += [
            head
            for head in HEADS
            if word.endswith(head) and len(word) - len(head) >= SHORTEST_FRONT
        ]
    return found
