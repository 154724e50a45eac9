"""What a person undid is not written again by the next file that says it still: field by field, until the file says something else.

Feeds change every hour, and a mistake stays in them until the supplier mends it. Its stock goes on being taken meanwhile. The same holds of
presence: an article that was lost stays, with a stock that nobody confirms and that ages; one that was brought stays away while its row
says just what it said.
"""

from __future__ import annotations

from marketplace.kernel.database import execute, fetch_value
from marketplace.sourcing.sync.columns import NEVER_UNDONE, Sent
from marketplace.sourcing.sync.statements import touched

LEFT = "Offers on which the file says again what was undone, which is left as it is: {count}"
_PRESENCE = frozenset({"not_sellable", "missing_runs", "retired_at"})
_PRICED = "'price_e4', 'currency', 'excluded'"
_UNPRICED = "'no_price', 'price_unreadable', 'no_currency', 'excluded'"

#: feed, digest, fields a run may write. A field counts while the offer has what the undo gave back, and the file what it took away. An
#: undo takes the record's digest off: one that is there again says that the file has said something else since
_FIND = """
CREATE TEMP TABLE undone_again ON COMMIT DROP AS
SELECT d.id, array_agg(DISTINCT k.name) AS fields FROM diff d
 CROSS JOIN LATERAL (SELECT c.before, c.after FROM offer_change c JOIN feed_run r ON r.id = c.run
                      WHERE c.offer = d.id AND c.kind = 'undone' AND r.feed = %s AND r.state = 'undone' OFFSET 0) c
 CROSS JOIN LATERAL (SELECT to_jsonb(o) AS row FROM offer o WHERE o.id = d.id OFFSET 0) o
 CROSS JOIN LATERAL (SELECT to_jsonb(d) AS row) n
 CROSS JOIN LATERAL jsonb_object_keys(c.before || c.after) AS k(name)
 WHERE d.visible AND o.row -> '%s' = 'null' AND k.name = ANY (ARRAY[%s])
   AND coalesce(n.row -> k.name, 'null') = coalesce(c.before -> k.name, 'null')
   AND coalesce(o.row -> k.name, 'null') = coalesce(c.after -> k.name, 'null')
   AND coalesce(c.before -> k.name, 'null') <> coalesce(c.after -> k.name, 'null')
 GROUP BY d.id"""


#: feed, digest, fields: rows of articles that an undone run had brought and that went with it, saying the same again
_BROUGHT_AGAIN = """
DELETE FROM diff d USING offer o
 WHERE o.id = d.id AND d.returned AND o.retired_at IS NOT NULL AND o.%s IS NULL AND (%s) IS NOT DISTINCT FROM (%s)
   AND EXISTS (SELECT 1 FROM offer_change c JOIN feed_run r ON r.id = c.run WHERE c.offer = o.id AND c.kind = 'undone'
                  AND r.feed = %s AND r.state = 'undone' AND c.after ? 'retired_at')"""

#: $1 feed. Articles that an undone run had lost, which the file has not named since: neither digest nor price nor stock is this feed's
_LOST_AGAIN = """
DELETE FROM absent a USING offer o
 WHERE o.id = a.id AND a.gone AND o.missing_runs = 0 AND o.hash IS NULL AND o.stock_feed IS DISTINCT FROM $1
   AND o.price_feed IS DISTINCT FROM $1
   AND EXISTS (SELECT 1 FROM offer_change c JOIN feed_run r ON r.id = c.run WHERE c.offer = o.id AND c.kind = 'undone'
                  AND r.feed = $1 AND r.state = 'undone' AND (c.before ->> 'missing_runs')::bigint > 0
                  AND c.after ->> 'missing_runs' = '0')"""


async def anything_undone(feed: int) -> bool:
    """Whether a run of the feed was undone while another stands. Where none does, the feed begins anew with its next file."""
    return bool(
        await fetch_value(
            "SELECT bool_or(state = 'undone') AND bool_or(state = 'applied') FROM feed_run WHERE feed = $1",
            feed,
        )
    )


async def keep_undone(feed: int, digest: str, sent: Sent) -> int:
    """Take out of `diff` what was undone; `digest` is the column that knows this feed's records. Answers on how many offers there was
    something."""
    stated = [c for c in touched(sent) if c not in _PRESENCE]
    fields = [c for c in stated if c not in NEVER_UNDONE]
    now, was = (", ".join(f"{row}.{c}" for c in fields) or "1" for row in ("d", "o"))
    brought = await execute(_BROUGHT_AGAIN % (digest, now, was, int(feed)))
    await execute(_FIND % (int(feed), digest, ", ".join(f"'{f}'" for f in fields)))
    found = int(await fetch_value("SELECT count(*) FROM undone_again"))
    if found:
        await execute("CREATE INDEX ON diff (id)")
        await execute(_restore(stated, fields))
    return brought + found


async def keep_present(feed: int) -> int:
    """Take out of `absent` what was lost once and brought back by an undo. Answers how many."""
    return await execute(_LOST_AGAIN, feed)


def _restore(stated: list[str], fields: list[str]) -> str:
    new = {c: f"CASE WHEN '{c}' = ANY (u.fields) THEN o.{c} ELSE d.{c} END" for c in fields}
    why = (
        f"CASE WHEN u.fields && ARRAY[{_PRICED}] AND d.not_sellable IN ({_UNPRICED}) THEN o.not_sellable"
        " ELSE d.not_sellable END"
    )
    after = ", ".join(new.get(c, f"d.{c}") for c in stated)
    before = ", ".join(f"o.{c}" for c in stated)
    return f"""
UPDATE diff d SET {", ".join(f"{c} = {value}" for c, value in new.items())}, not_sellable = {why}, hash = NULL, stock_hash = NULL,
       visible = ({after}, {why}) IS DISTINCT FROM ({before}, o.not_sellable)
  FROM undone_again u JOIN offer o ON o.id = u.id WHERE d.id = u.id"""
