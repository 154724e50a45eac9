"""Files that spoke of articles nobody had described: read again once there are new offers, although they did not change."""

from __future__ import annotations

from marketplace.kernel.database import execute

#: the digest goes and its way of reading stays: known records are still recognised
_FORGET = """
UPDATE feed f SET content_sha = ':' || split_part(f.content_sha, ':', 2), etag = NULL, last_modified = NULL
 WHERE f.supplier = $1 AND f.id IS DISTINCT FROM $2 AND f.content_stands
   AND EXISTS (SELECT 1 FROM feed_run r WHERE r.feed = f.id AND r.state = 'applied' AND r.rejected > 0
                  AND r.sha = split_part(f.content_sha, ':', 1))"""


async def read_again(supplier: int, *, but: int | None = None) -> None:
    """In the open scope: the supplier's other feeds whose last file had rejected rows read it anew at their next run. Else a list of
    stock that came before the catalogue would be "unchanged" for ever, and what it said never used."""
    await execute(_FORGET, supplier, but)
