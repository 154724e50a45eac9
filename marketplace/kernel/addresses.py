"""Which addresses and ports the fetcher may reach: pure judging, no resolver and no socket.

`ipaddress.is_global` is not enough: it calls NAT64 (`64:ff9b::7f00:1` is 127.0.0.1 behind a translator), 6to4
(`2002:7f00:1::`), IPv4-compatible (`::127.0.0.1`) and multicast addresses global. So the networks are listed here,
from the IANA special-purpose registries for IPv4 and IPv6; for IPv6 the rule is turned round, only global unicast
(`2000::/3`) may be reached, less what is carved out of it.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from marketplace.kernel.fetching import N_

BAD_IPV4 = {
    IPv4Network("0.0.0.0/8"): N_("this network"),
    IPv4Network("10.0.0.0/8"): N_("a private network"),
    IPv4Network("100.64.0.0/10"): N_("a carrier's shared network"),
    IPv4Network("127.0.0.0/8"): N_("this machine"),
    IPv4Network("168.63.129.16/32"): N_(
        "a cloud's own services"
    ),  # Azure's WireServer, the one metadata address that is public
    IPv4Network("169.254.0.0/16"): N_("a link-local network"),
    IPv4Network("172.16.0.0/12"): N_("a private network"),
    IPv4Network("192.0.0.0/24"): N_("a network reserved for protocols"),
    IPv4Network("192.0.2.0/24"): N_("a documentation network"),
    IPv4Network("192.31.196.0/24"): N_("a network reserved for protocols"),
    IPv4Network("192.52.193.0/24"): N_("a network reserved for protocols"),
    IPv4Network("192.88.99.0/24"): N_("a relay to other networks"),
    IPv4Network("192.168.0.0/16"): N_("a private network"),
    IPv4Network("192.175.48.0/24"): N_("a network reserved for protocols"),
    IPv4Network("198.18.0.0/15"): N_("a benchmark network"),
    IPv4Network("198.51.100.0/24"): N_("a documentation network"),
    IPv4Network("203.0.113.0/24"): N_("a documentation network"),
    IPv4Network("224.0.0.0/4"): N_("a multicast network"),
    IPv4Network("240.0.0.0/4"): N_("a reserved network"),
}

GLOBAL_UNICAST = IPv6Network("2000::/3")

BAD_IPV6 = {
    IPv6Network("2001::/23"): N_("a network reserved for protocols"),  # Teredo 2001::/32 among them
    IPv6Network("2001:db8::/32"): N_("a documentation network"),
    IPv6Network("2002::/16"): N_("a relay to other networks"),  # 6to4 carries any IPv4 address, 127.0.0.1 too
    IPv6Network("2620:4f:8000::/48"): N_("a network reserved for protocols"),
    IPv6Network("3ffe::/16"): N_("a reserved network"),
    IPv6Network("3fff::/20"): N_("a documentation network"),
}

# Ports above 1023 whose services an HTTP or FTP request could hurt: the part of the Fetch standard's "bad ports" that
# lies there, and the databases, caches and desktops that are often left open.
# fmt: off
BAD_PORTS = frozenset((
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    1433, 1521, 2375, 2376, 2379, 3306, 3389, 5432, 5672, 5900, 5985, 6379, 9042, 9200, 11211, 27017,
))
# fmt: on

_PAIR = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^\s:/@\[\]]+):(?P<port>\d{1,5})")


def why_refused(address: str) -> str | None:
    """Why this numeric IP address (a zone such as `%eth0` is allowed) may not be reached, or None when it may.

    Text that is no address is refused as well.
    """
    try:
        ip = ip_address(address.split("%", 1)[0])
    except ValueError:
        return N_("no address at all")
    if isinstance(ip, IPv6Address):
        return _why_refused_ipv6(ip)
    return _why_refused_ipv4(ip)


def why_port_refused(port: int, also: tuple[int, ...] = ()) -> str | None:
    """Why this port may not be reached, or None. `also` are the protocol's own ports below 1024, e.g. (80, 443)."""
    if port in also:
        return None
    if not 1024 <= port <= 65535:
        return N_("a port reserved for other services")
    return N_("a port of another service") if port in BAD_PORTS else None


def parse_fetch_allow(text: str) -> frozenset[tuple[str, int]]:
    """The pairs of `FETCH_ALLOW=host:port,…`, hosts in lower case, IPv6 in brackets: `[::1]:9101`.

    Raises ValueError naming the first entry that is not `host:port`.
    """
    return frozenset(_pair(entry.strip()) for entry in text.split(",") if entry.strip())


def plain_host(host: str) -> str:
    """A host as it is compared: lower case, without brackets or a trailing dot."""
    return host.lower().strip("[]").rstrip(".")


def _pair(entry: str) -> tuple[str, int]:
    match = _PAIR.fullmatch(entry.lower())
    if match is None or not 0 < int(match["port"]) < 65536:
        raise ValueError(f"FETCH_ALLOW holds {entry!r}, which is not host:port")
    return plain_host(match["host"]), int(match["port"])


def _why_refused_ipv4(ip: IPv4Address) -> str | None:
    return next((why for network, why in BAD_IPV4.items() if ip in network), None)


def _why_refused_ipv6(ip: IPv6Address) -> str | None:
    if ip.ipv4_mapped is not None:  # ::ffff:a.b.c.d is connected to as IPv4
        return _why_refused_ipv4(ip.ipv4_mapped)
    if ip not in GLOBAL_UNICAST:
        return N_("no public network")
    if (
        int(ip) >> 32
    ) & 0xFDFFFFFF == 0x5EFE:  # ISATAP: the last 32 bits are an IPv4 address reached by a tunnel
        return N_("a relay to other networks")
    return next((why for network, why in BAD_IPV6.items() if ip in network), None)
