"""Read the shop."""
