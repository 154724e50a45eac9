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
