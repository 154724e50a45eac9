"""Feeds of any size: 13 columns, descriptions of 300 characters, every hundredth row changed on demand. The same seed, the same file."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("sku", "title", "description", "brand", "gtin", "mpn", "category", "price", "currency", "quantity", "weight", "image_link", "link")  # fmt: skip
CHANGED_SHARE = 100
_WORDS = ("linen", "oak", "brass", "warm", "light", "round", "table", "lamp", "shade", "woven", "soft", "glass", "clear", "amber",
          "cotton", "handmade", "small", "large", "natural", "finish", "washable", "durable", "elegant", "modern", "garden")  # fmt: skip


def gtin13(number: int) -> str:
    """A number with a right check digit, of a prefix in use."""
    body = f"{4_000_000_000_00 + number:012}"
    total = sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(body))
    return body + str(-total % 10)


def rows(count: int, *, changed: bool = False) -> Iterator[tuple[str, ...]]:
    """The rows of a catalogue. `changed`: one of a hundred has another price and quantity."""
    chance = random.Random(7)
    texts = [" ".join(chance.choice(_WORDS) for _ in range(60))[:280] for _ in range(997)]
    for n in range(count):
        new = changed and n % CHANGED_SHARE == 0
        cents = 500 + n * 7 % 90_000 + (13 if new else 0)
        yield (
            f"SKU-{n:08}",
            f"{texts[n % 997][:40].title()} {n}",
            f"{texts[n % 997]} No. {n:014}",
            f"Brand {n % 300}",
            gtin13(n),
            f"MPN{n % 100_000}",
            f"Home > Aisle {n % 40} > Shelf {n % 900}",
            f"{cents // 100}.{cents % 100:02}",
            "EUR",
            str((n * 31 + (5 if new else 0)) % 60),
            f"{(n % 4000) / 1000:.3f}",
            f"https://cdn.example/pictures/{n % 50_000}.jpg",
            f"https://supply.example/articles/{n}",
        )


def write_csv(path: Path, count: int, *, changed: bool = False) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(count, changed=changed))
    return path


def write_stock(path: Path, count: int, *, changed: bool = False) -> Path:
    """Article number and quantity only."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("sku", "quantity"))
        writer.writerows((row[0], row[9]) for row in rows(count, changed=changed))
    return path


_TAGS = ("g:id", "title", "description", "g:brand", "g:gtin", "g:mpn", "g:product_type", None, None, "g:quantity", None, "g:image_link", "link")  # fmt: skip


def write_rss(path: Path, count: int) -> Path:
    """The same catalogue as Google's RSS."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
        )
        for row in rows(count):
            cells = "".join(
                f"<{tag}>{value.replace('>', '&gt;')}</{tag}>"
                for tag, value in zip(_TAGS, row, strict=True)
                if tag
            )
            stock = "in stock" if row[9] != "0" else "out of stock"
            file.write(
                f"<item>{cells}<g:price>{row[7]} EUR</g:price><g:availability>{stock}</g:availability>"
                f"<g:shipping_weight>{row[10]} kg</g:shipping_weight></item>\n"
            )
        file.write("</channel>\n</rss>\n")
    return path
