"""Pages of the chains: public ones, the desk of members, and of coordinators."""
