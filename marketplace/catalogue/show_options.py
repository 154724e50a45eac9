"""What tells a product's variants apart, told anew when their offers say it differently."""

from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.grouping import Piece, telling_options
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch, fetch_value

REFERENCE = {"fr": "Référence", "en": "Reference"}


async def reference_name(merchant: int) -> str:
    """How this shop calls the option that stands in where a feed tells variants apart by their number only."""
    locale = await fetch_value("SELECT locale FROM tenant WHERE id = $1", merchant)
    return REFERENCE.get(locale, REFERENCE["en"])


async def show_options(merchant: int, products: Sequence[int]) -> None:
    """Write the variants' options and the products' option names from the offers they were made of, in the open scope."""
    reference = await reference_name(merchant)
    rows = await fetch(
        "SELECT v.product, v.id AS variant, o.id, o.supplier, o.sku, o.title, o.options FROM variant v"
        " JOIN match m ON m.variant = v.id AND m.why = 'curated' AND m.state = 'confirmed' JOIN offer o ON o.id = m.offer"
        " WHERE v.product = ANY($1) ORDER BY v.product, v.position, v.id",
        list(products),
    )
    together: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        together.setdefault(row["product"], []).append(row)
    told = [pair for members in together.values() for pair in _told(members, reference)]
    await execute(
        "UPDATE variant v SET options = t.options, updated_at = now() FROM jsonb_to_recordset($1::jsonb) t (variant bigint,"
        " options jsonb) WHERE v.id = t.variant AND v.options <> t.options",
        json.dumps([{"variant": variant, "options": options} for variant, options in told]),
    )
    await execute(
        "UPDATE product p SET option_names = n.names FROM (SELECT product, array_agg(key ORDER BY place) AS names FROM"
        " (SELECT v.product, k.key, min(coalesce(array_position(o.option_names, k.key), 100 + v.position * 100 + k.place)) AS place"
        "  FROM variant v JOIN product o ON o.id = v.product, jsonb_object_keys(v.options) WITH ORDINALITY k (key, place) WHERE v.product = ANY($1) GROUP BY 1, 2) k GROUP BY 1) n"
        " WHERE p.id = n.product AND p.option_names <> n.names",
        list(products),
    )


def _told(members: Sequence[dict[str, Any]], reference: str) -> list[tuple[int, dict[str, str]]]:
    pieces = [
        Piece(
            row["id"],
            row["supplier"],
            row["sku"],
            row["title"],
            options={str(k): str(v) for k, v in (json.loads(row["options"]) or {}).items() if v is not None},
        )
        for row in members
    ]
    return [
        (row["variant"], options)
        for row, options in zip(members, telling_options(pieces, reference), strict=True)
    ]
