"""The fields that say where a feed comes from and who we say we are there: the same when it is made and when it is changed."""

from __future__ import annotations

from marketplace.kernel.errors import Invalid
from marketplace.kernel.fetching import N_, Auth
from marketplace.sourcing.feed_settings import read_url
from marketplace.sourcing.transports import transports
from marketplace.web.forms import Form

#: minutes between runs -> words
SCHEDULES: tuple[tuple[int, str], ...] = (
    (15, N_("every 15 minutes")),
    (30, N_("every 30 minutes")),
    (60, N_("every hour")),
    (120, N_("every 2 hours")),
    (240, N_("every 4 hours")),
    (720, N_("twice a day")),
    (1440, N_("once a day")),
)
AUTH: dict[str, str] = {
    "": N_("None: the address is open"),
    "basic": N_("User name and password"),
    "bearer": N_("Bearer token in a header"),
    "query": N_("Token in the address"),
    "key": N_("User name and private key (SFTP)"),
}


def fetching() -> list[str]:
    """Names of the transports that fetch."""
    return [name for name, each in transports().items() if each.FETCHES]


def auth_kinds() -> list[tuple[str, str]]:
    """(kind, words) of every kind a transport understands."""
    known = {kind for each in transports().values() for kind in each.AUTH_KINDS}
    return [(kind, words) for kind, words in AUTH.items() if not kind or kind in known]


def read_address(form: Form) -> tuple[str, bool]:
    """(the address that was typed, whether a sign-in is in it); problems go into the form, that of a sign-in its server cannot take too."""
    url = form.need("url", most=2_000)
    if form.problems.get("url"):
        return url, False
    try:
        transport, _, inside = read_url(url)
    except Invalid as refusal:
        form.take(refusal)
        return url, False
    kind = form.raw("auth")
    if kind in AUTH and kind and kind not in transports()[transport].AUTH_KINDS:
        form.problem("auth", N_("This server takes no sign-in of this kind: choose another."))
    return url, inside is not None


def read_auth(form: Form) -> Auth | None:
    """The credentials that were typed, None for none; problems go into the form."""
    kind = form.one_of("auth", AUTH, required=False)
    if not kind:
        return None
    user = form.need("auth_user", most=200) if kind in ("basic", "key") else ""
    if kind == "key":
        secret = form.need("auth_key", most=20_000)
    else:
        secret = form.values.get("auth_secret", "")
        if not secret:
            form.problem("auth_secret", "Please fill this in.")
    name = (form.text("auth_name", most=60) or "token") if kind == "query" else "token"
    passphrase = form.values.get("auth_passphrase") or None if kind == "key" else None
    return Auth(kind, secret.replace("\r\n", "\n"), user=user, name=name, passphrase=passphrase)  # type: ignore[arg-type]


def read_schedule(form: Form) -> int:
    """Minutes between runs."""
    return int(form.one_of("every_minutes", [str(minutes) for minutes, _ in SCHEDULES]) or 60)
