"""Which port each demo supplier's feed server listens on."""

from marketplace.demo.world import WORLD

OFFSET = 1_100


def feed_ports(port: int) -> dict[str, int]:
    """Supplier slug to port, from the platform's own: 8000 gives 9100 to 9103."""
    return {supplier.slug: port + OFFSET + i for i, supplier in enumerate(WORLD.suppliers)}


def feed_url(supplier: str, port: int) -> str:
    """The address of a supplier's feed; `port` is the platform's own. KeyError when there is no such supplier."""
    return f"http://localhost:{feed_ports(port)[supplier]}{WORLD.supplier(supplier).feed.path}"
