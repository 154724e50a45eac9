"""A supplier with many offers and a merchant who sells some of them, written by SQL; and a run that changed some, as a feed's
apply leaves it."""

from bench._feed_lab import Lab
from marketplace.kernel import json

_RULE = json.dumps({"steps": [{"multiplier_bp": 20_000}]})
_OFFERS = """
INSERT INTO offer (supplier, feed, sku, title, description, brand, mpn, category, images, price_e4, currency, quantity, sells_up_to,
                   stock_time, stock_feed, price_time, price_feed, last_run, hash)
SELECT $1, $2, 'SKU-' || lpad(n::text, 8, '0'), 'A lamp of the number ' || n, repeat('Brass and glass. ', 18), 'Brand ' || n % 300,
       'MPN' || n, 'Home > Aisle ' || n % 40, ARRAY['https://cdn.example/' || n || '.jpg'], (n % 90000 + 500) * 100, 'EUR',
       n % 60 + 1, n % 60 + 1, now() - interval '13 hours', $2, now(), $2, 0, n
  FROM generate_series(1, $3::int) n"""
_LISTED = """
CREATE TEMP TABLE listed AS
SELECT o.id AS offer, nextval(pg_get_serial_sequence('product', 'id')) AS product,
       nextval(pg_get_serial_sequence('variant', 'id')) AS variant, o.sku, o.title, o.description, o.brand, o.category, o.images
  FROM offer o WHERE o.supplier = $1 AND o.sku <= 'SKU-' || lpad($2, 8, '0')"""
_SELLS = (
    "INSERT INTO product (id, merchant, title, sort_title, description, brand) SELECT product, {m}, title, sku, description, brand FROM listed",
    "INSERT INTO listing (merchant, product, slug, will) SELECT {m}, product, lower(sku), 'live' FROM listed",
    "INSERT INTO variant (id, merchant, product, sku) SELECT variant, {m}, product, sku FROM listed",
    "INSERT INTO match (merchant, variant, offer, supplier, why) SELECT {m}, variant, offer, {s}, 'curated' FROM listed",
    "INSERT INTO field_state (merchant, product, variant, field, feed_value, taken_value, offer)"
    " SELECT {m}, product, NULL, f.name, f.says, f.says, offer FROM listed, LATERAL (VALUES ('title', title), ('description', description),"
    " ('brand', brand), ('category', category), ('manufacturer', NULL), ('responsible', NULL), ('warnings', NULL)) f (name, says)",
    "INSERT INTO field_state (merchant, product, variant, field, feed_value, taken_value, offer)"
    " SELECT {m}, product, variant, f.name, f.says, f.says, offer FROM listed, LATERAL (VALUES ('options', NULL),"
    " ('photos', array_to_json(images)::text)) f (name, says)",
)


async def trade(at: Lab, offers: int, listed: int) -> tuple[int, int, int]:
    """(merchant, supplier, feed): of `offers` of the supplier the merchant has `listed` live, not reckoned yet."""
    import asyncpg

    owner = await asyncpg.connect(at.owner_url)
    try:
        merchant, supplier = [
            await owner.fetchval(
                "INSERT INTO tenant (kind, slug, name) VALUES ($1, $2, $1) RETURNING id", kind, f"{kind}-{offers}"
            )
            for kind in ("merchant", "supplier")
        ]  # fmt: skip
        await owner.execute("INSERT INTO storefront (merchant) VALUES ($1)", merchant)
        await owner.execute(
            "INSERT INTO agreement (merchant, supplier, state, proposed_by, merchant_agreed_at, supplier_agreed_at, active_since)"
            " VALUES ($1, $2, 'active', 'merchant', now(), now(), now())", merchant, supplier,
        )  # fmt: skip
        await owner.execute(
            "INSERT INTO price_rule (merchant, position, name, rule) VALUES ($1, 1, 'Double', $2)", merchant, _RULE
        )  # fmt: skip
        feed = await owner.fetchval(
            "INSERT INTO feed (supplier, name, transport) VALUES ($1, 'Bench', 'upload') RETURNING id", supplier
        )  # fmt: skip
        await owner.execute("UPDATE feed_pulse SET confirmed_at = now() WHERE feed = $1", feed)
        await owner.execute(_OFFERS, supplier, feed, offers)
        await owner.execute(_LISTED, supplier, str(listed))
        for sql in _SELLS:
            await owner.execute(sql.format(m=merchant, s=supplier))
        await owner.execute("ANALYZE")
        return merchant, supplier, feed
    finally:
        await owner.close()


async def run_over(at: Lab, supplier: int, feed: int, *, of_each: int, words: bool) -> int:
    """A run, applied: every `of_each`-th offer has another price and quantity, and other `words` when wanted. Answers its id."""
    import asyncpg

    owner = await asyncpg.connect(at.owner_url)
    try:
        run = await owner.fetchval(
            "INSERT INTO feed_run (supplier, feed, state) VALUES ($1, $2, 'applied') RETURNING id",
            supplier,
            feed,
        )
        texts = ", title = title || ' II'" if words else ""
        await owner.execute(
            f"""WITH was AS (SELECT id, price_e4 FROM offer WHERE supplier = $1 AND hash % $3 = 0),
            moved AS (UPDATE offer o SET price_e4 = o.price_e4 + 1000, sells_up_to = o.sells_up_to + 1, last_run = $2{texts}
                        FROM was WHERE o.id = was.id RETURNING o.id, was.price_e4 AS before, o.price_e4 AS after)
            INSERT INTO offer_change (supplier, offer, run, kind, before, after)
            SELECT $1, id, $2, 'changed', jsonb_build_object('price_e4', before), jsonb_build_object('price_e4', after) FROM moved""",
            supplier, run, of_each,
        )  # fmt: skip
        await owner.execute("UPDATE feed_pulse SET confirmed_at = now() WHERE feed = $1", feed)
        return int(run)
    finally:
        await owner.close()


async def owner(at: Lab, sql: str) -> None:
    """One statement as the owner of the tables."""
    import asyncpg

    connection = await asyncpg.connect(at.owner_url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
