"""The demo: a living Drenthe in the database, and the processes that show it.

`stories` reads the YAML, `people`, `places`, `shops` and `chains` bring it into the
database once, `plan` draws ninety days of orders from a seed, `history` lets them
happen through the operations that people use, and `processes` runs the street.
"""
