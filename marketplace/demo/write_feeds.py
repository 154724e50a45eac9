"""Writes the four feed files of the demo suppliers: `python -m marketplace.demo.write_feeds`."""

from collections.abc import Callable
from pathlib import Path

import click

from marketplace.demo.writing import gearline, nordhavn, petit_bois, verrier

FEEDS = Path(__file__).parent / "feeds"
WRITERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "verrier": ("verrier.xml", verrier.render),
    "nordhavn": ("nordhavn.csv", nordhavn.render),
    "gearline": ("gearline.csv", gearline.render),
    "petit-bois": ("petit-bois.json", petit_bois.render),
}


def feed_path(supplier: str) -> Path:
    """The committed feed file of a supplier. KeyError when there is no such supplier."""
    return FEEDS / WRITERS[supplier][0]


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when a file is not what would be written.")
def main(check: bool) -> None:
    """Write the feed files from the assortment, or check that they are up to date."""
    stale = []
    for supplier, (name, render) in WRITERS.items():
        body, path = render(), feed_path(supplier)
        if path.exists() and path.read_bytes() == body:
            continue
        stale.append(name)
        if not check:
            path.write_bytes(body)
            click.echo(f"{path.name}: {len(body):,} bytes")
    if check and stale:
        raise click.ClickException(f"not up to date: {', '.join(stale)}")


if __name__ == "__main__":
    main()
