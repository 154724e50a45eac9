"""What a shopper pays beside the goods, and the VAT within. Pure."""

from marketplace.catalogue.vat import split_gross
from marketplace.kernel.money import allocate


def shipping_price(goods: int, fee: int, free_from: int | None) -> int:
    """What the shopper pays for delivery, gross, minor units."""
    return 0 if not goods or (free_from is not None and goods >= free_from) else fee


def included_vat(lines: list[tuple[int, int]], shipping: int) -> int:
    """VAT within (amount, basis points) of lines and within the shipping, which follows the goods it carries: shared over
    their rates by amount (CJEU C-349/96: what is ancillary is taxed as the principal supply)."""
    vat = sum(split_gross(amount, bp).vat for amount, bp in lines)
    if shipping and lines:
        shares = allocate(shipping, [amount for amount, _ in lines])
        vat += sum(split_gross(part, bp).vat for part, (_, bp) in zip(shares, lines, strict=True))
    return vat
