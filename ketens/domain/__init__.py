"""The rules of impact accounting, in plain Python."""
