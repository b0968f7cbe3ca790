"""Show a buyer to who packs for him without telling who he is."""


def mask_name(name: str) -> str:
    """Return the first letter of each part of a name that begins with a capital.

    "Janna Veen" becomes "J. V."; a name without capitals keeps its first letter alone.
    """
    letters = [part[0] for part in name.split() if part[0].isupper()]
    letters = letters or [part[0].upper() for part in name.split()[:1]]
    return " ".join(f"{letter}." for letter in letters) or "?"
