"""Read what we know as the records that the builders of `ketens.domain.exchange` take."""
