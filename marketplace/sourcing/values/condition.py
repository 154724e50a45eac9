"""New, used or refurbished, in the languages of the trade."""

from __future__ import annotations

from marketplace.sourcing.values.text import fold

_NEW = frozenset(fold(w) for w in ["new", "neuf", "neu", "nuovo", "nuevo", "novo", "nieuw", "nowy", "nový", "új", "nou", "новый", "новий", "νέο", "καινούργιο", "yeni", "جديد", "ny", "uusi", "nov", "newwithtags", "http://schema.org/newcondition", "newcondition", "1000", "11"])  # fmt: skip
_USED = frozenset(fold(w) for w in ["used", "occasion", "gebraucht", "usato", "usado", "gebruikt", "używany", "použitý", "bazaar", "bazar", "használt", "second hand", "б/у", "вживаний", "μεταχειρισμένο", "ikinci el", "مستعمل", "brugt", "begagnad", "brukt", "käytetty", "usedlikenew", "usedgood", "http://schema.org/usedcondition"])  # fmt: skip
_AGAIN = frozenset(fold(w) for w in ["refurbished", "reconditionné", "generalüberholt", "ricondizionato", "reacondicionado", "recondicionado", "refurb", "odnowiony", "repasovaný", "felújított", "восстановленный", "відновлений", "yenilenmiş", "مجدد", "renoverad", "kunnostettu"])  # fmt: skip


def read_condition(text: str) -> str | None:
    """new, used or refurbished, in the languages of the trade."""
    word = fold(text)
    if word in _NEW:
        return "new"
    if word in _USED or word.startswith("used"):
        return "used"
    return "refurbished" if word in _AGAIN else None
