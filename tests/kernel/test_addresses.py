"""Which addresses and ports the fetcher may reach."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.addresses import (
    BAD_IPV4,
    BAD_IPV6,
    GLOBAL_UNICAST,
    parse_fetch_allow,
    why_port_refused,
    why_refused,
)

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "::ffff:8.8.8.8",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "2a00:1450::1",
]

HOSTILE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
    "2002:808:808::1", "3ffe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "ff0e::1", "2a00::5efe:7f00:1", "2a00::200:5efe:a00:1",
    "localhost", "", "1.2.3", "0x7f000001",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_reached(address):
    assert why_refused(address) is None


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_that_leads_inside_is_refused_with_a_reason(address):
    assert why_refused(address)


def inside(networks):
    return st.sampled_from(list(networks)).flatmap(
        lambda n: st.integers(int(n[0]), int(n[-1])).map(type(n[0]))
    )


@given(inside(BAD_IPV4))
def test_every_address_of_a_listed_network_is_refused_however_it_is_wrapped(address):
    assert why_refused(str(address))
    assert why_refused(f"::ffff:{address}")
    assert why_refused(str(IPv6Address(int(address))))  # IPv4-compatible
    assert why_refused(str(IPv6Address(int(IPv6Address("64:ff9b::")) + int(address))))
    assert why_refused(str(IPv6Address(int(IPv6Address("2002::")) + (int(address) << 80))))


@given(inside([IPv6Network("::/3"), IPv6Network("4000::/2"), IPv6Network("8000::/1"), *BAD_IPV6]))
def test_ipv6_outside_global_unicast_and_what_is_carved_out_of_it_are_refused(address):
    if address.ipv4_mapped is None:
        assert why_refused(str(address))


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_or_multicast_is_ever_let_through(address):
    if why_refused(str(address)) is None:
        address = getattr(address, "ipv4_mapped", None) or address
        assert address.is_global
        assert not any(
            [address.is_multicast, address.is_reserved, address.is_loopback, address.is_link_local]
        )


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_python_calls_global_is_let_through_unless_it_is_listed(address):
    listed = any(address in network for network in BAD_IPV4)
    assert (why_refused(str(address)) is None) == (not listed)
    if not address.is_global:
        assert listed


@given(st.text(max_size=40))
def test_any_text_gets_a_verdict_and_only_real_addresses_pass(text):
    if why_refused(text) is None:
        ip = ip_address(text.split("%", 1)[0])
        assert isinstance(ip, IPv4Address) or ip in GLOBAL_UNICAST or ip.ipv4_mapped


def test_ports_of_other_services_are_refused_and_high_ones_are_free():
    assert why_port_refused(443, (80, 443)) is None
    assert why_port_refused(8443, (80, 443)) is None
    for port in (22, 25, 0, -1, 65536, 6379, 5432, 6000, 3306, 11211):
        assert why_port_refused(port, (80, 443)), port
    assert why_port_refused(22, (22,)) is None


def test_fetch_allow_is_a_list_of_exact_pairs():
    assert parse_fetch_allow("") == frozenset()
    assert parse_fetch_allow(" LocalHost:9101, [::1]:80,shop.local.:8080 ,") == {
        ("localhost", 9101),
        ("::1", 80),
        ("shop.local", 8080),
    }


@pytest.mark.parametrize(
    "text",
    ["localhost", "localhost:", "localhost:0", "localhost:65536", "http://x:1", "a:b:1", "u@h:1", "*:80 x"],
)
def test_a_bad_entry_of_fetch_allow_is_named(text):
    with pytest.raises(ValueError, match="FETCH_ALLOW holds"):
        parse_fetch_allow(f"localhost:9101,{text}")
