"""idealo: current names and older Spanish ones."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def test_current_names_are_read(tmp_path: Path) -> None:
    text = (
        "sku,brand,title,categoryPath,url,eans,hans,description,imageUrls,price,deliveryTime,paymentCosts_paypal,deliveryCosts_dhl,checkoutLimitPerPeriod\n"
        "I1,Acme,Tasse,Haus > Küche,https://shop.example.de/1,4006381333931,H1,Blau,https://i.example.com/1.jpg;https://i.example.com/2.jpg,11.90,1-2 Werktage,0,4.90,10\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert (reader.mapping.format, reader.mapping.price_vat) == ("idealo-csv", "included")
    assert (
        offers[0].sku,
        offers[0].stated_e4,
        offers[0].currency,
        offers[0].lead_days,
        len(offers[0].images),
    ) == ("I1", 119_000, "EUR", 2, 2)


def test_spanish_names_are_read(tmp_path: Path) -> None:
    text = (
        "N° artículo en tienda,EAN / GTIN / código barras,Número del fabricante (HAN/MPN),Fabricante / Marca,Nombre del producto,Precio,Plazo de entrega,"
        "Categoría del producto en la tienda,Descripción del producto,URL del producto,URLimagen_1,URLimagen_2\n"
        'I1,4006381333931,H1,Acme,Taza,"11,90",24 horas,Casa,"Azul\ny grande",https://shop.example.es/1,https://i.example.com/1.jpg,https://i.example.com/2.jpg\n'
    )
    found = checked(written(tmp_path, text))
    assert (
        found["format"],
        found["rows"],
        found["sample"][0]["lead_days"],
        len(found["sample"][0]["images"]),
    ) == ("idealo-csv", 1, 1, 2)
