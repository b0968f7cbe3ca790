"""The shop's rules; plain Python."""
