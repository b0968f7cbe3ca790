"""The calculations of the method, each under the one name by which anyone can run it."""
