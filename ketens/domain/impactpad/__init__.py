"""The Impactpad of one enterprise: what it aims at, how that should work, what it measures.

A pad is one plain value (`content`), kept whole in every version. Rules ask it what is
still missing for a level (`levels`), what may not be counted in public (`people`), and
how its theory of change is drawn (`drawing`). Source of the levels: Het Impactpad,
handleiding voor ondernemers (2018); their names are in `fixtures/reference`.
"""
