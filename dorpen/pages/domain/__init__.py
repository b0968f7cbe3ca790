"""Rules of the pages; plain Python."""
