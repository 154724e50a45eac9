"""Reading a feed: from bytes to normalised offers, as a stream, without a database and without a network.

`propose(path)` says what a file is and how it could be read; `read(path, mapping)` reads it.
"""

from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.offer_row import NOT_SELLABLE, OfferRow, Rejected, Unchanged, content_hash

__all__ = ["NOT_SELLABLE", "FeedRefused", "OfferRow", "Rejected", "Unchanged", "content_hash"]
