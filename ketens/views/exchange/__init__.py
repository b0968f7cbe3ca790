"""What other programs read from us; no page, no cookie, a token for who is let in."""
