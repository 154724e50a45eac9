"""Amounts as people type them, to fill a field with."""

from marketplace.kernel.money import exponent


def typed_amount(minor: int | None, currency: str, locale: str) -> str:
    """1290 → "12.90", "12,90" in French; nothing for None."""
    if minor is None:
        return ""
    places = exponent(currency)
    point = "," if locale == "fr" else "."
    return f"{minor // 10**places}{point}{minor % 10**places:0{places}d}" if places else str(minor)


def typed_share(basis_points: int | None, locale: str) -> str:
    """4250 → "42.5", "42,5" in French; nothing for None."""
    if basis_points is None:
        return ""
    sign, size = "-" if basis_points < 0 else "", abs(basis_points)
    rest = f"{size % 100:02d}".rstrip("0")
    point = "," if locale == "fr" else "."
    return f"{sign}{size // 100}{point + rest if rest else ''}"


def typed_e4(amount: int | None, currency: str, locale: str) -> str:
    """1/10,000 → at least the currency's decimals, no needless zero after them."""
    if amount is None:
        return ""
    whole, rest = divmod(amount, 10_000)
    digits = f"{rest:04d}".rstrip("0").ljust(exponent(currency), "0")
    point = "," if locale == "fr" else "."
    return f"{whole}{point + digits if digits else ''}"
