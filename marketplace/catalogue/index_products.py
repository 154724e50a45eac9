"""The words a shopper may find a product by: title, brand, category, options, SKU and GTIN, folded."""

from collections.abc import Sequence

from marketplace.catalogue.bulk import insert_rows
from marketplace.catalogue.descriptions import plain_text
from marketplace.catalogue.words import fold
from marketplace.kernel import json
from marketplace.kernel.database import fetch

DESCRIPTION_WORDS = 60  # the first ones say what it is; the rest would find everything


async def index_products(merchant: int, products: Sequence[int]) -> None:
    """Write the search documents of these products, and their words for misspelt searches, in the open scope."""
    rows = await fetch(
        "SELECT p.id, p.title, p.brand, p.description, c.title AS category, u.title AS parent, v.words"
        " FROM product p LEFT JOIN category c ON c.id = p.category LEFT JOIN category u ON u.id = c.parent"
        " LEFT JOIN (SELECT product, jsonb_agg(jsonb_build_array(sku, gtin, options)) AS words FROM variant"
        "  WHERE product = ANY($1) GROUP BY product) v ON v.product = p.id WHERE p.id = ANY($1)",
        list(products),
    )
    documents = [{"merchant": merchant, "product": row["id"], "words": words(row)} for row in rows]
    await insert_rows(
        "search_document",
        {"merchant": "bigint", "product": "bigint", "words": "text"},
        documents,
        conflict="(product) DO UPDATE SET words = EXCLUDED.words WHERE search_document.words <> EXCLUDED.words",
    )
    await insert_rows(
        "search_word",
        {"merchant": "bigint", "word": "text"},
        [{"merchant": merchant, "word": word} for word in sorted(_vocabulary(documents))],
        conflict="(merchant, word) DO NOTHING",
    )


def words(row: dict[str, object]) -> str:
    """The folded words of one product, each once. A SKU is also found without its punctuation."""
    texts: list[object] = [row["title"], row["brand"], row["category"], row["parent"]]
    for sku, gtin, options in json.loads(row["words"] or "[]"):  # type: ignore[arg-type]
        texts += [sku, fold(sku).replace(" ", ""), gtin, *options.values()]
    texts.append(" ".join(plain_text(str(row["description"] or ""), 600).split()[:DESCRIPTION_WORDS]))
    return " ".join(dict.fromkeys(fold(" ".join(str(text) for text in texts if text)).split()))


def _vocabulary(documents: Sequence[dict[str, object]]) -> set[str]:
    """Words worth comparing a misspelling with: of letters, four or more of them."""
    return {
        word
        for document in documents
        for word in str(document["words"]).split()
        if len(word) >= 4 and word.isalpha()
    }
