"""Exchange rates of the demo, which asks nobody outside: today's, and again every day."""

from marketplace.kernel.clock import now
from marketplace.kernel.settings import settings
from marketplace.ledger.fx import store_rates

#: what one euro buys, in millionths
PER_EURO = {
    "EUR": 1_000_000,
    "GBP": 871_500,
    "DKK": 7_460_800,
    "SEK": 11_020_000,
    "NOK": 11_740_000,
    "CHF": 931_200,
    "USD": 1_158_400,
    "PLN": 4_251_000,
    "CZK": 24_310_000,
}


RATES_PATH = "/eurofxref-daily.xml"


def rates_xml() -> str:
    """Today's rates as the European Central Bank writes them; the demo suppliers' servers answer with it."""
    cubes = "".join(
        f'<Cube currency="{code}" rate="{rate // 1_000_000}.{rate % 1_000_000:06d}"/>'
        for code, rate in PER_EURO.items()
        if code != "EUR"
    )
    return f'<Envelope><Cube><Cube time="{now().date()}">{cubes}</Cube></Cube></Envelope>'


async def keep_rates() -> None:
    """Today's rates, once; nothing outside demo mode."""
    if settings().demo:
        await store_rates(now().date(), PER_EURO, source="demo")
