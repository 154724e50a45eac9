"""One field's three values, read and written."""

from typing import Any

from marketplace.catalogue.merge import Field
from marketplace.kernel.database import execute, fetch


async def field_rows(product: int) -> dict[str, dict[str, Any]]:
    """Field → its row, of the product itself, in the open scope."""
    rows = await fetch("SELECT * FROM field_state WHERE product = $1 AND variant IS NULL", product)
    return {row["field"]: row for row in rows}


async def write_field(
    merchant: int,
    product: int,
    name: str,
    field: Field,
    who: str,
    *,
    variant: int | None = None,
    offer: int | None = None,
) -> None:
    """Keep the field's state; one that had no row gets it now, with the offer it follows."""
    await execute(
        "INSERT INTO field_state (merchant, product, field, feed_value, taken_value, own_value, lock, pending, decided_by, variant,"
        " offer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (product, variant, field) DO UPDATE SET"
        " feed_value = EXCLUDED.feed_value, taken_value = EXCLUDED.taken_value, own_value = EXCLUDED.own_value,"
        " lock = EXCLUDED.lock, pending = EXCLUDED.pending, decided_by = EXCLUDED.decided_by, updated_at = now(),"
        " pending_since = CASE WHEN EXCLUDED.pending THEN field_state.pending_since END",
        merchant,
        product,
        name,
        field.feed,
        field.taken,
        field.own,
        field.lock.value,
        field.pending,
        who or None,
        variant,
        offer,
    )
