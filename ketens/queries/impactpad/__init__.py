"""The Impactpad for reading: the desk, the public page, the reviewer's queue."""
