"""A match that rests on a GTIN holds only while both sides state that GTIN.

A supplier gives an article number to other goods, or corrects a code: the offer then serves nothing until a person looked again.
What a feed takes back (a corrected file, an undone run) puts the match back as it was.
"""

from collections.abc import Sequence

from marketplace.kernel.database import execute, fetch

_SAME = "(o.gtin_valid IS NOT NULL AND o.gtin_valid IS NOT DISTINCT FROM v.gtin)"
_RESTS_ON_GTIN = "x.merchant = current_setting('app.tenant_id')::bigint AND x.why IN ('gtin', 'gtin_changed')"
_FOUND = (
    f"FROM match x JOIN offer o ON o.id = x.offer JOIN variant v ON v.id = x.variant WHERE {_RESTS_ON_GTIN}"
)
_DOUBT = f"""
UPDATE match m SET state = CASE WHEN n.same THEN 'confirmed' ELSE 'proposed' END, why = CASE WHEN n.same THEN 'gtin' ELSE 'gtin_changed' END
  FROM (SELECT x.id, {_SAME} AS same {_FOUND} AND {{of}}
           AND ((x.state = 'confirmed' AND x.why = 'gtin' AND NOT {_SAME}) OR (x.state = 'proposed' AND x.why = 'gtin_changed' AND {_SAME}))) n
 WHERE m.id = n.id RETURNING m.variant"""
_WITHDRAW = (
    f"DELETE FROM match m USING (SELECT x.id {_FOUND} AND {{of}} AND x.state = 'proposed' AND x.why = 'gtin' AND NOT {_SAME}) n"
    " WHERE m.id = n.id"
)
_OF_OFFERS, _OF_VARIANTS = "x.offer = ANY($1::bigint[])", "x.variant = ANY($1::bigint[])"


async def doubt_matches(*, offers: Sequence[int] = (), variants: Sequence[int] = ()) -> list[int]:
    """Look at the matches of these offers, or of these variants, whose GTIN may have changed; in the open scope, under the
    catalogue's lock. Answers the variants that lost or regained a source: their prices are to be reckoned."""
    changed: set[int] = set()
    for ids, of in ((offers, _OF_OFFERS), (variants, _OF_VARIANTS)):
        if ids:
            changed |= {int(row["variant"]) for row in await fetch(_DOUBT.format(of=of), list(ids))}
            await execute(_WITHDRAW.format(of=of), list(ids))
    return sorted(changed)
