"""One of everything that belongs to Alice (a merchant) or Vera (her supplier), for strangers to ask for in vain."""

from dataclasses import dataclass
from typing import Any

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_value
from marketplace.kernel.signing import sign
from tenants.scope import platform_scope
from tests.support import world
from tests.support.world import insert


class NoCase(AssertionError):
    """A route needs something that this page does not make: add it here."""


@dataclass(frozen=True)
class Things:
    dashboard: dict[str, Any]
    portal: dict[str, Any]
    other_host: str
    merchant: int
    order: int
    links: dict[str, str]

    def values(self, path: str, needs: tuple[str, ...]) -> dict[str, Any]:
        """Alice's or Vera's own ids for a route's places. Raises NoCase."""
        known = self.dashboard if path.startswith("/dashboard/") else self.portal
        if missing := [n for n in needs if n not in known]:
            raise NoCase(f"{path}: nothing to put for {missing}; make one in alices_things.py")
        return {n: known[n] for n in needs}

    def wrong_values(self, path: str, needs: tuple[str, ...]) -> list[dict[str, Any]]:
        """What a stranger could try: Alice's slugs on another shop's host; her links there, forged, or of another purpose."""
        base = {
            **self.dashboard,
            "rest": "nowhere",
            "page": "nowhere",
            "name": "0" * 64 + "-400.webp",
            "path": "x",
        }
        if missing := [n for n in needs if n not in base and n != "token"]:
            raise NoCase(f"{path}: nothing to put for {missing}; make one in alices_things.py")
        if "token" not in needs:
            return [{n: base[n] for n in needs}]
        forged = self.links["order"][:-4] + "AAAA"
        tried = [forged, "1.1.1.x", "nonsense", self.links["other purpose"]]
        if not path.startswith("/supplier-orders"):
            tried.append(self.links["order"] if path.startswith("/orders") else self.links["other purpose"])
        return [{**{n: base[n] for n in needs if n != "token"}, "token": token} for token in tried]


async def alices_things() -> Things:
    deal = await world.trade()
    alice, vera = deal.merchant, deal.supplier
    both = {"merchant": alice, "supplier": vera}
    person = await world.person()
    charge = await insert(
        "charge", merchant=alice, key=world.unique("charge"), currency="EUR", amount=5000, authorised=5000
    )
    order = await insert(
        "orders", merchant=alice, number=world.unique("A"), state="accepted", charge=charge, email="s@shopper.example",
        name="S Shopper", street="1 rue", postcode="75001", city="Paris", country="FR", currency="EUR", goods=4980, shipping=0,
        vat=830, total=4980, placed_at=now(),
    )  # fmt: skip
    line = await insert(
        "order_line", merchant=alice, order=order, position=1, variant=deal.variant, title="Thing", sku="T", unit_price=2490,
        vat_bp=2000, amount=4980, ordered=2, accepted=2,
    )  # fmt: skip
    supplier_order = await insert(
        "supplier_order", **both, agreement=deal.agreement, order_id=order, order_number="A1", number=world.unique("SO"),
        state="sent", currency="EUR", sent_at=now(),
    )  # fmt: skip
    supplier_line = await insert(
        "supplier_order_line", **both, supplier_order=supplier_order, order_line=line, offer=deal.offer, position=1, sku="T",
        title="Thing", unit_cost_e4=100_000, ordered=2,
    )  # fmt: skip
    await insert(
        "delivery_address",
        **both,
        supplier_order=supplier_order,
        name="S",
        street="1",
        postcode="1",
        city="P",
        country="FR",
    )
    claim = await insert("claim", merchant=alice, order=order, number=world.unique("C"), cause="damaged")
    message = await insert(
        "claim_message",
        merchant=alice,
        claim=claim,
        audience="shopper",
        author="shopper",
        author_name="S",
        body="!",
    )
    recovery = await insert(
        "recovery", **both, supplier_order=supplier_order, number=world.unique("D"), reason="damaged", amount=100, currency="EUR",
        claim_id=claim,
    )  # fmt: skip
    forwarded = await insert(
        "forwarded_message",
        **both,
        supplier_order=supplier_order,
        claim_id=claim,
        author="merchant",
        author_name="A",
        body="?",
    )
    goods_return = await insert(
        "goods_return",
        **both,
        supplier_order=supplier_order,
        rma_number=world.unique("R"),
        reason="changed_mind",
    )
    await insert(
        "goods_return_line", **both, goods_return=goods_return, supplier_order_line=supplier_line, quantity=1
    )
    feed = await world.feed(vera, url="https://feed.example/x.csv")
    run = await insert("feed_run", supplier=vera, feed=feed, state="applied")
    category = await insert("category", merchant=alice, slug=world.unique("cat"), title="Cat")
    async with platform_scope("look"):
        product = await fetch_value("SELECT product FROM variant WHERE id = $1", deal.variant)
        slug = await fetch_value("SELECT slug FROM listing WHERE product = $1", product)
        match = await fetch_value("SELECT id FROM match WHERE variant = $1", deal.variant)
    common = {
        "attachment": await insert(
            "attachment",
            merchant=alice,
            claim=claim,
            message=message,
            name="p",
            content_type="image/webp",
            body=b"x",
        ),
        "forwarded": await insert(
            "forwarded_photo", **both, message=forwarded, content_type="image/webp", body=b"x"
        ),
    }
    dashboard = {
        "merchant": await world.slug_of(alice),
        "order": order,
        "claim": claim,
        "attachment": common["attachment"],
        "photo": common["forwarded"],
        "recovery": recovery,
        "withdrawal": await insert(
            "withdrawal",
            merchant=alice,
            order=order,
            number=world.unique("W"),
            name="S",
            email="s@x.example",
            declaration="I",
        ),
        "goods_return": goods_return,
        "refund": await insert(
            "refund",
            merchant=alice,
            charge=charge,
            key=world.unique("rf"),
            amount=1,
            currency="EUR",
            reason="r",
            state="failed",
        ),
        "shipment": await insert(
            "shipment",
            **both,
            supplier_order=supplier_order,
            number=world.unique("P"),
            carrier="dpd",
            confirmed_by="v",
        ),
        "membership": await world.member(person, alice, "support"),
        "invitation": await insert(
            "invitation",
            tenant=alice,
            email="i@x.example",
            role="support",
            invited_by="Alice",
            expires_at=now(),
        ),
        "agreement": deal.agreement,
        "partner": await world.slug_of(vera),
        "feed": feed,
        "run": run,
        "offer": deal.offer,
        "product": product,
        "variant": deal.variant,
        "listing": product,
        "match": match,
        "category": category,
        "slug": slug,
        "rule": await insert("price_rule", merchant=alice, position=1, name="r"),
        "field": "title",
        "pending": await insert("field_state", merchant=alice, product=product, field="title", pending=True),
        "curation": await _if_there("curation", merchant=alice),
        "what": "title",
        "view": await insert("saved_view", tenant=alice, page="orders", name="v", query="q"),
    }
    portal = {
        **dashboard,
        "supplier": await world.slug_of(vera),
        "partner": await world.slug_of(alice),
        "order": supplier_order,
        "message": forwarded,
        "membership": await world.member(person, vera, "warehouse"),
        "invitation": await insert(
            "invitation",
            tenant=vera,
            email="v@x.example",
            role="warehouse",
            invited_by="Vera",
            expires_at=now(),
        ),
        "template": await insert("mapping_template", tenant=vera, name="t"),
        "key": await insert(
            "api_key", tenant=vera, name="k", prefix=world.unique("cpt"), key_hash="h", made_by="Vera"
        ),
        "holiday": await insert("holiday", supplier=vera, first_day="2026-12-24", last_day="2026-12-31"),
    }
    other = await world.merchant("bob")
    return Things(
        dashboard,
        portal,
        f"{await world.slug_of(other)}.localhost",
        alice,
        order,
        {"order": sign("order", alice, order), "other purpose": sign("some other purpose", alice, order)},
    )


async def _if_there(table: str, **values: Any) -> int:
    """A row of a table whose required columns all have defaults; 1 when it needs more than we know here."""
    async with platform_scope("look"):
        exists = await fetch_value("SELECT to_regclass($1)", table)
    if exists is None:
        return 1
    try:
        return await insert(table, **values)
    except Exception:
        return 1
