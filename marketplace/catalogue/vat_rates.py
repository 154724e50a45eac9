"""VAT rates by country, as data. Basis points, each row valid from its day until the country's next row.

Sources: Council Directive 2006/112/EC annex III for what may be reduced; the member states' own tables as gathered in
the Commission's "Taxes in Europe" database; for changes since 2025: EE 24 % (July 2025), RO 21/11 % (Law 141/2025,
August 2025), SK 23/19/5 % (2025), FI 13.5 % and LT 12 % (January 2026). The rows begin with 2025: nothing was sold
here before. Territories with rates of their own (Canaries, French overseas departments, Åland, …) are not in here.

`intermediate` is the higher of two reduced rates (FR 10 %), `reduced` the lower or only one (FR 5.5 %). A blank means
that the country has no such rate.
"""

from datetime import date
from enum import StrEnum


class TaxCategory(StrEnum):
    """What a variant's goods are, for VAT."""

    STANDARD = "standard"
    INTERMEDIATE = "intermediate"
    REDUCED = "reduced"
    SUPER_REDUCED = "super_reduced"
    ZERO = "zero"


EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)

_TABLE = """
# country from        standard intermediate reduced super_reduced zero
AT      2025-01-01   2000     1300         1000    -             -
BE      2025-01-01   2100     1200         600     -             -
BG      2025-01-01   2000     -            900     -             -
CH      2025-01-01   810      380          260     -             -
CY      2025-01-01   1900     900          500     300           -
CZ      2025-01-01   2100     -            1200    -             -
DE      2025-01-01   1900     -            700     -             -
DK      2025-01-01   2500     -            -       -             -
EE      2025-01-01   2200     1300         900     -             -
EE      2025-07-01   2400     1300         900     -             -
ES      2025-01-01   2100     -            1000    400           -
FI      2025-01-01   2550     1400         1000    -             -
FI      2026-01-01   2550     1350         1000    -             -
FR      2025-01-01   2000     1000         550     210           -
GB      2025-01-01   2000     -            500     -             0
GR      2025-01-01   2400     1300         600     -             -
HR      2025-01-01   2500     1300         500     -             -
HU      2025-01-01   2700     1800         500     -             -
IE      2025-01-01   2300     1350         900     480           0
IT      2025-01-01   2200     1000         500     400           -
LT      2025-01-01   2100     900          500     -             -
LT      2026-01-01   2100     1200         500     -             -
LU      2025-01-01   1700     1400         800     300           -
LV      2025-01-01   2100     1200         500     -             -
MT      2025-01-01   1800     700          500     -             0
NL      2025-01-01   2100     -            900     -             -
NO      2025-01-01   2500     1500         1200    -             -
PL      2025-01-01   2300     800          500     -             -
PT      2025-01-01   2300     1300         600     -             -
RO      2025-01-01   1900     900          500     -             -
RO      2025-08-01   2100     -            1100    -             -
SE      2025-01-01   2500     1200         600     -             -
SI      2025-01-01   2200     950          500     -             -
SK      2025-01-01   2300     1900         500     -             -
"""


def _parse(table: str) -> dict[str, list[tuple[date, dict[TaxCategory, int]]]]:
    parsed: dict[str, list[tuple[date, dict[TaxCategory, int]]]] = {}
    for row in table.strip().splitlines():
        if row.startswith("#"):
            continue
        country, since, *rates = row.split()
        by_category = {c: int(bp) for c, bp in zip(TaxCategory, rates, strict=True) if bp != "-"}
        parsed.setdefault(country, []).append((date.fromisoformat(since), by_category))
    return parsed


RATES = _parse(_TABLE)
"""country → [(first day, {category: basis points})], in order of days."""
