"""Why a calculation refuses what it was given: a code and the particulars, no sentence.

The words are chosen where the reason is shown; the domain knows no language.
"""


class CalculationRefused(ValueError):
    """Inputs that no calculation can be made of; `code` and `params` say why."""

    def __init__(self, code: str, **params: str) -> None:
        named = ", ".join(f"{name}={value}" for name, value in params.items())
        super().__init__(f"{code}: {named}" if named else code)
        self.code = code
        self.params = params
