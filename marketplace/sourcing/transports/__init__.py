"""How a feed's file gets here. Each module is one transport, of the same shape (`shape.Transport`); a new one is a new file.

`transport(name)` and `transports()` find them; the list on screen comes from them.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast
from urllib.parse import urlsplit

from marketplace.kernel.fetching import N_, BadUrl
from marketplace.sourcing.transports.shape import Transport


@cache
def transports() -> dict[str, Transport]:
    """All transports by their `NAME`, in the order of `ORDER`: http, ftp, sftp, upload, api."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    found = [cast(Transport, module) for module in modules if hasattr(module, "SCHEMES")]
    return {each.NAME: each for each in sorted(found, key=lambda each: each.ORDER)}


def transport(name: str) -> Transport:
    """The transport a feed names. Raises KeyError."""
    return transports()[name]


def transport_for(url: str) -> Transport:
    """The transport that understands this URL. Raises BadUrl, also for a local path, which no feed may name."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError as error:  # half a pair of brackets
        raise BadUrl(why=N_("it names no host")) from error
    for each in transports().values():
        if scheme in each.SCHEMES:
            return each
    raise BadUrl(why=N_("it must begin with https://, http://, sftp://, ftp:// or ftps://"))
