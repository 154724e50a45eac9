"""Weight and GTIN of a variant follow the offer it was made of, until the merchant corrects them; then they merge like its texts.

Few are ever corrected, so a variant's three values are noted from the first correction on.
"""

from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.fields import FACTS, FEED_FIELDS
from marketplace.catalogue.merge import Field
from marketplace.catalogue.show_fields import from_own
from marketplace.catalogue.write_field import write_field
from marketplace.kernel.database import execute, fetch

Fact = dict[str, Any]


async def fact_rows(product: int) -> dict[tuple[int, str], Fact]:
    """(variant, name of `FACTS`) → its values as `field_state` has them, in the open scope; as the feed has them when nobody ever
    edited it. With `offer` and `supplier`, None for a variant made by hand."""
    rows = await fetch(
        f"""
SELECT v.id AS variant, n.name AS field, coalesce(f.offer, m.offer) AS offer, o.supplier, f.own_value, coalesce(f.lock, 'none') AS lock,
       coalesce(f.pending, false) AS pending, f.pending_since,
       CASE WHEN f.id IS NULL THEN {_SAYS} ELSE f.feed_value END AS feed_value,
       CASE WHEN f.id IS NULL THEN {_SAYS} ELSE f.taken_value END AS taken_value
  FROM variant v CROSS JOIN unnest($2::text[]) n (name)
  LEFT JOIN field_state f ON f.product = v.product AND f.variant = v.id AND f.field = n.name
  LEFT JOIN LATERAL (SELECT c.offer FROM match c WHERE c.variant = v.id AND c.why = 'curated' AND c.state = 'confirmed'
                      ORDER BY c.id LIMIT 1) m ON true
  LEFT JOIN offer o ON o.id = coalesce(f.offer, m.offer) WHERE v.product = $1""",
        product,
        list(FACTS),
    )
    return {(row["variant"], row["field"]): row for row in rows}


_SAYS = "CASE n.name " + " ".join(f"WHEN '{name}' THEN {FEED_FIELDS[name].says}" for name in FACTS) + " END"


async def write_fact(
    merchant: int, product: int, variant: int, name: str, field: Field, offer: int | None, who: str
) -> None:
    """Keep the three values, and put on the variant what they say now, in the open scope."""
    await write_field(merchant, product, name, field, who, variant=variant, offer=offer)
    await show_facts([(variant, name, field)])


async def show_facts(facts: Sequence[tuple[int, str, Field]]) -> None:
    """Put on the variants what their facts, (variant, name, values), say now, in the open scope."""
    for name, type_ in (("weight_g", "bigint"), ("gtin", "text")):
        said = {
            variant: from_own(name, field.taken if field.own is None else field.own)
            for variant, fact, field in facts
            if fact == name
        }
        if said:
            await execute(
                f"UPDATE variant v SET {name} = n.said, updated_at = now() FROM unnest($1::bigint[], $2::{type_}[]) n (id, said)"
                " WHERE v.id = n.id",
                list(said),
                list(said.values()),
            )


async def follow_facts(offers: Sequence[int]) -> list[tuple[int, int]]:
    """What the offers say of the variants made of them, where the merchant did not correct it; an offer that says nothing takes
    nothing away. Answers (product, variant) of those whose GTIN changed."""
    rows = await fetch(
        f"""
UPDATE variant v SET weight_g = n.weight_g, gtin = n.gtin, updated_at = now()
  FROM (SELECT w.id, w.gtin AS was, {_followed("weight_g", "weight_g")}, {_followed("gtin", "gtin_valid")}
          FROM match m JOIN offer o ON o.id = m.offer JOIN variant w ON w.id = m.variant
         WHERE m.merchant = current_setting('app.tenant_id')::bigint AND m.why = 'curated' AND m.state = 'confirmed'
           AND m.offer = ANY($1) AND o.id = ANY($1)) n
 WHERE v.id = n.id AND (v.weight_g, v.gtin) IS DISTINCT FROM (n.weight_g, n.gtin)
RETURNING v.id AS variant, v.product, n.was IS DISTINCT FROM v.gtin AS recoded""",
        list(offers),
    )
    return [(row["product"], row["variant"]) for row in rows if row["recoded"]]


def _followed(name: str, said: str) -> str:
    return (
        "CASE WHEN EXISTS (SELECT 1 FROM field_state f WHERE f.product = w.product AND f.variant = w.id"
        f" AND f.field = '{name}' AND f.own_value IS NOT NULL) THEN w.{name} ELSE coalesce(o.{said}, w.{name}) END AS {name}"
    )
