"""The shop's forms: shape and clear words, no writing."""
