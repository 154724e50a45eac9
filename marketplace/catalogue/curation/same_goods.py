"""The same goods from several suppliers: a further match instead of a second product. Never on an invalid or internal code."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from marketplace.catalogue.bulk import insert_rows
from marketplace.catalogue.curation.picks import MOST_REPEATS, Pick
from marketplace.catalogue.tables import MatchState
from marketplace.kernel.database import fetch

_MATCH = {
    "merchant": "bigint",
    "variant": "bigint",
    "offer": "bigint",
    "supplier": "bigint",
    "pack_quantity": "bigint",
    "state": "text",
    "why": "text",
}


class Sold(NamedTuple):
    """A variant that is sold already under a GTIN."""

    variant: int
    cost_e4: int | None
    suppliers: frozenset[int]


def sane_ratio(one_e4: int | None, other_e4: int | None) -> bool:
    """Two costs of the same goods lie within half and double of each other; a cost nobody knows proves nothing."""
    if not one_e4 or not other_e4:
        return False
    return one_e4 <= 2 * other_e4 and other_e4 <= 2 * one_e4


async def sold_by_gtin(gtins: Iterable[str]) -> dict[str, list[Sold]]:
    """GTIN → the variants sold under it, in the open scope."""
    rows = await fetch(
        "SELECT v.gtin, v.id, v.cost_e4, array(SELECT m.supplier FROM match m WHERE m.variant = v.id) AS suppliers"
        " FROM variant v JOIN listing l ON l.product = v.product"
        " WHERE v.merchant = current_setting('app.tenant_id')::bigint AND v.gtin = ANY($1) AND l.will <> 'retired' ORDER BY v.id",
        sorted(set(gtins)),
    )
    found: dict[str, list[Sold]] = {}
    for row in rows:
        found.setdefault(row["gtin"], []).append(Sold(row["id"], row["cost_e4"], frozenset(row["suppliers"])))
    return found


class Further(NamedTuple):
    """An offer that serves, or may serve, a variant that is sold already."""

    pick: Pick
    variant: int
    state: MatchState


def judge(picks: Sequence[Pick], sold: dict[str, list[Sold]]) -> tuple[list[Further], list[Pick]]:
    """(further matches, what remains to become products).

    Certain when exactly one variant has the GTIN, its supplier gives it to one article, and the price makes sense; else it is
    proposed to a person. A supplier's
    own second article under a GTIN is another article (a feed that repeats codes), and matches nothing.
    """
    further, rest = [], []
    served: set[tuple[int, int]] = set()
    for pick in picks:
        supplier = pick.piece.supplier
        others = [
            s
            for s in sold.get(pick.gtin or "", [])
            if pick.repeats <= MOST_REPEATS
            and supplier not in s.suppliers
            and (s.variant, supplier) not in served
        ]
        if not others:
            rest.append(pick)
            continue
        certain = (
            len(sold[pick.gtin or ""]) == 1
            and pick.repeats == 1
            and sane_ratio(pick.cost_e4, others[0].cost_e4)
        )
        state = MatchState.CONFIRMED if certain else MatchState.PROPOSED
        further.append(Further(pick, others[0].variant, state))
        served.add((others[0].variant, supplier))
    return further, rest


def leaders(picks: Sequence[Pick]) -> tuple[list[Pick], list[Pick]]:
    """(those that make products, those that wait for another supplier's of the same GTIN among the very same picks)."""
    first: dict[str, int] = {}
    made, waiting = [], []
    for pick in picks:
        if pick.gtin and first.setdefault(pick.gtin, pick.piece.supplier) != pick.piece.supplier:
            waiting.append(pick)
        else:
            made.append(pick)
    return made, waiting


async def write_matches(merchant: int, further: Sequence[Further], why: str = "gtin") -> None:
    await insert_rows(
        "match",
        _MATCH,
        [
            {
                "merchant": merchant,
                "variant": f.variant,
                "offer": f.pick.piece.offer,
                "supplier": f.pick.piece.supplier,
                "pack_quantity": 1,
                "state": f.state.value,
                "why": why,
            }
            for f in further
        ],
        conflict="(variant, offer) DO NOTHING",
    )
