"""The pages of the monitor: released figures for everybody, live ones for staff."""
