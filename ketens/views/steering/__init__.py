"""Pages that steer: the agenda, targets, signals, notes and the yearly report."""
