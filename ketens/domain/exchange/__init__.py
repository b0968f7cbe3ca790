"""What we know, in the words of others: events, footprints and tables for programs.

Every builder is plain and pure. What is not known is left out, and never filled in.
"""
