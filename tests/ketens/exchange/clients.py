"""A program that reads what we exchange."""

import base64
import hashlib
from typing import Any

from django.test import Client
from django.urls import reverse

NAME, SECRET = "molen", "a-long-random-secret"


def admit(settings: Any) -> None:
    """Let one program in."""
    settings.EXCHANGE_CLIENTS = {NAME: hashlib.sha256(SECRET.encode()).hexdigest()}


def credentials(name: str = NAME, secret: str = SECRET) -> dict[str, str]:
    """Return the header with which a program says who it is."""
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def ask_token(client: Client, **headers: str) -> Any:
    """Ask for a token."""
    form = {"grant_type": "client_credentials"}
    return client.post(reverse("exchange:token"), form, headers=headers)


def build_reader(settings: Any) -> Client:
    """Return a program that was let in and holds a token."""
    admit(settings)
    token = ask_token(Client(), **credentials()).json()["access_token"]
    return Client(headers={"authorization": f"Bearer {token}"})
