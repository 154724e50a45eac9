"""From a host and port to addresses that were judged. Every call outside (HTTP, FTP, SFTP) goes through here.

A name is resolved once, every answer is judged, and the connection is made to a judged number, never to the name again:
a name that changes its answer between the two (rebinding) gains nothing. One bad answer among good ones refuses the
name, since which one would be taken is not ours to choose.

Ports: a protocol's own (80 and 443 for the web, 21 and 990 for FTP, 22 for SFTP) and everything from 1024 up, except the ports of
well-known services in `addresses.BAD_PORTS`. Anything else, private addresses included, needs its exact `host:port` in
`FETCH_ALLOW`, which the operator sets and which is empty by default. Networks that reach IPv4 through NAT64 (`64:ff9b::/96`)
are refused too: such a machine needs a resolver without DNS64.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from ipaddress import ip_address

from marketplace.kernel.addresses import parse_fetch_allow, plain_host, why_port_refused, why_refused
from marketplace.kernel.fetching import ConnectFailed, RefusedAddress, ResolveFailed, Timeout

RESOLVE_SECONDS = 10
CONNECT_SECONDS = 10
MOST_ADDRESSES = 4  # tried in the resolver's order; more would only make a dead host slower to give up

Resolver = Callable[[str, int], Awaitable[list[str]]]
Dialer = Callable[[str, int], Awaitable[socket.socket]]


async def system_resolver(host: str, port: int) -> list[str]:
    """All addresses the system knows for the host, in the order it prefers. Raises OSError when there are none."""
    infos = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in infos))


async def system_dialer(address: str, port: int) -> socket.socket:
    """A connected, non-blocking TCP socket to a numeric address. Raises OSError."""
    loop = asyncio.get_running_loop()
    family, target = _numeric(address, port)
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await loop.sock_connect(sock, target)
    except BaseException:
        sock.close()
        raise
    return sock


def _numeric(address: str, port: int) -> tuple[socket.AddressFamily, tuple[str | int, ...]]:
    """Family and target of a number, without a look-up: what was judged is what is connected to. Raises OSError."""
    plain, _, zone = address.partition("%")
    try:
        ip = ip_address(plain)
        scope = int(zone) if zone.isdecimal() else socket.if_nametoindex(zone) if zone else 0
    except ValueError as error:
        raise OSError(f"{address!r} is no address") from error
    if ip.version == 4:
        return socket.AF_INET, (plain, port)
    return socket.AF_INET6, (plain, port, 0, scope)


def fetch_allow() -> frozenset[tuple[str, int]]:
    """The exact host:port pairs the operator opened by FETCH_ALLOW, read now. Raises ValueError on a bad entry."""
    return parse_fetch_allow(os.environ.get("FETCH_ALLOW", ""))


@dataclass(frozen=True)
class Reach:
    """What may be reached from here: public addresses, and the pairs of `allow`, which skip the judging."""

    allow: frozenset[tuple[str, int]] = field(default_factory=fetch_allow)
    resolver: Resolver = system_resolver
    dialer: Dialer = system_dialer

    def allows(self, host: str, port: int) -> bool:
        """Whether the operator opened exactly this pair."""
        return (plain_host(host), port) in self.allow

    async def addresses(self, host: str, port: int, own_ports: tuple[int, ...]) -> list[str]:
        """The judged numeric addresses of a host, at least one.

        `own_ports` are the protocol's ports below 1024; above 1023 a port is free unless `addresses.BAD_PORTS` has it.
        Raises RefusedAddress, ResolveFailed, Timeout.
        """
        allowed = self.allows(host, port)
        if not allowed and (why := why_port_refused(port, own_ports)):
            raise RefusedAddress(host=host, why=why)
        answers = await self._resolve(host, port)
        if not allowed:
            for address in answers:
                if why := why_refused(address):
                    raise RefusedAddress(host=host, why=why)
        return answers[:MOST_ADDRESSES]

    async def connect(self, host: str, port: int, own_ports: tuple[int, ...]) -> tuple[socket.socket, str]:
        """A socket to the first judged address that answers, and that address. Raises as `addresses`, ConnectFailed, Timeout."""
        found = await self.addresses(host, port, own_ports)
        for address in found:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await self.dialer(address, port), address
            except TimeoutError:
                if address == found[-1]:
                    raise Timeout(host=host, seconds=CONNECT_SECONDS) from None
            except OSError:
                continue
        raise ConnectFailed(host=host, port=port)

    async def _resolve(self, host: str, port: int) -> list[str]:
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                answers = await self.resolver(host, port)
        except TimeoutError:
            raise Timeout(host=host, seconds=RESOLVE_SECONDS) from None
        except (OSError, UnicodeError) as error:  # UnicodeError: a label that no name may have
            raise ResolveFailed(host=host) from error
        if not answers:
            raise ResolveFailed(host=host)
        return answers
