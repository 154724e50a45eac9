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
|на складе|в наличност|налично|в продаже|є в наявності|в наявності|є|наявний
|διαθέσιμο|άμεσα διαθέσιμο|σε απόθεμα|διαθέσιμο άμεσα|ετοιμοπαράδοτο|παράδοση 1 έως 3 ημέρες|stokta|stokta var|mevcut|var
|متوفر|متاح|متوفر في المخزون|في المخزن|på lager|i lager|finns i lager|i butik|lagervara|på lageret|varastossa|saatavilla
|heti|na zalihi|na stanju|dostupno|na lageru|raspoloživo|na zalogi|u dostupnosti|laos|laos olemas|noliktavā|ir|yra
|sandėlyje|turime|unlimited|unlimited stock|not tracked|unbegrenzt|illimité|illimitato|ilimitado|onbeperkt|bez limitu|neomezeně|∞|有货|现货|有貨|在庫有り|在庫有|在庫僅少|残りわずか|販売中|取扱中|即納|当日発送|◎|○|△|上架|已上架|在售|销售中|出售中|現貨|上架中|판매중|판매 중|재고 있음|구매가능|정상|đang bán|còn|พร้อมส่ง|มีของ
|stok tersedia|موجود|موجود است|موجود در انبار|יש במלאי|זמין|קיים|на склад|наличен|налична|налични|в наличност на склад|ir noliktavā|pieejams|yra sandėlyje|laos saadaval|olemas|sẵn hàng|limited stock
|wenige verfügbar|nur wenige verfügbar|geringer bestand|in esaurimento|disponibilità limitata|dostępny od ręki|na wyczerpaniu|skladom|skladem u dodavatele|skladom u dodávateľa|stoc furnizor|in stoc furnizor
|περιορισμένη διαθεσιμότητα|son ürünler|stokta mevcut|last items|last pieces|good stock|available at supplier
|stock faible|stock limité|derniers articles|dernières pièces|pocas unidades|ultimi pezzi
|poucas unidades|últimas unidades|beperkte voorraad|beperkt voorradig|beperkt op voorraad|ruim voorradig|ruim op voorraad|ruime voorraad|ostatnie sztuki|poslední kusy|posledné kusy|utolsó darabok|ultimele bucăți|stoc redus
|laatste stuks|laatste exemplaren|an lager|an lager verfügbar|sofort ab lager|få på lager|få stk|lavt lager|få kvar|fåtal|fåtal kvar|få i lager|vähissä|omejena zaloga|заканчивается|мало на складе|много на складе|закінчується|ограничено количество|在庫あり|재고있음|còn hàng|tersedia|มีสินค้า|במלאי
"""
_LEVELS = """
low|medium|high|few|many|limited|plenty|good|niedrig|gering|wenig|wenige|mittel|hoch|viel|viele|begrenzt|knapp|faible|moyen|élevé|bajo|medio|alto|poco
|pocos|pocas|basso|pochi|baixo|laag|gemiddeld|beperkt|niski|średni|wysoki|mało|dużo|nízký|střední|málo|hodně|kevés|puțin|az|çok|sınırlı|vähän|malo|ограничено|мало|много|средне|достаточно|ada|通常
"""
"""How much there is, in words that may as well describe something else: not what a stock column is known by."""
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
|ej i lager|finns ej|tillfälligt slut|slut för tillfället|midlertidigt udsolgt|midlertidig utsolgt|tijdelijk uitverkocht|tijdelijk niet leverbaar|derzeit ausverkauft|momentan nicht lieferbar|zurzeit nicht lieferbar|chwilowo niedostępny|temporaneamente esaurito|temporalmente agotado|dočasně vyprodáno|dočasne vypredané|átmenetileg nem elérhető|utsolgt|ikke tilgjengelig|loppunut|ei varastossa|loppu|ei saatavilla|rasprodato|nije dostupno|nema
|nicht lagernd|nicht an lager|není na skladě|nie je skladom|εκτός αποθέματος|tilapäisesti loppu|temin edilemiyor|temporarily out of stock|awaiting stock|currently out of stock|in kürze wieder verfügbar|bald wieder verfügbar
|nema na stanju|nema na zalihi|rasprodano|ni na zalogi|razprodano|läbi müüdud|otsas|nav|izpārdots|nėra|išparduota|缺货|无货
|售罄|下架|已下架|已售罄|售完|无库存|無庫存|缺貨|已售完|補貨中|補貨通知|补货中|在庫なし|在庫無し|在庫無|在庫切れ|欠品|欠品中|完売|売切れ|売切|入荷待ち|×|✕|일시품절|일시 품절|재고없음|재고 없음|매진|sắp về|tạm hết|หมด|ของหมด|stok habis
|kosong|ناموجود|تمام شد|אין במלאי|לא זמין|חסר|изчерпан|изчерпана|изчерпани|не е наличен|няма наличност|nav noliktavā|nav pieejams|nėra sandėlyje|laost otsas|売り切れ|품절|hết hàng|habis|สินค้าหมด|אזל|אזל מהמלאי|לא במלאי
"""
_PREORDER = """
preorder|pre-order|pre order|coming soon|http schema org preorder|https schema org preorder|not yet released|précommande
|en précommande|à paraître|bientôt disponible|vorbestellbar|vorbestellung|in kürze|bald verfügbar|preordine|in arrivo
|prenotabile|in prenotazione|prossimamente|reserva|preventa|próximamente|pré-venda|pré-encomenda|em breve|pre-orderen|binnenkort
|reserveren|przedsprzedaż|zapowiedź|wkrótce|předprodej|předobjednávka|připravujeme|predpredaj|előrendelhető|előrendelés|hamarosan
|precomandă|în curând|предзаказ|скоро|скоро в продаже|передзамовлення|предварителна поръчка|προπαραγγελία|προσεχώς|ön sipariş
|طلب مسبق|قريبا|forudbestilling|forudbestil|förbeställning|förbeställ|kommer snart|forhåndsbestill|ennakkotilaus|prednarudžba
|预售|预购|預購|預售|予約|予約受付中|予約販売|예약판매|예약구매|예약 판매|đặt trước|พรีออเดอร์|pre order|پیش فروش|הזמנה מוקדמת
"""
_BACKORDER = """
backorder|back order|back-order|backordered|on backorder|onbackorder|on order|available for order|available to order
|made to order|special order|http schema org backorder|https schema org backorder|available on request|sur commande|à commander
|sur demande|en cours de réappro|en cours de réapprovisionnement|na cestě|v cestě|в пути|w drodze|on request|en réapprovisionnement|réappro|auf bestellung|auf anfrage|nachbestellt|bestellt|bestellbar|nachlieferung|su ordinazione
|su richiesta|ordinabile|in riordino|bajo pedido|por encargo|a pedido|por encomenda|sob encomenda|sob consulta|op bestelling|in bestelling
|nabestelling|in backorder|na zamówienie|dostępny na zamówienie|na objednávku|na objednání|na dotaz|rendelésre|rendelhető|külső raktáron
|la comandă|la cerere|под заказ|на заказ|по поръчка|під замовлення|на замовлення|κατόπιν παραγγελίας|με παραγγελία|siparişe göre
|siparis uzerine|عند الطلب|bestillingsvare|restordre|på bestilling|beställningsvara|restnoterad|bestillingsvare|tilaustuote
|jälkitoimitus|po narudžbi|po narudžbini|po naročilu|tellimisel|pēc pasūtījuma|pagal užsakymą|订购|期货|可预订|訂購|訂製|お取り寄せ|取り寄せ|取寄せ|取寄|メーカー取り寄せ|メーカー取寄|受注生産|주문제작|주문 제작|đặt hàng|สั่งทำ|indent|سفارشی|בהזמנה|по заявка
"""
_DISCONTINUED = """
discontinued|end of life|eol|obsolete|deleted|http schema org discontinued|https schema org discontinued|arrêté|fin de série épuisée
|plus fabriqué|supprimé|eingestellt|auslauf ausverkauft|nicht mehr lieferbar|nicht mehr verfügbar|fuori produzione|descatalogado
|descontinuado|fora de linha|uit assortiment|niet meer leverbaar|wycofany|wycofane|ukončeno|výroba ukončena|prodej ukončen
|kifutott|megszűnt|scos din producție|снят с производства|снято с производства|знято з виробництва|καταργήθηκε|üretimden kalktı
|udgået|utgått|utgått ur sortimentet|poistunut|停产|停售|停產|廃盤|廃番|取扱終了|取扱中止|販売終了|販売中止|生産終了|판매종료|판매중지|판매 중지|단종|ngừng bán|ngừng kinh doanh|เลิกผลิต|tidak diproduksi|توقف تولید|הופסק|спрян|снят
"""


def _table() -> dict[str, Word]:
    groups = {
        "in_stock": _IN_STOCK + "|" + _LEVELS,
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
LEVELS: frozenset[str] = frozenset(fold(word) for word in _LEVELS.replace("\n", "").split("|"))
COMMON_WORDS: dict[str, Word] = _table()
