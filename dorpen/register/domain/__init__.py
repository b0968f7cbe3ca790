"""Rules about places and enterprises; plain Python."""
