"""When a feed has fallen silent: its stock was not confirmed for longer than its lease, so nothing of it is sold. SQL over `p`, its pulse."""

#: an archived feed was put away by somebody who knew
LEASE_ENDED = (
    "p.archived_at IS NULL AND p.confirmed_at + make_interval(hours => p.stop_after_hours::int) <= now()"
)

#: offers `o` whose stock only this feed says, and that would be sold. Of a full feed beside a list of stock there are none: its silence
#: stops no sale
WAITING = "o.supplier = p.supplier AND o.stock_feed = p.feed AND o.sells_up_to > 0 AND o.not_sellable IS NULL AND o.retired_at IS NULL"

#: as it was found when the silence began (`tell_silence`): offers are not gone through for every page
STOPPED_A_SALE = f"{LEASE_ENDED} AND p.silence = 'told'"
