"""openTRANS 2.1: quotations list what can be bought and at which price; its other documents (orders, invoices, dispatch
notifications…) are no feeds. Source: opentrans.org, version 2.1."""

from __future__ import annotations

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look

_OTHERS = {
    "ORDER": "an order", "ORDERCHANGE": "a changed order", "ORDERRESPONSE": "an answer to an order", "INVOICE": "an invoice",
    "INVOICELIST": "a list of invoices", "DISPATCHNOTIFICATION": "a dispatch notification", "RFQ": "a request for quotation",
    "RECEIPTACKNOWLEDGEMENT": "a receipt", "REMITTANCEADVICE": "a remittance advice",
}  # fmt: skip


def detect(look: Look) -> int:
    """Its roots, with its namespace for the names that others use too."""
    if look.root not in _OTHERS and look.root != "QUOTATION":
        return 0
    return (
        97
        if "opentrans" in look.head.text[:4_000].lower() or f"<{look.root}_HEADER" in look.head.text[:50_000]
        else 60
    )


def finish(mapping: Mapping, look: Look) -> None:
    """Raises FeedRefused for everything but a quotation."""
    if look.root in _OTHERS:
        raise FeedRefused(
            "not_products",
            N_("This is {what} (openTRANS), not a catalogue"),
            line=1,
            column=1,
            what=_OTHERS[look.root],
        )
    mapping.record_path = "QUOTATION_ITEM_LIST/QUOTATION_ITEM"
    mapping.columns = {
        "sku": "PRODUCT_ID/SUPPLIER_PID",
        "title": "PRODUCT_ID/DESCRIPTION_SHORT",
        "description": "PRODUCT_ID/DESCRIPTION_LONG",
        "gtin": "PRODUCT_ID/INTERNATIONAL_PID",
        "mpn": "PRODUCT_ID/MANUFACTURER_INFO/MANUFACTURER_PID",
        "brand": "PRODUCT_ID/MANUFACTURER_INFO/MANUFACTURER_NAME",
        "price": "PRODUCT_PRICE_FIX/PRICE_AMOUNT",
        "price_quantity": "PRODUCT_PRICE_FIX/PRICE_QUANTITY",
        "vat_rate": "PRODUCT_PRICE_FIX/TAX_DETAILS_FIX/TAX",
        "currency": "PRODUCT_PRICE_FIX/PRICE_CURRENCY",
    }
    found = look.head.text.partition("CURRENCY>")[2][:3]
    mapping.currency = found if found.isalpha() and found.isupper() else mapping.currency


FORMAT = Format(
    name="opentrans",
    label="openTRANS 2.1 (quotation)",
    shapes=("xml",),
    detect=detect,
    settings={"price_means": "cost", "price_vat": "excluded", "decimal": "."},
    only=True,
    finish=finish,
    kinds=("xml",),
)
