"""The names by which payments know the lines of a seller order."""


def deposit_ref(listing_id: int) -> str:
    """Return the name of the line that holds the deposit on a listing."""
    return f"deposit-{listing_id}"
