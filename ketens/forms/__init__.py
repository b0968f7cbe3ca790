"""Forms of the members' desk and of coordinators."""
