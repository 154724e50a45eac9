"""The whole of the network, recorded: under the sockets, so that no library can go around it.

Every TCP connection that anything in this process tries is written down. One to an address of `plays` is made to the loopback
server that plays it; every other one is refused here, so that no packet leaves the machine. Names are answered from a book; a name
that is not in it does not exist, and numbers are read as the system reads them, which is how `2130706433` becomes this machine.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, field
from typing import Any

import pytest

Place = tuple[str, int]
PUBLIC = "93.184.216.34"
OTHER = "8.8.4.4"


@dataclass
class Wire:
    """`tried` are the connections in order, `asked` the names; `plays` maps an address, or one port of it, to a loopback port."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    plays: dict[Place, int] = field(default_factory=dict)
    plays_all: set[str] = field(
        default_factory=set
    )  # addresses each of whose ports is the same port of loopback
    tried: list[Place] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def name(self, host: str, *answers: list[str]) -> None:
        """The name's answers in turn, the last one for ever."""
        self.names[host] = list(answers)

    def play(self, address: str, port: int, by: int) -> None:
        self.plays[address, port] = by

    @property
    def inside(self) -> list[Place]:
        """What was tried that is no public address."""
        return [(address, port) for address, port in self.tried if address not in (PUBLIC, OTHER)]

    def goes_to(self, place: Any) -> Place | None:
        address, port = str(place[0]), int(place[1])
        self.tried.append((address, port))
        if address in self.plays_all and (address, port) not in self.plays:
            return "127.0.0.1", port
        by = self.plays.get((address, port))
        return ("127.0.0.1", by) if by is not None else None

    def resolve(self, host: str) -> list[str]:
        self.asked.append(host)
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def record(monkeypatch: pytest.MonkeyPatch) -> Wire:
    """From now on, until the test ends."""
    wire = Wire()
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def recorded(sock: socket.socket, place: Any) -> Any:
        if sock.family not in (socket.AF_INET, socket.AF_INET6):
            return connect(sock, place)  # the database's own socket
        there = wire.goes_to(place)
        if there is None:
            raise ConnectionRefusedError(f"{place}: nothing leaves this machine")
        return connect(sock, there)

    def answered(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        text = host.decode() if isinstance(host, bytes) else host
        if text in wire.names:
            found = [getaddrinfo(each, port, *rest, **more) for each in wire.resolve(text)]
            return [info for infos in found for info in infos]
        if text and not _is_number(text):
            raise socket.gaierror(socket.EAI_NONAME, f"{text} is not in the book")
        return getaddrinfo(host, port, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", recorded)
    monkeypatch.setattr(socket, "getaddrinfo", answered)
    return wire


def _is_number(host: str) -> bool:
    """Whether the system reads it as an address without asking anybody."""
    try:
        ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        try:
            socket.inet_aton(host)
        except OSError:
            return False
    return True
