"""What a person undid is not written again by the next file that says it still: field by field, until the file says something else.

Feeds change every hour, and a mistake stays in them until the supplier mends it. Its stock goes on being taken meanwhile.
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


async def keep_undone(feed: int, digest: str, sent: Sent) -> int:
    """Take out of `diff` what was undone; `digest` is the column that knows this feed's records. Answers on how many offers there was
    something."""
    if not await fetch_value(
        "SELECT EXISTS (SELECT 1 FROM feed_run WHERE feed = $1 AND state = 'undone')", feed
    ):
        return 0
    stated = [c for c in touched(sent) if c not in _PRESENCE]
    fields = [c for c in stated if c not in NEVER_UNDONE]
    await execute(_FIND % (int(feed), digest, ", ".join(f"'{f}'" for f in fields)))
    found = int(await fetch_value("SELECT count(*) FROM undone_again"))
    if found:
        await execute("CREATE INDEX ON diff (id)")
        await execute(_restore(stated, fields))
    return found


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
