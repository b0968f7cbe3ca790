"""Pages about the signed-in person himself, and about the work that he asked for."""

from winkelstraat.accounts.views.people import back_office_sign_in, second_factor

__all__ = ["back_office_sign_in", "second_factor"]
