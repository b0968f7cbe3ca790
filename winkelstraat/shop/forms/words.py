"""What keeps a thing from being offered, in words: what is missing and what to do."""

from django.utils.translation import gettext_lazy

from winkelstraat.common.claims.wording import explain_claim

MISSING = {
    "ingredients": ("ingredients", gettext_lazy("Food needs its ingredients before it is sold.")),
    "allergens": (
        "allergens",
        gettext_lazy("Answer all fourteen allergens. None of them? Use the button."),
    ),
    "manufacturer": (
        "manufacturer_name",
        gettext_lazy("Fill in name, postal address and e-mail address of the maker."),
    ),
    "vat_class": ("vat_class", gettext_lazy("Alcohol has 21% VAT.")),
    "seller": (
        "",
        gettext_lazy("Your shop is not checked yet. We keep this; publish it after the check."),
    ),
    "forbidden": ("title", gettext_lazy("This may not be sold on the street.")),
    "category": ("category", gettext_lazy("Choose what kind of thing it is.")),
    "unknown_number": (
        "",
        gettext_lazy("Your shop has nothing with this number. Leave it empty for something new."),
    ),
    "title": ("title", gettext_lazy("Give it a name.")),
    "taken_off": (
        "",
        gettext_lazy("The street took this off after a report. Read the mail for what you can do."),
    ),
    "photo_address": (
        "",
        gettext_lazy("A photo by address needs an address that begins with https://."),
    ),
    "photo_not_there": (
        "",
        gettext_lazy("This photo did not come along. Put list and photos together in a ZIP."),
    ),
    "changed_since": (
        "",
        gettext_lazy("A colleague changed this since you looked. Bring the list once more."),
    ),
    "left_alone": (
        "",
        gettext_lazy("A colleague changed this since. It is left as it is now."),
    ),
}
PICTURES = {
    "too_heavy": gettext_lazy("This photo is larger than 10 MB. Choose a smaller one."),
    "too_large": gettext_lazy("This photo has more than 40 megapixels. Choose a smaller one."),
    "unreachable": gettext_lazy("We could not fetch this photo. Does its address work?"),
    "no_picture": gettext_lazy("This is no photo that we can read. Use JPG, PNG or WebP."),
}


def explain_missing(field: str) -> tuple[str, str]:
    """Return the field of the form, or nothing, and what is missing, in words."""
    if field.startswith("claim:"):
        _claim, where, rule, words = field.split(":", 3)
        return where, explain_claim(rule, words)
    name, text = MISSING.get(field, ("", gettext_lazy("Something is missing still.")))
    return name, str(text)


def explain_picture(code: str) -> str:
    """Return why a file cannot become a picture."""
    return str(PICTURES[code])


def explain_row(code: str) -> str:
    """Return what went wrong with a row of a spreadsheet, or with its photo."""
    return explain_picture(code) if code in PICTURES else explain_missing(code)[1]
