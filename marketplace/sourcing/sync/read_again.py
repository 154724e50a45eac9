"""Files that are read again although they did not change, because what they said can be used now."""

from __future__ import annotations

from marketplace.kernel.database import execute

#: the digest goes and its way of reading stays: known records are still recognised
_FORGET = """
UPDATE feed f SET content_sha = ':' || split_part(f.content_sha, ':', 2), etag = NULL, last_modified = NULL
 WHERE f.supplier = $1 AND f.id IS DISTINCT FROM $2 AND f.content_stands
   AND ($3 AND f.speed = 'full' AND f.agreement IS NULL
        OR $4 AND EXISTS (SELECT 1 FROM feed_run r WHERE r.feed = f.id AND r.state = 'applied' AND r.rejected > 0
                             AND r.sha = split_part(f.content_sha, ':', 1)))"""


async def read_again(
    supplier: int, *, but: int | None = None, new: bool = False, vanished: bool = False
) -> None:
    """In the open scope: which of the supplier's other feeds read their last file anew at their next run.

    `new`: there are new offers, so those whose file had rejected rows. Else a list of stock that came before the catalogue would be
    "unchanged" for ever, and what it said never used. `vanished`: a file lost articles, which another full one may list.
    """
    if new or vanished:
        await execute(_FORGET, supplier, but, vanished, new)
