"""The common stock words of the trade, in the languages its feeds are written in: token → what it means.

A word counts only as a whole cell (after `fold`): "not in stock" is never read as "in stock". Words of one feed that
mean something else there are set in its mapping and go before these.
"""

from __future__ import annotations

from marketplace.sourcing.mapping.model import Word
from marketplace.sourcing.values.text import fold

_IN_STOCK = """
in stock|instock|in-stock|available|available now|available immediately|yes in stock|limited availability|low stock|few left
|last units|ready to ship|ships today|ships now|stock|immediately available|available for purchase|http schema org instock
|https schema org instock|en stock|disponible|disponible immédiatement|disponible de suite|en stock immédiat|stock limité
|expédié sous 24h|dispo|auf lager|ab lager|lagernd|vorrätig|verfügbar|sofort lieferbar|sofort verfügbar|lieferbar|am lager
|auf lager sofort lieferbar|nur noch wenige|lagerware|in stock now|disponibile|disponibilità immediata|in magazzino
|pronta consegna|disponibile subito|disponibili|en existencias|disponible inmediato|disponible en stock|hay existencias
|quedan pocas unidades|disponível|em estoque|em stock|pronta entrega|op voorraad|leverbaar|direct leverbaar|voorradig
|uit voorraad leverbaar|beschikbaar|na stanie|dostępny|dostępne|dostępna|w magazynie|na magazynie|duża ilość
|średnia ilość|mała ilość|jest|skladem|ihned|na skladě|dostupné|dostupný|k dispozici|ihneď|na sklade|dostupná
|raktáron|készleten|elérhető|azonnal|în stoc|in stoc|disponibil|stoc suficient|stoc limitat|в наличии|есть|есть в наличии
|на складе|в наличност|налично|в продаже|много|мало|достаточно|средне|є в наявності|в наявності|є|наявний
|διαθέσιμο|άμεσα διαθέσιμο|σε απόθεμα|διαθέσιμο άμεσα|ετοιμοπαράδοτο|παράδοση 1 έως 3 ημέρες|stokta|stokta var|mevcut|var
|متوفر|متاح|متوفر في المخزون|في المخزن|på lager|i lager|finns i lager|i butik|lagervara|på lageret|varastossa|saatavilla
|heti|na zalihi|na stanju|dostupno|na lageru|raspoloživo|na zalogi|u dostupnosti|laos|laos olemas|noliktavā|ir|yra
|sandėlyje|turime|有货|现货|有貨|在庫あり|재고있음|còn hàng|tersedia|มีสินค้า|במלאי
"""
_OUT_OF_STOCK = """
out of stock|outofstock|out-of-stock|oos|sold out|soldout|unavailable|not available|not in stock|temporarily unavailable
|no stock|no longer available|http schema org outofstock|https schema org outofstock|not available for purchase|sold|zero
|currently unavailable|out stock|rupture|rupture de stock|en rupture|indisponible|épuisé|épuisée|non disponible|hors stock
|pas en stock|victime de son succès|ausverkauft|nicht auf lager|nicht lieferbar|nicht verfügbar|vergriffen|nicht vorrätig
|derzeit nicht verfügbar|zur zeit nicht lieferbar|non disponibile|esaurito|esaurita|non disponibili|terminato|fuori stock
|agotado|agotada|sin stock|no disponible|sin existencias|fuera de stock|esgotado|indisponível|sem estoque|sem stock
|niet op voorraad|uitverkocht|niet leverbaar|niet beschikbaar|niet voorradig|brak|niedostępny|niedostępne|niedostępna
|brak w magazynie|wyprzedany|wyprzedane|vyprodáno|není skladem|nedostupné|nedostupný|vypredané|nie je na sklade
|momentálně nedostupné|elfogyott|nincs|nincs raktáron|nem elérhető|nincs készleten|stoc epuizat|indisponibil|nu este în stoc
|epuizat|lipsă stoc|нет в наличии|отсутствует|нет на складе|распродано|нет|закончился|ожидается|изчерпано|няма|няма наличност
|немає в наявності|немає|відсутній|закінчився|очікується|μη διαθέσιμο|εξαντλημένο|εξαντλήθηκε|δεν υπάρχει|προσωρινά μη διαθέσιμο
|stokta yok|tükendi|yok|mevcut değil|غير متوفر|غير متاح|نفد|نفذ|نفدت الكمية|نفذت الكمية|udsolgt|ikke på lager|slutsåld|slut i lager|slut
|ej i lager|finns ej|utsolgt|ikke tilgjengelig|loppunut|ei varastossa|loppu|ei saatavilla|rasprodato|nije dostupno|nema
|nema na stanju|nema na zalihi|rasprodano|ni na zalogi|razprodano|läbi müüdud|otsas|nav|izpārdots|nėra|išparduota|缺货|无货
|售罄|在庫なし|売り切れ|품절|hết hàng|habis|สินค้าหมด|אזל|אזל מהמלאי|לא במלאי
"""
_PREORDER = """
preorder|pre-order|pre order|coming soon|http schema org preorder|https schema org preorder|not yet released|précommande
|en précommande|à paraître|bientôt disponible|vorbestellbar|vorbestellung|in kürze|bald verfügbar|preordine|in arrivo
|prenotabile|in prenotazione|prossimamente|reserva|preventa|próximamente|pré-venda|pré-encomenda|em breve|pre-orderen|binnenkort
|reserveren|przedsprzedaż|zapowiedź|wkrótce|předprodej|předobjednávka|připravujeme|predpredaj|előrendelhető|előrendelés|hamarosan
|precomandă|în curând|предзаказ|скоро|скоро в продаже|передзамовлення|предварителна поръчка|προπαραγγελία|προσεχώς|ön sipariş
|طلب مسبق|قريبا|forudbestilling|forudbestil|förbeställning|förbeställ|kommer snart|forhåndsbestill|ennakkotilaus|prednarudžba
|预售|予約|예약판매
"""
_BACKORDER = """
backorder|back order|back-order|backordered|on backorder|onbackorder|on order|available for order|available to order
|made to order|special order|http schema org backorder|https schema org backorder|available on request|sur commande|à commander
|sur demande|en réapprovisionnement|réappro|auf bestellung|auf anfrage|nachbestellt|bestellt|bestellbar|nachlieferung|su ordinazione
|su richiesta|ordinabile|in riordino|bajo pedido|por encargo|a pedido|por encomenda|sob encomenda|sob consulta|op bestelling|in bestelling
|nabestelling|in backorder|na zamówienie|dostępny na zamówienie|na objednávku|na objednání|na dotaz|rendelésre|rendelhető|külső raktáron
|la comandă|la cerere|под заказ|на заказ|по поръчка|під замовлення|на замовлення|κατόπιν παραγγελίας|με παραγγελία|siparişe göre
|siparis uzerine|عند الطلب|bestillingsvare|restordre|på bestilling|beställningsvara|restnoterad|bestillingsvare|tilaustuote
|jälkitoimitus|po narudžbi|po narudžbini|po naročilu|tellimisel|pēc pasūtījuma|pagal užsakymą|订购|お取り寄せ
"""
_DISCONTINUED = """
discontinued|end of life|eol|obsolete|deleted|http schema org discontinued|https schema org discontinued|arrêté|fin de série épuisée
|plus fabriqué|supprimé|eingestellt|auslauf ausverkauft|nicht mehr lieferbar|nicht mehr verfügbar|fuori produzione|descatalogado
|descontinuado|fora de linha|uit assortiment|niet meer leverbaar|wycofany|wycofane|ukončeno|výroba ukončena|prodej ukončen
|kifutott|megszűnt|scos din producție|снят с производства|снято с производства|знято з виробництва|καταργήθηκε|üretimden kalktı
|udgået|utgått|utgått ur sortimentet|poistunut|停产|生産終了|단종
"""


def _table() -> dict[str, Word]:
    groups = {
        "in_stock": _IN_STOCK,
        "out_of_stock": _OUT_OF_STOCK,
        "preorder": _PREORDER,
        "backorder": _BACKORDER,
        "discontinued": _DISCONTINUED,
    }
    words = {
        fold(word): Word(state=state, quantity=0 if state in ("out_of_stock", "discontinued") else None)  # type: ignore[arg-type]
        for state, listed in groups.items()
        for word in listed.replace("\n", "").split("|")
    }
    for flag, state in (("yes", "in_stock"), ("no", "out_of_stock")):
        for word in _FLAGS[flag].split():
            words.setdefault(fold(word), Word(state=state, quantity=0 if flag == "no" else None))  # type: ignore[arg-type]
    words.pop("", None)
    return words


_FLAGS = {
    "yes": "y yes true t oui o vrai ja j wahr si sì sí vero s sim tak t ano áno a igen i da да так ναι ναί evet نعم kyllä ok x active verdadero",
    "no": "n no false f non faux nein falsch falso não nao nie ne nem nu не ні όχι hayır لا nej nei ei - nok inactive",
}
COMMON_WORDS: dict[str, Word] = _table()
