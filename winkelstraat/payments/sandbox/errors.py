"""Refusals in the shape that Stripe gives them."""

from typing import Any


class ApiError(Exception):
    """A refusal with its HTTP status, type and code.

    `begun` tells that the work had begun: such an answer is remembered under the
    idempotency key, a failed validation is not.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
        begun: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.begun = begun
        self.body: dict[str, Any] = {"type": kind, "message": message}
        if code:
            self.body["code"] = code
        if param:
            self.body["param"] = param

    def as_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        return {"error": self.body}


def missing(name: str, kind: str, param: str = "") -> ApiError:
    """Return the answer for an object that does not exist.

    Named in the address it is 404; named in a parameter it is 400.
    """
    return ApiError(
        400 if param else 404,
        f"No such {kind}: '{name}'",
        code="resource_missing",
        param=param or "id",
    )
