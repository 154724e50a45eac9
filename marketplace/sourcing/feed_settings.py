"""What a person may say of a feed, and what is allowed. Pure but for looking at URLs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, unquote, unquote_plus, urlsplit, urlunsplit

import msgspec

from marketplace.kernel.errors import Invalid
from marketplace.kernel.fetching import N_, Auth, BadUrl
from marketplace.sourcing import breaker
from marketplace.sourcing.transports import transport_for

LEAST_MINUTES = 5
MOST_MINUTES = 7 * 24 * 60
BOUNDS: dict[str, tuple[int, int]] = {
    "every_minutes": (LEAST_MINUTES, MOST_MINUTES),
    "retire_after": (1, 100),
    "lag_hours": (0, 24 * 14),
    "stale_after_hours": (1, 24 * 365),
    "stop_after_hours": (1, 24 * 365),
}
CHOICES: dict[str, tuple[str, ...]] = {"vanished": ("keep", "zero", "retire"), "speed": ("full", "stock")}

#: what a parameter of an address is called that nobody else may read
SECRETS = frozenset(
    {"token", "key", "apikey", "api_key", "api-key", "accesskey", "access_key", "access_token", "accesstoken", "auth", "auth_token",
     "authtoken", "api_token", "apitoken", "private_key", "client_secret", "jwt", "sig", "signature", "x-amz-signature",
     "x-amz-security-token", "secret", "password", "passwd", "pass", "pwd", "hash"}
)  # fmt: skip

#: a quantity kept by hand does not age in a day
BY_HAND = {"stale_after_hours": 24 * 30, "stop_after_hours": 24 * 90}


def check_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as columns of `feed`. Raises Invalid with a message for each wrong field."""
    problems: dict[str, str] = {}
    clean = dict(given)
    if "name" in clean and not str(clean["name"]).strip():
        problems["name"] = N_("Give the feed a name.")
    for name, (least, most) in BOUNDS.items():
        if name in clean and not (isinstance(clean[name], int) and least <= clean[name] <= most):
            problems[name] = N_("This number is out of bounds.")
    for name, choices in CHOICES.items():
        if name in clean and clean[name] not in choices:
            problems[name] = N_("Choose one of the list.")
    if "limits" in clean:
        try:
            clean["limits"] = msgspec.to_builtins(breaker.limits_of(clean["limits"]))
        except msgspec.ValidationError:
            problems["limits"] = N_("A limit is a whole number of basis points, or empty.")
    if problems:
        raise Invalid(problems)
    return clean


def read_url(url: str, *, token: bool = True) -> tuple[str, str, Auth | None]:
    """(transport, the URL without credentials, the credentials it held). `token`: also one in its query, which a feed has room for
    that says in no other way who it is. Raises Invalid."""
    text = url.strip()
    try:
        transport = transport_for(text).NAME
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except BadUrl as error:
        raise Invalid({"url": str(error)}) from error
    except ValueError:  # whose words may hold a part of the password
        raise Invalid(
            {"url": N_("This is not an address. In a password, / and # are written %2F and %23.")}
        ) from None
    if not host:
        raise Invalid({"url": N_("This address names no host.")})
    if parts.username is None:
        bare, inside = _without_token(parts) if token and transport == "http" else (text, None)
        return transport, bare, inside
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return transport, bare, Auth.basic(unquote(parts.username), unquote(parts.password or ""))


def _without_token(parts: SplitResult) -> tuple[str, Auth | None]:
    """Most suppliers give an address with a token in it: the token is sealed like any other, the rest stays as it was typed. Several
    are sealed as they stand."""
    said = parts.query.split("&")
    secret = [
        pair for pair in said if pair.partition("=")[0].casefold() in SECRETS and pair.partition("=")[2]
    ]
    if not secret:
        return urlunsplit(parts), None
    bare = urlunsplit(parts._replace(query="&".join(pair for pair in said if pair not in secret)))
    if len(secret) > 1:
        return bare, Auth.query("", "&".join(secret))
    name, _, value = secret[0].partition("=")
    return bare, Auth.query(unquote_plus(name), unquote_plus(value))


def same_server(here: str | None, there: str) -> bool:
    """Whether what one server was told may be told the other: the same one, or the same host moved from HTTP to HTTPS."""
    if here is None:
        return False
    one, two = urlsplit(here), urlsplit(there)
    if one.hostname != two.hostname:
        return False
    if (one.scheme, two.scheme) == ("http", "https"):
        return one.port in (None, 80) and two.port in (None, 443)
    return (one.scheme, one.port) == (two.scheme, two.port)
