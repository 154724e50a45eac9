"""cXML: an index is a catalogue, an order is not."""

from pathlib import Path

import pytest

from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import read_all, written

INDEX = """<?xml version="1.0"?>
<!DOCTYPE Index SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">
<Index loadmode="Full"><SupplierID domain="supplier">id</SupplierID><IndexItem><IndexItemAdd><ItemID><SupplierPartID>X1</SupplierPartID></ItemID><ItemDetail>
<UnitPrice><Money currency="EUR">1.23</Money></UnitPrice><Description xml:lang="en">Mug</Description><UnitOfMeasure>EA</UnitOfMeasure><LeadTime>2</LeadTime>
<ManufacturerName>Acme</ManufacturerName><URL>https://shop.example.com/x1</URL><Extrinsic name="Colour">blue</Extrinsic></ItemDetail></IndexItemAdd></IndexItem></Index>"""


def test_an_index_is_read(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, INDEX, "index.xml"))
    assert reader.mapping.format == "cxml"
    assert (offers[0].sku, offers[0].title, offers[0].price_e4, offers[0].currency, offers[0].lead_days) == (
        "X1",
        "Mug",
        12_300,
        "EUR",
        2,
    )
    assert offers[0].options == {"Colour": "blue"}


def test_an_order_is_refused_as_what_it_is(tmp_path: Path) -> None:
    order = "<cXML><Header><From/></Header><Request><OrderRequest><ItemOut><ItemID><SupplierPartID>X</SupplierPartID></ItemID></ItemOut></OrderRequest></Request></cXML>"
    with pytest.raises(FeedRefused, match="OrderRequest") as refused:
        read_all(written(tmp_path, order, "order.xml"))
    assert refused.value.code == "not_products"


def added(number: str) -> str:
    return (
        f"<IndexItemAdd><ItemID><SupplierPartID>{number}</SupplierPartID></ItemID><ItemDetail><UnitPrice><Money currency='USD'>9.90</Money></UnitPrice>"
        f"<Description xml:lang='en'><ShortName>Pen {number}</ShortName>Writes well.</Description></ItemDetail><IndexItemDetail><LeadTime>14</LeadTime>"
        f"<Extrinsic name='ImageURL'>https://i.example.com/{number}.jpg</Extrinsic></IndexItemDetail></IndexItemAdd>"
    )


def test_one_item_may_add_several_and_another_delete_some(tmp_path: Path) -> None:
    gone = "<IndexItemDelete><ItemID><SupplierPartID>C</SupplierPartID></ItemID></IndexItemDelete>"
    text = f"<cXML><Header/><Message><IndexMessage><Index><IndexItem>{added('A')}{added('B')}</IndexItem><IndexItem>{gone}</IndexItem></Index></IndexMessage></Message></cXML>"
    reader, offers, rejected = read_all(written(tmp_path, text, "index.xml"))
    assert reader.rows == 3
    assert [(o.sku, o.title, o.lead_days, o.images) for o in offers] == [
        ("A", "Pen A", 14, ("https://i.example.com/A.jpg",)),
        ("B", "Pen B", 14, ("https://i.example.com/B.jpg",)),
    ]
    assert [(r.code, r.raw) for r in rejected] == [("deleted", ("C",))]
