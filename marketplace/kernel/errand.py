"""Where a call is on its way, and what it may show there."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from marketplace.kernel.fetching import Auth
from marketplace.kernel.http import Cookies, Url, join_url, parse_url
from marketplace.kernel.unpacking import ACCEPT_ENCODING

USER_AGENT = "Comptoir/1 (product feeds)"
HARMLESS_HEADERS = frozenset(
    {"accept", "accept-language", "user-agent"}
)  # the rest stays with the first origin


@dataclass
class Errand:
    """A call and its redirects. Credentials, and headers that may hold some, stay with the origin they were given for."""

    url: Url
    auth: Auth | None
    headers: Mapping[str, str]
    conditions: Mapping[str, str]
    cookies: Cookies = field(default_factory=Cookies)

    @classmethod
    def of(
        cls, url: str, auth: Auth | None, headers: Mapping[str, str], conditions: Mapping[str, str]
    ) -> Errand:
        """Raises BadUrl. A user and password in the URL become basic credentials, unless others were given."""
        parsed = parse_url(url)
        if parsed.userinfo and auth is None:
            user, _, password = parsed.userinfo.decode("ascii").partition(":")
            auth = Auth.basic(unquote(user), unquote(password))
        return cls(parsed.copy_with(userinfo=b"", fragment=None), auth, headers, conditions)

    @property
    def host(self) -> str:
        return self.url.raw_host.decode("ascii")

    def target(self) -> Url:
        """The URL with the query token in it, if that is how we say who we are."""
        if self.auth is None or self.auth.kind != "query":
            return self.url
        token = self.auth.secret.encode()  # without a name it is a part of a query as it stands
        if self.auth.name:
            token = f"{quote(self.auth.name, safe='')}={quote(self.auth.secret, safe='')}".encode()
        return self.url.copy_with(query=self.url.query + b"&" + token if self.url.query else token)

    def all_headers(self) -> dict[str, str]:
        """What to send: our own, the caller's, the conditions, the credentials."""
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", **self.headers, **self.conditions}
        headers["Accept-Encoding"] = ACCEPT_ENCODING  # what `unpacking` can undo, whatever the caller wishes
        match self.auth:
            case Auth(kind="basic", user=user, secret=secret):
                headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()
            case Auth(kind="bearer", secret=secret):
                headers["Authorization"] = f"Bearer {secret}"
        return headers

    def follow(self, location: str) -> None:
        """Go where a redirect points. Raises BadUrl when that is no address of the web."""
        there = join_url(self.url, location)
        if not _same_place(self.url, there):
            self.auth = None
            self.headers = {k: v for k, v in self.headers.items() if k.lower() in HARMLESS_HEADERS}
        self.url = there.copy_with(userinfo=b"", fragment=None)


def _same_place(here: Url, there: Url) -> bool:
    """The same origin, or the same host moved from plain HTTP to HTTPS on their own ports."""
    if here.raw_host != there.raw_host:
        return False
    if here.scheme == "http" and there.scheme == "https":
        return here.port in (None, 80) and there.port in (None, 443)
    return (here.scheme, here.port) == (there.scheme, there.port)
