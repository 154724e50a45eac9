"""The SQL that compares a staged file with the offers, and writes what differs. Text only; `compare` and `write` run it.

The rules:

- A field that is not sent keeps its value. A price or a quantity whose source time is older than the one we hold keeps its
  value too, and counts as `older`.
- What a run finds unchanged is not written: `stock_feed` and `price_feed` say which feed's later runs confirm it, and the
  feed's pulse says when it last did.
- A row's own time is what a newer word must beat (`stock_said`, `price_said`); how fresh the number is, its file says. Where that
  time is when the stock was counted ($4), it is its age too, and nobody confirms it.
- Stock that could not be read (`keep_quantity`) keeps the quantity with its age: the confirmation is taken off.
- `not_sellable` follows from the values as they will be, whichever feed each of them came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from marketplace.sourcing.sync.columns import COLUMNS, JSON_COLUMNS, NAMES, Column, Sent

#: what the trail compares: the columns a feed states, the verdict, and presence
TRAIL: tuple[str, ...] = (*NAMES, "not_sellable", "missing_runs", "retired_at")

_PRESENCE = ("not_sellable", "missing_runs", "retired_at")
_KEPT_TRACK = (
    "feed",
    "hash",
    "stock_hash",
    "price_time",
    "price_feed",
    "price_said",
    "stock_time",
    "stock_feed",
    "stock_said",
)
#: what the verdict follows from, and what is counted
_JUDGED = frozenset(("excluded", "price_e4", "currency", "sells_up_to", "availability", "quantity"))


def touched(sent: Sent) -> tuple[str, ...]:
    """The columns of `diff` that a run may change, in the trail's order: a run of stock does not carry texts about."""
    named = {c.name for c in sent.columns} | {"price_e4", "sells_up_to", *_PRESENCE}
    return tuple(c for c in TRAIL if c in named)


def diff_table(sent: Sent) -> str:
    """Creates `diff`: an existing offer as it will be."""
    return f"""
CREATE TEMP TABLE diff ON COMMIT DROP AS
SELECT o.id, {", ".join(f"o.{c}" for c in (*touched(sent), *_KEPT_TRACK))},
       false AS visible, false AS returned, false AS older, false AS hash_only
  FROM offer o WITH NO DATA"""


class Judged(NamedTuple):
    """What the breaker weighs, as SQL over the offer `o` and its row `d` of `diff`: what may be sold, an excluded article being none,
    and the price that is paid, a reduced one going before the price. `recurrent`: its currency is another, so no ratio says how far
    it moved."""

    had: str
    has: str
    was: str
    now: str
    recurrent: str

    @property
    def zeroed(self) -> str:
        return f"{self.had} > 0 AND {self.has} = 0"

    @property
    def repriced(self) -> str:
        return f"({self.was} <> {self.now} OR {self.recurrent})"


def judged(sent: Sent) -> Judged:
    """What a run does not send is as it was."""
    told = touched(sent)

    def after(column: str) -> str:
        return f"{'d' if column in told else 'o'}.{column}"

    return Judged(
        had="CASE WHEN o.excluded THEN 0 ELSE o.sells_up_to END",
        has=f"CASE WHEN {after('excluded')} THEN 0 ELSE d.sells_up_to END",
        was="coalesce(o.sale_price_e4, o.price_e4)",
        now=f"coalesce({after('sale_price_e4')}, d.price_e4)",
        recurrent=f"(o.price_e4 IS NOT NULL AND d.price_e4 IS NOT NULL AND o.currency <> {after('currency')})",
    )


#: joins a staged row with its offer, always by a look-up of the offer: OFFSET 0 keeps the planner from starting with a million offers
OFFER_OF_ROW = (
    "CROSS JOIN LATERAL (SELECT o.* FROM offer o WHERE o.supplier = $1 AND o.sku = s.sku OFFSET 0) o"
)

_EXISTING = """
SELECT o.id, {old}, {stated}, o.not_sellable AS o_why, o.missing_runs AS o_missing, o.retired_at AS o_retired, o.feed AS o_feed,
       o.hash AS o_hash, o.stock_hash AS o_stock_hash, o.price_time, o.price_feed, o.price_said, o.stock_time, o.stock_feed, o.stock_said, s.digest, s.keep_quantity AS keep,
       s.not_sellable AS s_why, CASE WHEN s.source_time IS NOT NULL THEN least(s.source_time, now()) END AS own_time, least(coalesce(s.source_time, $3), now()) AS t,
       greatest(o.stock_time, ps.confirmed_at) AS stock_as_of, greatest(o.price_time, pp.confirmed_at) AS price_as_of
  FROM stage s
  {OFFER_OF_ROW}
  LEFT JOIN feed_pulse ps ON ps.feed = o.stock_feed
  LEFT JOIN feed_pulse pp ON pp.feed = o.price_feed"""


def compare(sent: Sent, *, owns: bool) -> str:
    """Fills `diff` with the existing offers that a run touches. $1 supplier, $2 feed, $3 the run's source time, $4 whether a row's
    own time is when its numbers were counted.

    `owns`: a full feed, which says what there is; else only stock and price of known offers.
    """
    stated_names = [c for c in touched(sent) if c not in _PRESENCE]
    needed = [c for c in COLUMNS if c.name in _JUDGED or c.name in stated_names]
    old = ", ".join(f"o.{c.name} AS o_{c.name}" for c in needed)
    stated = ", ".join(f"{_typed(c)} AS s_{c.name}" for c in sent.columns) or "NULL AS nothing"
    new = ",\n       ".join(f"{_resolved(c, sent)} AS n_{c.name}" for c in needed)
    return f"""
INSERT INTO diff
WITH x AS ({_EXISTING.format(old=old, stated=stated, OFFER_OF_ROW=OFFER_OF_ROW)}),
y AS (SELECT x.*, {_fresh("stock", sent.stock)} AND NOT keep AS stock_taken, {_fresh("price", sent.price)} AS price_taken FROM x),
n AS (SELECT y.*, {new},
       {_older(sent)} AS older FROM y),
w AS (SELECT n.*, {"0" if owns else "o_missing"} AS n_missing, {"NULL::timestamptz" if owns else "o_retired"} AS n_retired,
       {"$2::bigint" if owns else "o_feed"} AS n_feed,
       {why("n_", missing="false" if owns else "o_why = 'vanished'", hint="s_why", before="o_why")} AS n_why,
       {_confirmed("stock", sent, sent.stock)}, {_confirmed("price", sent, sent.price)} FROM n),
v AS (SELECT w.*, ({", ".join(f"n_{c}" for c in stated_names)}, n_why) IS DISTINCT FROM ({", ".join(f"o_{c}" for c in stated_names)}, o_why)
                  AS visible,
       (n_missing, n_retired) IS DISTINCT FROM (o_missing, o_retired) AS returned FROM w),
h AS (SELECT v.*, {_digests(owns)} FROM v)
SELECT id, {", ".join(f"n_{c}" for c in stated_names)}, n_why, n_missing, n_retired, n_feed, n_hash, n_stock_hash, n_price_time,
       n_price_feed, n_price_said, n_stock_time, n_stock_feed, n_stock_said, visible, returned, older,
       NOT (visible OR returned OR older OR {_touched(sent)} OR {"o_hash" if owns else "o_stock_hash"} IS NULL)
  FROM h
 WHERE visible OR returned OR older OR {_touched(sent)} OR (n_hash, n_stock_hash) IS DISTINCT FROM (o_hash, o_stock_hash)"""


def _digests(owns: bool) -> str:
    """This feed's digest is kept unless something of the row was not taken; the other kind's is worth nothing once it changed."""
    mine, other = ("hash", "stock_hash") if owns else ("stock_hash", "hash")
    return (
        f"CASE WHEN older OR keep THEN NULL ELSE digest END AS n_{mine},"
        f" CASE WHEN visible THEN NULL ELSE o_{other} END AS n_{other}"
    )


def _typed(column: Column) -> str:
    if column.name == "images":
        return "string_to_array(s.images, E'\\n')"
    return f"s.{column.name}::jsonb" if column.name in JSON_COLUMNS else f"s.{column.name}"


def _resolved(column: Column, sent: Sent) -> str:
    """The value after the run."""
    if column not in sent.columns:
        return f"o_{column.name}"
    if column.name == "lead_days" and "lead_days" not in sent.fields:
        return "CASE WHEN stock_taken THEN coalesce(s_lead_days, o_lead_days) ELSE o_lead_days END"
    if column.name == "sale_price_e4" and "sale_price_e4" not in sent.fields:
        return "CASE WHEN price_taken AND o_sale_price_e4 >= s_price_e4 THEN NULL ELSE o_sale_price_e4 END"
    if column.group != "text":
        return f"CASE WHEN {column.group}_taken THEN s_{column.name} ELSE o_{column.name} END"
    return "coalesce(s_title, o_title)" if column.name == "title" else f"s_{column.name}"


def _fresh(group: str, is_sent: bool) -> str:
    held = _held(group)
    return f"({held} IS NULL OR {held} <= t)" if is_sent else "false"


def _held(group: str) -> str:
    """The time that what comes must not be older than: a row's own is held against a row's own, a file's against a file's."""
    return f"CASE WHEN own_time IS NULL THEN {group}_as_of ELSE coalesce({group}_said, {group}_as_of) END"


def _older(sent: Sent) -> str:
    """Whether something was left alone because what we hold is newer."""
    said = [_older_of(g, sent) for g, is_sent in (("price", sent.price), ("stock", sent.stock)) if is_sent]
    return " OR ".join(said) or "false"


def _older_of(group: str, sent: Sent) -> str:
    readable = " AND NOT keep" if group == "stock" else ""
    return (
        f"(NOT {group}_taken AND {_held(group)} > t{readable}"
        f" AND ({_list('s_', sent, group)}) IS DISTINCT FROM ({_list('o_', sent, group)}))"
    )


def _list(prefix: str, sent: Sent, group: str) -> str:
    return ", ".join(f"{prefix}{c.name}" for c in sent.columns if c.group == group)


def _confirmed(group: str, sent: Sent, is_sent: bool) -> str:
    """Source time, confirming feed and own time after the run. What this feed says otherwise now, unreadable or older, it confirms no more."""
    other = [*(["keep"] if group == "stock" else []), *([_older_of(group, sent)] if is_sent else [])]
    held = f"({' OR '.join(other) or 'false'}) AND {group}_feed = $2"
    taken = f"{group}_taken"
    return f"""CASE WHEN {taken} THEN {_TIME} WHEN {held} THEN {group}_as_of ELSE {group}_time END AS n_{group}_time,
       CASE WHEN {taken} THEN {_FEED} WHEN {held} THEN NULL ELSE {group}_feed END AS n_{group}_feed,
       CASE WHEN {taken} THEN own_time ELSE {group}_said END AS n_{group}_said"""


#: of a number that is taken: how fresh it is, and whose later runs confirm it
_COUNTED = "$4 AND own_time IS NOT NULL"
_TIME = f"CASE WHEN {_COUNTED} THEN t ELSE least($3, now()) END"
_FEED = f"CASE WHEN {_COUNTED} THEN NULL ELSE $2::bigint END"


def _touched(sent: Sent) -> str:
    """Whether times or confirmation change although no value does."""
    touched = ["n_feed IS DISTINCT FROM o_feed"]
    for group, is_sent in (("price", sent.price), ("stock", sent.stock)):
        if is_sent:
            touched.append(
                f"({group}_taken AND ({group}_feed IS DISTINCT FROM {_FEED} OR {group}_said IS DISTINCT FROM own_time OR {group}_time IS NULL))"
            )
    if sent.stock:
        touched.append("(keep AND stock_feed = $2)")
    return " OR ".join(touched)


def why(prefix: str, *, missing: str, hint: str, before: str) -> str:
    """Why the offer cannot be sold, or NULL; the codes of `offer_row.NOT_SELLABLE` and `vanished`.

    `hint` is what the reader said of this row and `before` what was said until now: they tell "unreadable" from "none".
    """
    p = prefix
    return f"""CASE WHEN {missing} THEN 'vanished'
            WHEN {p}excluded THEN 'excluded'
            WHEN {p}price_e4 IS NULL THEN CASE WHEN 'price_unreadable' IN ({hint}, {before}) THEN 'price_unreadable' ELSE 'no_price' END
            WHEN {p}currency IS NULL THEN 'no_currency'
            WHEN {p}sells_up_to > 0 THEN NULL
            WHEN {p}availability IN ('discontinued', 'preorder') THEN {p}availability
            WHEN {p}quantity IS NULL AND {p}availability IS NULL
                 THEN CASE WHEN 'stock_unreadable' IN ({hint}, {before}) THEN 'stock_unreadable'
                      WHEN 'part_unknown' IN ({hint}, {before}) THEN 'part_unknown' ELSE 'no_stock' END
            ELSE 'out_of_stock' END"""


def insert_new(sent: Sent, *, alone: bool = False) -> str:
    """Writes the staged rows that are no offer yet. $1 supplier, $2 feed, $3 source time, $4 as in `compare`, $5 run.

    `alone`: the supplier has no offers, so none of the rows can be one.
    """
    values = ", ".join(
        f"{_typed(c) if c in sent.columns else c.default} AS n_{c.name}"
        for c in COLUMNS
        if c.name != "quantity_kind"
    )
    price = "s.price_e4 IS NOT NULL" if sent.price else "false"
    stock = (
        "NOT s.keep_quantity AND (s.quantity IS NOT NULL OR s.availability IS NOT NULL)"
        if sent.stock
        else "false"
    )
    new = "true" if alone else "NOT EXISTS (SELECT 1 FROM offer o WHERE o.supplier = $1 AND o.sku = s.sku)"
    return f"""
INSERT INTO offer (supplier, feed, sku, {", ".join(NAMES)}, not_sellable, hash, price_time, price_feed, price_said, stock_time, stock_feed,
                   stock_said, first_run, last_run)
SELECT $1::bigint, $2::bigint, sku,
       {", ".join("CASE WHEN stocked THEN quantity_kind ELSE 'unknown' END" if c == "quantity_kind" else f"n_{c}" for c in NAMES)},
       {why("n_", missing="false", hint="s_why", before="NULL")}, CASE WHEN keep_quantity THEN NULL ELSE digest END,
       CASE WHEN priced THEN {_TIME} END, CASE WHEN priced THEN {_FEED} END, CASE WHEN priced THEN own_time END,
       CASE WHEN stocked THEN {_TIME} END, CASE WHEN stocked THEN {_FEED} END, CASE WHEN stocked THEN own_time END, $5::bigint, $5::bigint
  FROM (SELECT s.sku, s.digest, s.keep_quantity, s.quantity_kind, s.not_sellable AS s_why, {values}, {price} AS priced,
               {stock} AS stocked, CASE WHEN s.source_time IS NOT NULL THEN least(s.source_time, now()) END AS own_time, least(coalesce(s.source_time, $3), now()) AS t
          FROM stage s WHERE s.title IS NOT NULL AND {new}) AS n"""


def changes(new: str, columns: Iterable[str] = TRAIL) -> tuple[str, str]:
    """(before, after) of the columns that differ between the offer `o` and `new`, as JSON objects."""
    pairs = [(c, f"o.{c} IS DISTINCT FROM {new}.{c}") for c in columns]
    before = ", ".join(f"'{c}', CASE WHEN {differs} THEN o.{c} END" for c, differs in pairs)
    after = ", ".join(f"'{c}', CASE WHEN {differs} THEN {new}.{c} END" for c, differs in pairs)
    return tuple(f"jsonb_strip_nulls(jsonb_build_object({said}))" for said in (before, after))  # type: ignore[return-value]


def trail(new: str, *, kind: str, source: str, columns: Iterable[str] = TRAIL) -> str:
    """Writes what changes on offers, before it does. `source` joins the offer `o` with where `new` values come from.

    $1 supplier, $2 run.
    """
    before, after = changes(new, columns)
    return f"""
INSERT INTO offer_change (supplier, offer, run, kind, before, after)
SELECT $1, o.id, $2, {kind}, {before}, {after}
  FROM {source}"""


def update_changed(sent: Sent) -> str:
    """Writes `diff` to the offers. $1 run."""
    return f"""
UPDATE offer o SET {", ".join(f"{c} = d.{c}" for c in (*touched(sent), *_KEPT_TRACK))},
       last_run = CASE WHEN d.visible OR d.returned THEN $1 ELSE o.last_run END,
       updated_at = CASE WHEN d.visible OR d.returned THEN now() ELSE o.updated_at END
  FROM diff d WHERE o.id = d.id"""
