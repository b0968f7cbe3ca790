"""A street in bad weather: many buyers, and everything that can go wrong with money.

Run by hand: ``python -m tests.bench.chaos --purchases 1000 --seed 7``. Buyers shop over
HTTP at a real web server, a real worker and a real Stripe sandbox, while reports get
lost, doubled and mixed up, calls fail, and web and worker are killed (signal 9). Staff
hand out, give back and dispute meanwhile. At the end time passes, everything is made up
for, and every promise about money, goods and mails is checked to the cent.

`world` opens the shops, `buyers` and `staff` act, `weather` spoils, `closing` lets time
pass and counts. `tests/journeys/test_chaos.py` runs the same on a small scale.
"""
