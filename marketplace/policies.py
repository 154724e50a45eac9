"""Every table and its class of row security, on one page. `tests/isolation` reads the server and compares.

The shop role reads no cost, no agreement, no staff: where a table has such columns, the columns it may read are listed.
"""

from collections.abc import Iterator

from piccolo.columns import ForeignKey
from piccolo.table import Table

from tenants.rls import (
    COUNTERPARTIES,
    LINKED_SUPPLIERS,
    PERSON,
    TENANT,
    Policy,
    both,
    door,
    linked,
    owned,
    personal,
    reference,
    secure,
)

ALL: tuple[str, ...] = ()  # every column

POLICIES: dict[str, Policy] = {
    # who is asking
    "tenant": Policy(
        "O",
        read=f"(id = {TENANT} OR managed_by = {TENANT})",
        update=f"id = {TENANT}",
        shop_read=ALL,
        shop_filter=f"id = {TENANT}",
    ),
    "tenant_card": Policy(
        "L",
        read=f"(tenant = {TENANT} OR tenant = ANY ({COUNTERPARTIES}))",
        write=f"tenant = {TENANT}",
    ),
    "domain": owned("tenant", shop_read=ALL),
    "person": personal("id"),
    "membership": Policy(
        "O",
        read=f"(tenant = {TENANT} OR person = {PERSON})",
        write=f"tenant = {TENANT}",
        unchecked=("person",),
    ),
    "session": personal("person"),
    "invitation": owned("tenant"),
    "sign_in_attempt": door(),
    "audit_event": owned("tenant", append=True),
    "api_key": owned("tenant"),
    "api_use": door(),
    "counter": owned("tenant"),
    "saved_view": owned("tenant"),
    # kernel
    "outbox": Policy("D", insert=f"tenant = {TENANT}"),
    "delivery": door(),
    "fx_rate": reference(),
    "heartbeat": door(),
    "host_turn": door(),
    "host_silence": door(),
    "media": reference(),
    "mail": owned("tenant"),
    # money
    "charge": owned(
        shop_read=("id", "merchant", "state", "currency", "amount", "captured", "refunded", "card_hint")
    ),
    "payment_attempt": owned(),
    "refund": owned(
        shop_read=(
            "id",
            "merchant",
            "charge",
            "amount",
            "currency",
            "reason",
            "state",
            "created_at",
            "done_at",
        )
    ),
    "entry": owned(append=True),
    "test_payment": owned(),
    "test_call": owned(append=True),
    # stock
    "stock": Policy(
        "L",
        read=f"supplier = {TENANT} OR supplier = ANY ({LINKED_SUPPLIERS})",
        insert=f"(supplier = {TENANT} OR supplier = ANY ({LINKED_SUPPLIERS}))"
        " AND held = 0 AND committed = 0"
        " AND EXISTS (SELECT 1 FROM offer o WHERE o.id = {table}.offer AND o.supplier = {table}.supplier)",
        update=f"supplier = {TENANT} OR supplier = ANY ({LINKED_SUPPLIERS})",
        update_columns=("held", "committed"),
    ),
    # the supplier says what parts there are; who sells its sets counts what they took
    "part": Policy(
        "L",
        read=f"supplier = {TENANT} OR supplier = ANY ({LINKED_SUPPLIERS})",
        insert=f"supplier = {TENANT} AND taken = 0",
        update=f"supplier = {TENANT} OR supplier = ANY ({LINKED_SUPPLIERS})",
        update_columns=("taken",),
    ),
    "hold": both(),
    # sourcing
    "agreement": Policy(
        "B",
        read=f"(merchant = {TENANT} OR supplier = {TENANT})",
        write=f"(merchant = {TENANT} OR supplier = {TENANT})",
    ),
    "agreement_version": both(append=True),
    "agreement_history": Policy(
        "B",
        read=f"(merchant = {TENANT} OR supplier = {TENANT})",
        write=f"(merchant = {TENANT} OR supplier = {TENANT})",
        append=True,
    ),
    "agreement_offer": both(),
    "agreement_offer_change": both(append=True),
    "feed": owned("supplier"),
    "feed_pulse": linked(),
    "feed_miss": both(append=True),
    "mapping_draft": owned("supplier"),
    "mapping_template": owned("tenant"),
    # a price list for one merchant has no pulse: its runs are no other's business
    "feed_run": linked(unchecked=("feed",), seen="feed = ANY (ARRAY(SELECT p.feed FROM feed_pulse p))"),
    "run_issue": owned("supplier"),
    "run_diff": owned("supplier"),
    # one array of the supplier's feeds, made once a statement: a foreign key would ask a million times
    "offer": linked(
        more=f"(feed IS NULL OR feed = ANY (ARRAY(SELECT f.id FROM feed f WHERE f.supplier = {TENANT})))"
    ),
    # a composite key to `offer` would cost every supplier an index on its offers
    "offer_part": linked(
        more=f"EXISTS (SELECT 1 FROM offer o WHERE o.id = {{table}}.offer AND o.supplier = {TENANT}) AND ({{table}}.part_offer IS NULL"
        f" OR EXISTS (SELECT 1 FROM offer o WHERE o.id = {{table}}.part_offer AND o.supplier = {TENANT}))"
    ),
    "offer_change": linked(unchecked=("offer",)),
    "offer_photo": linked(),
    "holiday": linked(),
    # catalogue
    "storefront": owned(shop_read=ALL),
    "category": owned(shop_read=ALL),
    "category_mapping": owned(),
    "product": owned(shop_read=ALL),
    "variant": owned(
        shop_read=(
            "id",
            "merchant",
            "product",
            "sku",
            "gtin",
            "options",
            "position",
            "tax_category",
            "weight_g",
            "price",
            "sellable",
            "available",
            "stock_time",
            "lead_days",
        )
    ),
    "match": owned(),
    "listing": owned(shop_read=ALL),
    "listing_photo": owned(shop_read=ALL),
    "search_document": owned(),
    "search_word": owned(shop_read=ALL),
    "curation": owned(),
    "field_state": owned(),
    "price_rule": owned(),
    "price_history": owned(append=True, shop_read=ALL),
    "redirect": owned(shop_read=ALL),
    # ordering
    "cart": owned(shop_read=ALL, shop_write=True),
    "cart_line": owned(shop_read=ALL, shop_write=True),
    "orders": owned(shop_read=ALL),
    "order_line": owned(shop_read=ALL),
    "order_transition": owned(append=True, shop_read=ALL, shop_filter="shopper_sees"),
    # fulfilment
    "routing_decision": owned(append=True),
    "supplier_order": both(
        shop_read=(
            "id",
            "merchant",
            "supplier",
            "order_id",
            "number",
            "state",
            "ship_by",
            "promise_date",
            "shipped_at",
        ),
        shop_filter=f"merchant = {TENANT}",
    ),
    "supplier_order_line": both(
        shop_read=(
            "id",
            "merchant",
            "supplier",
            "supplier_order",
            "order_line",
            "pack_quantity",
            "ordered",
            "accepted",
            "refused",
            "cancelled",
            "shipped",
            "delivered",
        ),
        shop_filter=f"merchant = {TENANT}",
    ),
    "delivery_address": both(),
    "shipment": both(shop_read=ALL, shop_filter=f"merchant = {TENANT}"),
    "shipment_line": both(shop_read=ALL, shop_filter=f"merchant = {TENANT}"),
    "tracking_event": both(append=True, shop_read=ALL, shop_filter=f"merchant = {TENANT}"),
    "dispatch_attempt": owned(),
    "supplier_order_transition": both(append=True),
    # claims
    "claim": owned(shop_read=ALL),
    "claim_line": owned(shop_read=ALL),
    "claim_message": owned(append=True, shop_read=ALL, shop_filter="audience = 'shopper'"),
    "attachment": owned(append=True, shop_read=ALL),
    "resolution": owned(
        shop_read=("id", "merchant", "claim", "kind", "amount", "refund", "lines", "decided_at")
    ),
    "claim_transition": owned(append=True),
    "withdrawal": owned(shop_read=ALL),
    "goods_return": both(shop_read=ALL, shop_filter=f"merchant = {TENANT}"),
    "goods_return_line": both(shop_read=ALL, shop_filter=f"merchant = {TENANT}"),
    "recovery": both(),
    "forwarded_message": both(append=True),
    "forwarded_photo": both(append=True),
}

#: not targets of a visibility check: `tenant` is a name, not data; the rest everybody reads or nobody does
_NAMES = {"tenant", "person", "outbox", "media"}


def tables() -> dict[str, type[Table]]:
    from marketplace.piccolo_app import APP_CONFIG as MARKETPLACE
    from tenants.piccolo_app import APP_CONFIG as TENANTS

    return {t._meta.tablename: t for t in (*TENANTS.table_classes, *MARKETPLACE.table_classes)}


def _foreign_keys(table: type[Table]) -> Iterator[tuple[str, str]]:
    for column in table._meta.columns:
        if isinstance(column, ForeignKey):
            target = column._foreign_key_meta.resolved_references._meta.tablename
            if target not in _NAMES:
                yield column._meta.db_column_name, target


def row_security() -> list[str]:
    """Every statement of row security, in table order. Raises KeyError on a table without a class."""
    return [
        statement
        for name, table in sorted(tables().items())
        for statement in secure(name, POLICIES[name], _foreign_keys(table))
    ]
