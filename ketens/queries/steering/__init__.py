"""What steers: series for the rules, signals, the agenda, and what a yearly report is made of."""
