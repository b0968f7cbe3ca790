"""Open data: the page, the files, the catalogue and the API."""
