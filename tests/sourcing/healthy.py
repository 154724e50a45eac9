"""Small feeds of every family as they ought to arrive: what the mutilated ones are made of."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from functools import cache

from openpyxl import Workbook

from tests.sourcing import healthy_exchanges
from tests.sourcing.small_xls import xls

ROWS = 24


def rows() -> list[dict[str, str]]:
    return [
        {"sku": f"A-{n}", "title": f"Théière n° {n}", "description": f"<p>Line one,\nline “two”; {n}</p>", "price": f"{n},90",
         "currency": "EUR", "stock": str(n % 7), "ean": f"400638133393{n % 10}", "image": f"https://i.example.com/{n}.jpg"}
        for n in range(1, ROWS + 1)
    ]  # fmt: skip


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def _csv(delimiter: str) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in f'{delimiter}"\n') else text

    lines = [delimiter.join(rows()[0])]
    lines += [delimiter.join(quoted(value) for value in row.values()) for row in rows()]
    return "\n".join(lines) + "\n"


def _shopify() -> str:
    head = "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Image Src\n"
    return head + "".join(
        f'hat-{n},Hat {n},"<p>Warm,\nsoft</p>",Size,S,H{n}S,9.90,{n},https://i.example.com/{n}.jpg\nhat-{n},,,,M,H{n}M,9.90,0,\nhat-{n},,,,,,,,https://i.example.com/{n}b.jpg\n'
        for n in range(8)
    )  # fmt: skip


def _xml() -> str:
    def item(row: dict[str, str]) -> str:
        inner = "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items())
        return f'<product id="{row["sku"]}">{inner}<param name="Colour">red</param></product>'

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<catalogue><products>\n'
        + "\n".join(map(item, rows()))
        + "\n</products></catalogue>"
    )


def _items(tag: str) -> str:
    names = {"sku": "id", "image": "image_link", "ean": "gtin"}
    return "\n".join(
        f"<{tag}>" + "".join(f"<g:{names.get(k, k)}>{v.replace('<', '&lt;')}</g:{names.get(k, k)}>" for k, v in row.items()) + f"<g:availability>in stock</g:availability></{tag}>"
        for row in rows()
    )  # fmt: skip


def _rss() -> str:
    return f'<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>\n{_items("item")}\n</channel></rss>'


def _atom() -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>\n{_items("entry")}\n</feed>'


def _heureka() -> str:
    return '<?xml version="1.0" encoding="windows-1250"?>\n<SHOP>' + "\n".join(
        f"<SHOPITEM><ITEM_ID>H{n}</ITEM_ID><PRODUCTNAME>Kůň {n}</PRODUCTNAME><PRICE_VAT>1 490,50</PRICE_VAT><IMGURL>https://i.example.com/{n}.jpg</IMGURL>"
        f"<PARAM><PARAM_NAME>Barva</PARAM_NAME><VAL>černá</VAL></PARAM><DELIVERY_DATE>{n}</DELIVERY_DATE><ITEMGROUP_ID>G{n // 3}</ITEMGROUP_ID></SHOPITEM>"
        for n in range(12)
    ) + "</SHOP>"  # fmt: skip


def _yml() -> str:
    return '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE yml_catalog SYSTEM "shops.dtd"><yml_catalog date="2026-01-01 10:00"><shop><categories><category id="1">Книги</category></categories><offers>' + "\n".join(
        f'<offer id="{n}" available="true"><price>44.5</price><currencyId>RUB</currencyId><categoryId>1</categoryId><name>Книга {n}</name><param name="Язык">рус</param></offer>'
        for n in range(12)
    ) + "</offers></shop></yml_catalog>"  # fmt: skip


def _bmecat() -> str:
    return '<BMECAT version="1.2"><HEADER><CATALOG><CURRENCY>EUR</CURRENCY></CATALOG></HEADER><T_NEW_CATALOG>' + "\n".join(
        f'<ARTICLE><SUPPLIER_AID>B{n}</SUPPLIER_AID><ARTICLE_DETAILS><DESCRIPTION_SHORT>Schraube {n}</DESCRIPTION_SHORT></ARTICLE_DETAILS><ARTICLE_PRICE_DETAILS>'
        f'<ARTICLE_PRICE price_type="net_customer"><PRICE_AMOUNT>8.00</PRICE_AMOUNT><LOWER_BOUND>10</LOWER_BOUND></ARTICLE_PRICE>'
        f'<ARTICLE_PRICE price_type="net_customer"><PRICE_AMOUNT>9.00</PRICE_AMOUNT></ARTICLE_PRICE></ARTICLE_PRICE_DETAILS></ARTICLE>'
        for n in range(10)
    ) + "</T_NEW_CATALOG></BMECAT>"  # fmt: skip


def _cxml() -> str:
    return "<Index><SupplierID domain='x'>1</SupplierID>" + "\n".join(
        f"<IndexItem><IndexItemAdd><ItemID><SupplierPartID>C{n}</SupplierPartID></ItemID><ItemDetail><UnitPrice><Money currency='EUR'>1.23</Money></UnitPrice>"
        f"<Description xml:lang='en'>Pen {n}</Description></ItemDetail></IndexItemAdd></IndexItem>"
        for n in range(10)
    ) + "</Index>"  # fmt: skip


def _variants() -> str:
    return json.dumps(
        {"products": [{"id": n, "title": f"Hat {n}", "variants": [{"sku": f"V{n}{s}", "price": "9.90", "inventory_quantity": n} for s in "SM"]} for n in range(10)]}
    )  # fmt: skip


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Price list"])
    sheet.append(list(rows()[0]))
    for row in rows():
        sheet.append(list(row.values()))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


_PRICAT = "UNA:+.? 'UNB+UNOC:3+S+R+260101:1200+1'UNH+1+PRICAT:D:96A:UN'CUX+2:EUR'" + "".join(
    f"LIN+{n}++400638133393{n % 10}:EN'PIA+5+E{n}:SA'IMD+F++:::Mug {n}'PRI+AAA:{n}.50'" for n in range(1, 12)
) + "UNT+47+1'UNZ+1+1'"  # fmt: skip
_INVRPT = "UNB+UNOA:2+S+R+260101:1200+1\nUNH+1+INVRPT:D:96A:UN\n" + "".join(
    f"LIN+{n}++E{n}:SA\nQTY+145:{n}\nLOC+18+W1\nQTY+145:2\n" for n in range(1, 12)
) + "UNT+46+1\nUNZ+1+1\n"  # fmt: skip
_ISA = "ISA*00*          *00*          *01*049351117      *ZZ*BUYER          *260101*1134*U*00401*000000001*0*T*>~"
_X12 = _ISA + "GS*IB*A*B*20260101*1134*1*X*004010~ST*846*0001~" + "".join(
    f"LIN**VP*X-{n}~QTY*33*{n}*EA~" for n in range(12)
) + "SE*26*0001~GE*1*1~IEA*1*000000001~"  # fmt: skip
_PRICES = _ISA.replace("*", "|").replace("~", "\n") + "GS|SC|A|B|20260101|1134|1|X|004010\nST|832|0001\nCUR|SE|CAD\n" + "".join(
    f"LIN||VN|P-{n}\nPID|F|08|||Towel {n}\nCTP||NET|12.34\n" for n in range(10)
) + "SE|33|0001\nGE|1|1\nIEA|1|000000001\n"  # fmt: skip


@cache
def healthy() -> dict[str, tuple[str, bytes]]:
    """Kind → (name, content)."""
    table, old = _csv(",").encode(), [list(rows()[0]), *([*row.values()] for row in rows()[:12])]
    book = _workbook()
    return {
        "csv": ("feed.csv", table),
        "semicolon": ("feed.csv", _csv(";").encode("cp1252")),
        "tsv": ("feed.tsv", _csv("\t").encode("utf-16")),
        "shopify": ("products_export.csv", _shopify().encode()),
        "xml": ("feed.xml", _xml().encode()),
        "rss": ("feed.xml", _rss().encode()),
        "atom": ("feed.xml", _atom().encode("utf-16")),
        "heureka": ("feed.xml", _heureka().encode("cp1250")),
        "yml": ("feed.xml", _yml().encode()),
        "bmecat": ("catalogue.xml", _bmecat().encode()),
        "cxml": ("index.xml", _cxml().encode()),
        "json": ("feed.json", json.dumps({"products": rows()}).encode()),
        "variants": ("products.json", _variants().encode()),
        "jsonl": ("feed.jsonl", "\n".join(map(json.dumps, rows())).encode()),
        "xlsx": ("feed.xlsx", book),
        "xls": ("feed.xls", xls(old)),
        "edifact": ("pricat.edi", _PRICAT.encode()),
        "invrpt": ("invrpt.edi", _INVRPT.encode()),
        "x12": ("846.edi", _X12.encode()),
        "prices": ("832.edi", _PRICES.encode()),
        "groups": ("catalogue.xml", healthy_exchanges.grouped_bmecat().encode()),
        "commerceml": ("exchange.xml", healthy_exchanges.commerceml().encode()),
        "nokaut": ("nokaut.xml", healthy_exchanges.nokaut().encode()),
        "bulk": ("bulk.jsonl", healthy_exchanges.bulk().encode()),
        "sets": ("sets.csv", healthy_exchanges.sets().encode()),
        "gzip": ("feed.csv.gz", gzip.compress(table)),
        "zip": ("feed.zip", zipped(("feed.csv", table))),
        "zipped xml": ("feed.zip", zipped(("feed.xml", _rss().encode()))),
        "zipped xlsx": ("feed.zip", zipped(("feed.xlsx", book))),
    }
