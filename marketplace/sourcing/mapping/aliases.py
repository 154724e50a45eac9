"""What columns are called, in the languages feeds are written in: our field → names, most telling first.

Names are compared after `fold`: no case, no accents, no punctuation. The order within a field is its rank: when two columns
of a file could be the same field, the one whose name comes first wins.
"""

from __future__ import annotations

from functools import cache

from marketplace.sourcing.values.text import fold

_NAMES: dict[str, str] = {
    "sku": """
sku|variant sku|item sku|seller sku|product sku|article number|artikelnummer|artikel nr|art nr|artnr|artikelnr|item number|item no|item code
|itemcode|product code|productcode|prodcode|product number|product no|supplier sku|supplier reference|vendor sku|stock code|stockcode|part number|partnumber
|référence|reference|ref|réf|code article|référence produit|code produit|référence fournisseur|bestellnummer|bestell nr|hersteller artikelnummer
|codice|codice articolo|cod articolo|codice prodotto|codven|cod|código|codigo|código artículo|referencia|ref artículo|n° artículo en tienda|nº artículo
|código do produto|referência|cod produto|artikelcode|productnummer|artikelnummer leverancier|kod|kod produktu|symbol|indeks|numer katalogowy|kod towaru
|kód|kod produktu|katalogové číslo|obj číslo|číslo produktu|cikkszám|termékkód|cod produs|cod articol|артикул|код товара|код|код товару
|номенклатурный номер|арт|vendorcode|vendor code|κωδικός|κωδικός προϊόντος|κωδ|stok kodu|ürün kodu|رمز المنتج|رقم المنتج|sku المنتج|varenummer|varenr|artikelnummer
|tuotekoodi|tuotenumero|šifra|sifra|šifra artikla|supplier pid|supplier aid|supplierpartid|supplier part id|merchant product no|merchant product id|shop item id
|item id|itemid|product id|productid|produktid|id produit|idprod|id prodotto|offer id|offerid|uniqueid|unique id|g id|id|aw product id|product ref|производитель код
|المعرف|المعرّف|идентификатор|identyfikator|identifiant|identifikator|productref|article|articlenumber|artikel|style number|external id|content id|squ|item|prom id
|обозначение|номер|штрихкод товара|barcode sku|variant id|codigo interno|sellersku""",
    "title": """
title|name|product name|productname|item name|product title|item title|nom|nom du produit|désignation|designation|libellé|intitulé|titre|nom produit|produktname
|produktbezeichnung|bezeichnung|artikelbezeichnung|artikelname|titel|titolo|nome|nome prodotto|denominazione|título|titulo|nombre|nombre del producto|nome do produto
|productnaam|naam|omschrijving kort|nazwa|nazwa produktu|nazwa towaru|tytuł|název|nazev|název produktu|názov|názov produktu|megnevezés|terméknév|név|termék neve
|denumire|nume produs|denumire produs|titlu|название|наименование|наименование товара|название товара|название позиции|номенклатура|товар|имя|назва|найменування
|назва товару|назва позиції|τίτλος|όνομα|ονομασία|όνομα προϊόντος|περιγραφή είδους|başlık|ürün adı|ürün ismi|العنوان|الاسم|اسم المنتج|عنوان المنتج|produktnavn|navn|varenavn
|produktnamn|namn|benämning|nimi|tuotenimi|tuotteen nimi|naziv|naziv proizvoda|ime|model name|description short|short description|descripcion corta|descrizione breve
|product|productname full|product title full|item desc|item description|item description short|short desc|artikelomschrijving|productomschrijving|наименование продукции|product description short
|produkt|prodotto|producto|produto|produit|termék|zboží|model|particulars|article name|libelle produit|offer name|display name|материал|описание товара
""",
    "description": """
description|long description|full description|product description|body html|body|descr|desc|description longue|descriptif|description html|description du produit
|beschreibung|langbeschreibung|artikelbeschreibung|produktbeschreibung|langtext|descrizione|descrizione lunga|descripción|descripción del producto|descripción larga|descrição
|descrição do produto|omschrijving|beschrijving|lange omschrijving|opis|opis produktu|popis|popis produktu|leírás|termékleírás|descriere|описание|полное описание
|опис|повний опис|περιγραφή|açıklama|ürün açıklaması|الوصف|وصف المنتج|beskrivelse|beskrivning|produktbeskrivning|kuvaus|tuotekuvaus|short description|summary|excerpt|desclong
|description complete|description short|description long|content|details|longdesc|features html""",
    "group_key": """
item group id|itemgroup id|group id|handle|parent sku|parentsku|parent|parent id|parentid|product group|group sku|variant group|parent code|master sku|model code|style code
|parent product|variation group|variation parent|itemgroupid|variant group id|id produit parent|référence parent|modèle|code modèle|vater artikelnummer|vaterartikel
|variantengruppe|codice padre|gruppo varianti|grupo de variantes|grupo|sku padre|hoofdartikel|grupa wariantów|skupina|csoport|product id|product reference|родитель
|группа вариантов|родительский артикул|υλικός γονέας|ana ürün kodu|produktgruppe|product group id|configurable sku|id wariantu|slug""",
    "brand": """
brand|brand name|vendor|manufacturer|manufacturer name|maker|marque|fabricant|marke|hersteller|herstellername|marca|produttore|fabricante|merk|fabrikant|merknaam
|marka|producent|značka|výrobce|výrobca|márka|gyártó|brand producător|producător|marcă|бренд|производитель|торговая марка|марка|виробник|μάρκα|κατασκευαστής|üretici
|العلامة التجارية|الماركة|mærke|varemærke|producent|varumärke|märke|tillverkare|merkki|valmistaja|proizvođač|brend|robna marka|make|fabricante marca|fabricante / marca|brand id|company|label|designer
|manufacturer brand|merchant brand""",
    "mpn": """
mpn|manufacturer part number|manufacturer part no|manufacturer sku|manufacturer reference|manufacturer code|part no|partno|mfr part number|mfg part|mfn|oem|oem number|han|hersteller artikelnummer
|herstellernummer|hersteller nr|herstellerteilenummer|référence fabricant|ref fabricant|référence constructeur|codice produttore|codice fabbricante|referencia fabricante|número del fabricante han mpn
|número del fabricante|código fabricante|referência fabricante|fabrikantcode|kod producenta|numer producenta|kód výrobce|productno|partnumber|part number|gyártói cikkszám|cod producător|артикул производителя
|код производителя|код виробника|κωδικός κατασκευαστή|üretici kodu|manufacturer aid|manufacturer pid|manufacturerpartid|manufacturer part id|google shopping mpn|tillverkarens artikelnummer
|producentens varenummer|modello|modelnumber|model number|model no""",
    "gtin": """
gtin|ean|ean13|ean 13|ean code|eancode|barcode|bar code|variant barcode|upc|upc code|ean upc|upc ean|gtin ean|ean gtin|ean gtin código barras|gtin13|gtin 13|gtin14|gtin12|isbn|isbn13|jan|code barre|code barres
|code ean|codes barres|strichcode|barcode ean|codice ean|codice a barre|código de barras|código ean|codigo barras|código barras|streepjescode|kod ean|kod kreskowy|čárový kód
|čiarový kód|vonalkód|cod de bare|cod ean|штрихкод|штрих код|штрих-код|ean код|баркод|γραμμωτός κώδικας|barkod|الباركود|رمز الباركود|stregkode|streckkod|viivakoodi|international pid|international aid
|external product id|external id ean|product gtin|ean upc isbn|global unique id|gtin upc ean isbn|eans|еан|barkod broj|globaluniqueid""",
    "category": """
category|categories|product type|producttype|category path|categorypath|category name|categoryname|product category|main category|product categories|categorytext|category text|type|cat|department
|catégorie|catégories|famille|rayon|categorie|kategorie|kategorien|warengruppe|produktgruppe|produktkategorie|artikelgruppe|categoria|categorie prodotto|reparto|categoría|categorías|categoría del producto en la tienda|familia
|productcategorie|rubriek|productgroep|kategoria|kategorie produktu|ścieżka kategorii|grupa|kategória|termékkategória|categorie produs|категория|категории|раздел|группа|группа товаров|категорія|категорії|κατηγορία
|κατηγορίες|kategori|ürün kategorisi|الفئة|التصنيف|القسم|varegruppe|varugrupp|produktkategori|tuoteryhmä|kategorija|grupa proizvoda|subcategory|sub category|merchant product category path
|merchant category|category tree|cat path|sub category 1|collection|breadcrumb|category 1|category 2|category 3|catégorie 1|catégorie 2|category1|category2|category3|categories x y z|scat|sous catégorie
|unterkategorie|sub sub category|main category name|categoryid|category id|taxonomy""",
    "google_category": """
google product category|googleproductcategory|google category|google shopping google product category|google taxonomy|google categorie|fb product category|google product category id|catégorie google
|google kategorie|categoria google|standard product type|standardized product type|google_product_category_id""",
    "image": """
image|image link|images|image url|imageurl|image src|main image|main image url|picture|picture url|photo|photos|photo url|img|imgurl|img url|base image|image link 1|product image|product images|image 1|image1|images 1
|pictures|main image link|large image|aw image url|merchant image url|primary image|featured image|image urls|image urls x y z|image link main|urlimagen 1|imagen|imágenes|url imagen|foto|fotos|bild|bilder|bild url
|bildlink|bild1|bild 1|hauptbild|lien image|url image|url image 1|images url|image principale|link immagine|linkimmagine|immagine|immagini|url immagine|imagem|imagens|url imagem|url da imagem|afbeelding|afbeeldingen
|afbeelding url|zdjęcie|zdjęcia|link do zdjęcia|url zdjęcia|obrázek|obrazek|obrázky|obrázok|kép|képek|kép url|imagine|imagini|poză|poze|изображение|изображения|ссылка изображения|ссылка на изображение|картинка|фото|зображення|посилання зображення
|снимка|εικόνα|εικόνες|φωτογραφία|resim|resimler|görsel|رابط الصورة|الصورة|صورة|صور المنتج|الصور|billede|billeder|billede url|bild url|kuva|kuvat|slika|slike|mime source|image_link|thumbnail|main picture|product image url
|image src url|variant image|api featured image|gallery|media|all images|photo link|image file|picture 1|photo 1|foto 1|url foto|image full""",
    "more_images": """
additional image link|additional image links|additional images|additional image|additional imageurl|additional image url|other image url|other images|more images|gallery images|image gallery|images additional
|imgurl alternative|imgurl alternatives|image alternative|alternative images|zusatzbilder|weitere bilder|images supplémentaires|autres images|immagini aggiuntive|imágenes adicionales|imagens adicionais|extra afbeeldingen
|dodatkowe zdjęcia|další obrázky|további képek|imagini suplimentare|дополнительные изображения|додаткові зображення|πρόσθετες εικόνες|ek resimler|رابط صور إضافية|روابط صور إضافية|additional image link 1|lisäkuvat|ekstra billeder
|merchant image 2|alternate image|image link 2|additional imagelink|variant image""",
    "link": """
link|url|product url|product link|producturl|product page|product page url|permalink|deep link|deeplink|aw deep link|merchant deep link|page url|web link|mobile link|lien|lien produit|url produit|url du produit|produkt url|produktlink|produktseite
|collegamento|url prodotto|link prodotto|enlace|url del producto|enlace del producto|link do produto|url do produto|product pagina|odnośnik|adres url|link do produktu|odkaz|url produktu|termék url|hivatkozás|link produs|ссылка|ссылка на товар|адрес страницы
|посилання|σύνδεσμος|bağlantı|ürün linki|الرابط|رابط المنتج|produktlänk|länk|linkki|tuotelinkki|poveznica|website link|clickurl|product link url|online store url|item url|canonical url""",
    "condition": """
condition|item condition|state|état|zustand|condizione|stato prodotto|estado|condición|condição|staat|conditie|stan|stav|állapot|stare produs|состояние|стан|κατάσταση|durum|الحالة|stand|skick|tilstand|kunto|stanje|item type|google shopping condition
|product condition""",
    "price": """
price|regular price|variant price|selling price|sell price|sales price|unit price|standard price|current price|our price|retail price|price eur|price usd|price gbp|base price|list price net|net price|prix|prix de vente|prix unitaire|prix ht|prix ttc
|tarif|preis|verkaufspreis|vk|einzelpreis|netto preis|nettopreis|brutto|bruttopreis|prezzo|prezzo netto|prezzo di vendita|precio|precio venta|pvp|precio unitario|preço|preço venda|valor|prijs|verkoopprijs|adviesverkoopprijs prijs|cena|cena brutto
|cena netto|cena sprzedaży|cena katalogowa|cena s dph|cena bez dph|predajná cena|ár|eladási ár|bruttó ár|nettó ár|preț|pret|pret vanzare|цена|розничная цена|цена розн|розн|цена продажи|базовая цена|ціна|роздрібна ціна|τιμή|τιμή πώλησης|fiyat
|satış fiyatı|السعر|سعر|سعر البيع|pris|salgspris|försäljningspris|hinta|myyntihinta|cijena|prodajna cijena|price vat|price with vat|price amount|unit price amount|price tax excluded or price tax included|price tax excl|price tax incl
|discount price|цены|price value|store price|current price gbp|search price|product price|item price|unit price net|pvr|rate|price rub|price uah|price pln|price czk|retailprice|prijs incl btw|price incl vat|price excl vat|price ex vat|price inc vat|net retail price|amount
|cena katalogowa 2022|цена руб|цена грн|in shops price|selling_price""",
    "cost": """
cost|cost price|wholesale price|wholesale|purchase price|buy price|buying price|dealer price|trade price|cost per item|your cost|your price|net cost|supplier price|dropship price|dropshipping price|reseller price|partner price|b2b price|invoice price|unit cost
|prix d achat|prix achat|prix grossiste|prix revendeur|prix net|prix partenaire|prix d achat ht|einkaufspreis|ek|ek preis|ek netto|händlerpreis|haendlerpreis|großhandelspreis|prezzo di acquisto|prezzo acquisto|prezzo ingrosso|prezzo rivenditore|costo
|precio de compra|precio mayorista|precio coste|precio de costo|coste|preço de custo|custo|preço de compra|preço atacado|inkoopprijs|groothandelsprijs|cena zakupu|cena hurtowa|hurt|nákupní cena|velkoobchodní cena|nákupná cena|veľkoobchodná cena
|beszerzési ár|nagyker ár|preț achiziție|pret achizitie|pret angro|опт|оптовая цена|цена опт|закупочная цена|закупка|цена закупки|оптова ціна|закупівельна ціна|τιμή χονδρικής|τιμή αγοράς|alış fiyatı|toptan fiyat|bayi fiyatı|سعر الجملة|سعر التكلفة
|indkøbspris|kostpris|engrospris|inköpspris|nettopris|ostohinta|tukkuhinta|nabavna cijena|veleprodajna cijena|procure wholesale price|wholesaleprice|net customer|ddp|nabavna cena|cost_price|price wholesale""",
    "sale_price": """
sale price|special price|discounted price|promo price|promotional price|offer price|reduced price|prix promo|prix promotionnel|prix soldé|prix remisé|prix barré promo|angebotspreis|sonderpreis|aktionspreis|prezzopromo|prezzo promo
|prezzo scontato|prezzo speciale|precio especial|precio oferta|precio promocional|precio rebajado|preço promocional|preço com desconto|actieprijs|aanbiedingsprijs|cena promocyjna|akční cena|akciová cena|akciós ár|preț promoțional|цена со скидкой
|акционная цена|цена акции|акційна ціна|ціна зі знижкою|τιμή προσφοράς|indirimli fiyat|السعر المخفض|سعر التخفيض|سعر العرض|tilbudspris|kampanjpris|reapris|kampagnepris|tarjoushinta|akcijska cijena|price sale|salesprice|sale_price_amount""",
    "sale_dates": """
sale price effective date|sale price dates|sale effective date|saleprice effective date|période de promotion|angebotszeitraum""",
    "msrp": """
msrp|rrp|srp|list price|recommended retail price|suggested retail price|retail price incl vat|compare at price|variant compare at price|original price|market price|was price|old price|regular retail price|msrp price|srp us|rrp price|mrp|actual price|catalog price
|prix public|prix public conseillé|prix conseillé|ppc|prix barré|prix catalogue|uvp|unverbindliche preisempfehlung|listenpreis|listino|prezzo di listino|prezzo consigliato|pvpr|precio recomendado|precio original|pvp recomendado|precio anterior|precio tarifa
|preço sugerido|preço original|preço de tabela|adviesprijs|adviesverkoopprijs|consumentenprijs|cena sugerowana|sugerowana cena detaliczna|cena detaliczna|doporučená cena|běžná cena|odporúčaná cena|ajánlott fogyasztói ár|preț recomandat|ррц|рекомендованная розничная цена
|рекомендуемая цена|старая цена|рекомендована ціна|стара ціна|λιανική τιμή|προτεινόμενη τιμή|tavsiye edilen satış fiyatı|liste fiyatı|السعر الأصلي|vejledende pris|vejl pris|rekommenderat pris|rekpris|ordinarie pris|ohjehinta|suositushinta|preporučena cijena
|oldprice|price old|retail price eur|in shops price|inshopsprice|retailprice|nrp|compare price|price rrp|standard_price|product price old|rrp incl vat|price before discount""",
    "map_price": """
map|map price|minimum advertised price|min advertised price|minimum selling price|minimum price|min price|prix minimum|mindestpreis|prezzo minimo|precio mínimo|preço mínimo|minimumprijs|cena minimalna|минимальная цена|мрц""",
    "currency": """
currency|currency code|currencyid|price currency|devise|monnaie|währung|waehrung|valuta|moneda|moeda|munteinheid|waluta|měna|mena|pénznem|devizanem|monedă|валюта|вал|νόμισμα|para birimi|العملة|valutta|valuutta|cur|curr|currency iso|price currency code
|deviza""",
    "vat_rate": """
vat|vat rate|tax rate|tax|vat percent|tva|taux tva|taux de tva|mwst|mwst satz|ust|steuersatz|iva|aliquota iva|aliquota|tipo iva|btw|btw tarief|vat stawka|stawka vat|dph|sazba dph|sadzba dph|áfa|áfakulcs|cota tva|ндс|ставка ндс|пдв|φπα|kdv|kdv oranı|moms
|momssats|alv|pdv|stopa pdv|ضريبة القيمة المضافة|gst|gst rate|vat_percentage""",
    "price_quantity": """
price quantity|price unit quantity|price per quantity|price basis quantity|preiseinheit|preismenge|pe|prix pour|unité de prix|prijs per aantal""",
    "quantity": """
quantity|qty|stock|stock quantity|inventory|inventory quantity|variant inventory qty|inventory qty|stock level|stock qty|available quantity|quantity available|qty available|qty avail|qty on hand|on hand|onhand|units in stock|available stock|stock on hand|stockonhand|instock qty|balance
|total stock|quantity to sell on facebook|available qty|stock count|current stock|free stock|warehouse stock|quantité|qté|quantité en stock|stock disponible|qté stock|qté disponible|bestand|lagerbestand|menge|verfügbare menge|lagermenge|anzahl|stückzahl|quantità|giacenza
|qta|qtà|disponibilita|disponibilità|giacenze|esistenza|scorte|cantidad|existencias|cantidad en stock|unidades|quantidade|estoque|qtd|qtde|voorraad|aantal|hoeveelheid|voorraadniveau|ilość|stan magazynowy|stany|stan|liczba sztuk|dostępna ilość|množství|počet kusů|skladem ks|stav skladu
|množstvo|stav zásob|mennyiség|készlet|raktárkészlet|cantitate|stoc|количество|остаток|остатки|кол во|кол-во|количество на складе|в наличии шт|кількість|залишок|наявна кількість|ποσότητα|απόθεμα|διαθέσιμη ποσότητα|miktar|stok|adet|stok adedi|stok miktarı|الكمية|المخزون|الكمية المتوفرة
|antal|lagerantal|beholdning|lagersaldo|lager|lagerstatus antal|saldo|määrä|varastosaldo|varasto|količina|zaliha|stanje|stock quantity total|quantity in stock|availablequantity|inventory level|qnty|qte|qty 2021|stocks|available units|stockquantity|inventoryquantity|amount in stock|stock available|current stock level
|fulfillment quantity|current inventory|остаток на складе|stock value""",
    "availability": """
availability|stock status|stock availability|available|in stock|instock|is in stock|availability status|avail|stock state|inventory status|stockstatus|availability text|disponibilité|dispo|disponible|statut stock|état du stock|verfügbarkeit|lieferstatus|lagerstatus|disponibilità|stato disponibilità
|disponibilidad|disponibilidade|disponível|beschikbaarheid|leverbaar|voorraadstatus|dostępność|dostupnost|dostupnosť|elérhetőség|készletinfó|disponibilitate|наличие|доступность|статус наличия|в наличии|наявність|доступність|διαθεσιμότητα|stok durumu|bulunabilirlik|مدى التوفر|التوفر|حالة التوفر|حالة المخزون
|tilgængelighed|lagerstatus|tillgänglighet|saatavuus|dostupnost|raspoloživost|inventory policy status|text when in stock|google availability|isavailable|stock status text|in stock yes no|availablity|availibility|sellable online""",
    "lead_days": """
lead time|leadtime|lead time days|delivery time|delivery date|handling time|shipping time|delivery days|dispatch time|delivery|leadtime to ship|fulfillment latency|lead time to ship|max handling time|estimated delivery|délai|délai de livraison|délai livraison|délai d expédition
|lieferzeit|lieferfrist|lieferzeit tage|tempi di consegna|tempo di consegna|consegna|plazo de entrega|tiempo de entrega|entrega|prazo de entrega|levertijd|czas dostawy|czas realizacji|termin dostawy|dodací doba|doba dodání|dodacia lehota|szállítási idő|szállítási határidő|timp de livrare
|termen de livrare|срок доставки|срок поставки|термін доставки|χρόνος παράδοσης|teslim süresi|kargo süresi|وقت التوصيل|leveringstid|leveranstid|toimitusaika|rok isporuke|delivery lead time|delivery period""",
    "weight": """
weight|item weight|product weight|shipping weight|gross weight|net weight|variant grams|weight kg|weight g|weight grams|package weight|poids|poids brut|poids net|poids kg|gewicht|bruttogewicht|nettogewicht|versandgewicht|peso|peso lordo|peso kg|peso bruto|brutogewicht|waga
|waga kg|hmotnost|hmotnosť|váha|súly|tömeg|greutate|вес|вес кг|вес г|масса|вага|βάρος|ağırlık|الوزن|vægt|vikt|paino|težina|masa|product weight g|weight lbs|weight lb|weight_in_kg|desi|variant weight""",
    "weight_unit": """
weight unit|variant weight unit|weight unit of measure|shipping weight unit|unité de poids|gewichtseinheit|unità di peso|unidad de peso|item weight unit of measure|weight uom""",
    "color": """
color|colour|colors|couleur|farbe|colore|cor|kleur|kolor|barva|farba|szín|culoare|цвет|колір|χρώμα|renk|اللون|farve|färg|väri|boja|color name|product color|kolory""",
    "size": """
size|sizes|taille|größe|groesse|taglia|misura|talla|tamaño|tamanho|maat|rozmiar|velikost|veľkosť|méret|mărime|размер|розмір|μέγεθος|beden|المقاس|الحجم|størrelse|storlek|koko|veličina|size name|pointure|numéro""",
    "material": """
material|matière|materiale|materiał|materiál|anyag|материал|матеріал|υλικό|malzeme|الخامة|composition|composición|composição|google shopping material|fabric""",
    "pattern": "pattern|motif|muster|motivo|patrón|patroon|wzór|vzor|minta|desen",
    "gender": "gender|genre|sexe|geschlecht|genere|género|gênero|geslacht|płeć|pohlaví|nem|пол|стать|φύλο|cinsiyet|الجنس|køn|kön|google shopping gender|pol",
    "age_group": "age group|agegroup|tranche d âge|altersgruppe|fascia di età|grupo de edad|faixa etária|leeftijdsgroep|grupa wiekowa|google shopping age group",
    "origin_country": """
country of origin|origin country|made in|country of manufacture|origin|coo|pays d origine|origine|pays de fabrication|herkunftsland|ursprungsland|paese di origine|paese d origine|país de origen|país de origem|land van herkomst|kraj pochodzenia|země původu|krajina pôvodu|származási ország
|țara de origine|страна происхождения|страна производства|страна производитель|страна|країна виробник|країна|країна походження|χώρα προέλευσης|menşei|üretim yeri|بلد المنشأ|oprindelsesland|alkuperämaa|zemlja podrijetla|country of origin code""",
    "hs_code": """
hs code|hscode|hs tariff code|tariff code|customs code|commodity code|taric|harmonized code|harmonized system code|hts|hts code|code sh|code douanier|nomenclature douanière|zolltarifnummer|taricnummer|codice doganale|codice taric|código arancelario|código ncm|ncm|hsn|hsn code|goederencode
|kod cn|kod celny|celní kód|vámtarifaszám|cod vamal|код тн вэд|тнвэд|уктзед|statistical number|customs tariff number|intrastat code|intrastat""",
    "manufacturer_name": """
gpsr manufacturer name|gpsr manufacturer|manufacturer contact name|producer name|nom du fabricant|herstellerangabe name|nome produttore gpsr|producent gpsr|manufacturer company|gpsr producent nazwa|legal manufacturer""",
    "manufacturer_address": """
manufacturer address|gpsr manufacturer address|manufacturer contact address|producer address|adresse du fabricant|adresse fabricant|hersteller adresse|herstelleradresse|indirizzo produttore|dirección del fabricante|dirección fabricante|adres producenta|adres fabrikant|adresa výrobce|адрес производителя|manufacturer postal address""",
    "manufacturer_email": """
manufacturer email|manufacturer e mail|gpsr manufacturer email|manufacturer contact email|manufacturer contact|email fabricant|email du fabricant|hersteller email|hersteller e mail|email produttore|email fabricante|email producenta|e mail fabrikant|manufacturer electronic address|manufacturer url""",
    "responsible_name": """
responsible person|responsible person name|eu responsible person|eu responsible person name|gpsr responsible person|gpsr responsible person name|authorised representative|eu representative|personne responsable|nom personne responsable|verantwortliche person|verantwortliche person name|eu verantwortlicher
|persona responsabile|responsabile ue|persona responsable|verantwoordelijke persoon|osoba odpowiedzialna|podmiot odpowiedzialny|odpovědná osoba|ответственное лицо|responsible party""",
    "responsible_address": """
responsible person address|eu responsible person address|gpsr responsible person address|adresse personne responsable|verantwortliche person adresse|indirizzo persona responsabile|dirección persona responsable|adres osoby odpowiedzialnej""",
    "responsible_email": """
responsible person email|eu responsible person email|gpsr responsible person email|email personne responsable|verantwortliche person email|email persona responsabile|email persona responsable|email osoby odpowiedzialnej|responsible person contact""",
    "warnings": """
warnings|warning|safety warnings|safety information|safety instructions|gpsr warnings|gpsr safety information|avertissements|consignes de sécurité|informations de sécurité|warnhinweise|sicherheitshinweise|avvertenze|informazioni sulla sicurezza|advertencias|información de seguridad|avisos|waarschuwingen
|veiligheidsinformatie|ostrzeżenia|informacje o bezpieczeństwie|upozornění|bezpečnostní upozornění|предупреждения|hazard statements|product safety""",
    "min_quantity": """
minimum order quantity|min order quantity|moq|min quantity|minimum quantity|min order qty|minimal quantity|minimum qty|min qty|quantity minimum|quantité minimum|quantité minimale|qté minimum|mindestbestellmenge|mindestmenge|quantità minima|minimo ordine|cantidad mínima|pedido mínimo|quantidade mínima
|minimum bestelhoeveelheid|minimale afname|minimalna ilość|minimum logistyczne|minimální množství|minimálne množstvo|cantitate minimă|минимальный заказ|мин заказ|мінімальне замовлення|ελάχιστη ποσότητα|minimum sipariş|الحد الأدنى للطلب|quantity min|min cart qty|min sale qty""",
    "pack_quantity": """
pack quantity|pack qty|pack size|units per pack|package quantity|case pack|case quantity|case qty|carton quantity|carton qty|per carton|inner pack|qty per pack|multiple|order multiple|order interval|quantity interval|qty interval|units per case|no per crtn|conditionnement|colisage|unité de vente|uvc|multiple de vente
|verpackungseinheit|vpe|ve|packungsgröße|confezione|pezzi per confezione|multipli|unidades por caja|unidades por paquete|empaque|unidades por embalagem|verpakkingseenheid|stuks per verpakking|ilość w opakowaniu|szt w opakowaniu|opakowanie zbiorcze|balení|ks v balení|kiszerelés|bucăți pe pachet|в упаковке
|кратность|количество в упаковке|кратність|paket içi adet|number of items|item package quantity|packing|packaging quantity|quantity interval order|qty_increments|uom count""",
    "excluded": """
exclude|excluded|no dropship|nodrop|no drop|not dropshippable|exclude from feed|do not sell|no dropshipping|blocked|hide|hidden|exclure|exclu|ne pas vendre|ausschließen|gesperrt|nicht dropship|escludi|escluso|excluir|excluido|uitsluiten|wyklucz|vyloučit|исключить|excluded destination dropship""",
    "source_time": """
last updated|updated at|lastupdated|last update|modified|last modified|date modified|updated|stock date|stock updated at|timestamp|date de mise à jour|mis à jour le|maj|aktualisiert am|letzte aktualisierung|aggiornato il|data aggiornamento|fecha actualización|actualizado|atualizado em|bijgewerkt op
|data aktualizacji|poslední aktualizace|дата обновления|оновлено|last stock update|inventory updated at|datetime stock|inventory date""",
}  # fmt: skip

_NEVER: str = """
shipping|shipping price|tax class|tax class name|meta title|meta description|meta keywords|seo title|seo description|url key|tags|rating|ratings|no of ratings|published|status|visibility|image alt text|image position|variant taxable|variant requires shipping
|option1 linked to|created at|position|attribute set code|product websites|gift card|variant inventory tracker|variant inventory policy|variant fulfillment service|discount|discount amount|discount percent|reviews|review|review count|year|mileage|price sign|unit|uom
|photos qty|product photos qty|photo count|image count|on sale|stock managed|price history|featured|warehouse|serial"""


@cache
def ranked() -> dict[str, list[tuple[str, int]]]:
    """Folded name → the fields it may mean with its rank in each (0 is the most telling)."""
    table: dict[str, list[tuple[str, int]]] = {}
    for field, names in _NAMES.items():
        for rank, name in enumerate(dict.fromkeys(fold(n) for n in names.replace("\n", "").split("|"))):
            if name:
                table.setdefault(name, []).append((field, rank))
    return table


@cache
def squashed() -> dict[str, str]:
    """Names without their spaces → the name: `DEALERPRICE`, `itemno`. Short ones would be too easily mistaken."""
    return {name.replace(" ", ""): name for name in reversed(list(ranked())) if " " in name and len(name) > 6}


@cache
def never() -> frozenset[str]:
    """Folded names of columns that look like ours and are not."""
    return frozenset(fold(name) for name in _NEVER.replace("\n", "").split("|"))


def is_known(name: str) -> bool:
    """Whether a folded name is in the tables: how a header row is told from data."""
    return name in ranked() or name in never() or name in squashed()
