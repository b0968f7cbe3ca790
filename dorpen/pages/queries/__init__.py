"""Read what the pages show, from here and from the other domains' queries."""
