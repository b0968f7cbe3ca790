"""Fetch a photo from an address that a shopkeeper wrote down, and nothing else (SEC-16).

Only https on its own port, only machines on the public internet. The name is looked up
once and the connection goes to that very number, so that a name cannot point inside after
it was checked. Addresses are never followed elsewhere, and more than a photo is not read.
"""

import socket
import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, ip_address, ip_network
from time import monotonic
from urllib.parse import urlsplit

from winkelstraat.shop.operations.pictures import MOST_BYTES, PictureRefused

SECONDS = 10
HTTPS = 443
OK = 200
# However slowly it trickles in, nobody holds the worker for longer.
LONGEST_SECONDS = 30
PIECE = 64 * 1024
GATEWAYS = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))

Connect = Callable[[str], HTTPConnection]


class _PinnedConnection(HTTPSConnection):
    """A connection to one number under the name that its certificate must bear."""

    def __init__(self, host: str, number: str) -> None:
        super().__init__(host, HTTPS, timeout=SECONDS)
        self._number = number

    def connect(self) -> None:
        """Open the socket to the number that was checked."""
        plain = socket.create_connection((self._number, HTTPS), timeout=SECONDS)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def may_be_fetched(address: str) -> bool:
    """Tell whether an address has the shape of a photo on the public web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in (None, HTTPS) or not parts.hostname:
        return False
    if parts.username is not None or not address.isascii() or any(map(str.isspace, address)):
        return False
    try:
        return is_public(parts.hostname)
    except ValueError:
        return "." in parts.hostname


def is_public(number: str) -> bool:
    """Tell whether a number is one machine on the public internet, by whatever way it goes.

    Some numbers of IPv6 hold one of IPv4 that a gateway opens: 6to4, Teredo and NAT64.

    :raises ValueError: for a text that is no number.
    """
    found = ip_address(number)
    is_wrapped = isinstance(found, IPv6Address) and any(found in one for one in GATEWAYS)
    return found.is_global and not found.is_multicast and not is_wrapped


def connect_publicly(host: str) -> HTTPConnection:
    """Return a connection to a machine on the public internet.

    :raises PictureRefused: `unreachable` for a name that is not known or points inside.
    """
    try:
        found = socket.getaddrinfo(host, HTTPS, type=socket.SOCK_STREAM)
    except OSError as error:
        raise PictureRefused("unreachable") from error
    numbers = [str(entry[4][0]) for entry in found]
    if not numbers or not all(map(is_public, numbers)):
        raise PictureRefused("unreachable")
    return _PinnedConnection(host, numbers[0])


def fetch_picture(address: str, *, connect: Connect = connect_publicly) -> bytes:
    """Return what stands at an address, at most 10 MB.

    :raises PictureRefused: `unreachable` when it cannot be had, `too_heavy` when it is more.
    """
    if not may_be_fetched(address):
        raise PictureRefused("unreachable")
    parts = urlsplit(address)
    connection = connect(parts.hostname or "")
    try:
        path = parts.path or "/"
        connection.request("GET", f"{path}?{parts.query}" if parts.query else path)
        answer = connection.getresponse()
        if answer.status != OK:
            raise PictureRefused("unreachable")
        found = _read(answer)
    except (OSError, HTTPException) as error:
        raise PictureRefused("unreachable") from error
    finally:
        connection.close()
    if len(found) > MOST_BYTES:
        raise PictureRefused("too_heavy")
    return found


def _read(answer: HTTPResponse) -> bytes:
    found = bytearray()
    until = monotonic() + LONGEST_SECONDS
    while len(found) <= MOST_BYTES and (piece := answer.read1(PIECE)):
        found += piece
        if monotonic() > until:
            raise PictureRefused("unreachable")
    return bytes(found)
