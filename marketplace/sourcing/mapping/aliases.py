"""What columns are called, in the languages feeds are written in: our field → names, most telling first.

Names are compared after `fold`: no case, no accents, no punctuation. The order within a field is its rank: when two columns
of a file could be the same field, the one whose name comes first wins.
"""

from __future__ import annotations

from functools import cache

from marketplace.sourcing.mapping.aliases_east import EASTERN, EASTERN_NEVER
from marketplace.sourcing.values.text import fold

_NAMES: dict[str, str] = {
    "sku": """
sku|variant sku|item sku|seller sku|product sku|article number|artikelnummer|artikel nr|art nr|artnr|artikelnr|item number|item no|item code
|itemcode|product code|productcode|prodcode|product number|product no|supplier sku|supplier reference|vendor sku|stock code|stockcode|custom label|custom label sku|custom sku|sygnatura|code|prod id|default code|stok kodu|urun kodu
|référence|reference|ref|réf|code article|référence produit|code produit|référence fournisseur|bestellnummer|bestell nr|hersteller artikelnummer
|codice|codice articolo|cod articolo|codice prodotto|codven|cod|código|codigo|código artículo|referencia|ref artículo|n° artículo en tienda|nº artículo
|part number|partnumber|código do produto|referência|cod produto|artikelcode|productnummer|artikelnummer leverancier|kod|kod produktu|symbol|indeks|numer katalogowy|kod towaru
|kód|katalogové číslo|obj číslo|číslo produktu|cikkszám|termékkód|cod produs|cod articol|артикул|код товара|код|код товару
|номенклатурный номер|арт|vendorcode|vendor code|κωδικός|κωδικός προϊόντος|κωδ|رمز المنتج|رقم المنتج|sku المنتج|varenummer|varenr
|tuotekoodi|tuotenumero|šifra|sifra|šifra artikla|supplier pid|supplier aid|supplierpartid|supplier part id|merchant product no|merchant product id|shop item id
|artno|art code|artcode|catalog number|catalogue number|catalog no|cat no|item sku code|internal reference|internal id|handle sku|asin|listing id|sku id|skuid|sku code
|sku number|stock no|stock number|stockid|stock id|material number|material no|matnr|lagernummer|artikel nummer|artikelcode leverancier|artikel id|artikelid|interne nummer|code interne
|code fournisseur|n article|numéro article|numéro d article|no article|réf fournisseur|réf article|référence interne|cod art|codart|codice art|codice fornitore|rif|riferimento|clave|clave articulo
|clave producto|id articulo|id articolo|cod prod|codprod|codigo producto|código producto|código de producto|codigo articulo|código do item|artigo|kod pozycji|kod magazynowy|kod katalogowy|nr katalogowy
|numer artykułu|id produktu|kod dostawcy|kod zboží|číslo zboží|objednací číslo|objednávací kód|kód zboží|kód tovaru|kod tovaru|cikk szám|azonosító|cod intern|cod furnizor|cod unic|артикул товара
|артикул поставщика|код позиции|код позиції|код номенклатуры|внутренний код|id товара|каталожный номер|код на продукт|продуктов код|номер на артикул|каталожен номер|артикулен номер|κωδ προιοντος
|κωδικος ειδους|κωδικος ειδος|malzeme kodu|stok no|ürün id|tedarikçi kodu|vare nr|vare id|produktnr|produktnummer|artikelnr lev|lev artnr|leverandørens varenummer|leverantörens artikelnummer
|tootekood|preces kods|prekės kodas|kodas|kods|kood|ident|pavadinimo kodas|كود المنتج|كود الصنف|رقم الصنف|الكود|كود|الرمز|رقم القطعة|sku produktu|bestellnr|lieferantenartikelnummer|lief art nr
|item id|itemid|product id|productid|produktid|id produit|idprod|id prodotto|offer id|offerid|uniqueid|unique id|g id|id|aw product id|product ref|производитель код
|المعرف|المعرّف|идентификатор|identyfikator|identifiant|identifikator|productref|article|articlenumber|artikel|style number|external id|content id|squ|item|prom id
|обозначение|номер|штрихкод товара|barcode sku|variant id|codigo interno|sellersku
|ordernumber|uniq id|uniqid|product uid|uid|pid|article id|articleid|identifier|product identifier""",
    "title": """
title|name|product name|productname|item name|product title|item title|nom|nom du produit|désignation|designation|libellé|intitulé|titre|nom produit|produktname
|produktbezeichnung|bezeichnung|artikelbezeichnung|artikelname|titel|titolo|nome|nome prodotto|denominazione|título|titulo|nombre|nombre del producto|nome do produto
|productnaam|naam|omschrijving kort|nazwa|nazwa produktu|nazwa towaru|tytuł|název|nazev|název produktu|názov|názov produktu|megnevezés|terméknév|név|termék neve
|denumire|nume produs|denumire produs|titlu|название|наименование|наименование товара|название товара|название позиции|номенклатура|товар|имя|назва|найменування
|назва товару|назва позиції|τίτλος|όνομα|ονομασία|όνομα προϊόντος|περιγραφή είδους|başlık|ürün adı|ürün ismi|العنوان|الاسم|اسم المنتج|عنوان المنتج|produktnavn|navn|varenavn
|produktnamn|namn|benämning|nimi|tuotenimi|tuotteen nimi|naziv|naziv proizvoda|ime|model name|description short|short description|descripcion corta|descrizione breve
|product|productname full|product title full|item desc|item description|item description short|short desc|artikelomschrijving|productomschrijving|наименование продукции|product description short
|produkt|prodotto|producto|produto|produit|termék|zboží|model|particulars|article name|libelle produit|offer name|display name|материал|описание товара
|goods name|listing title|post title|prod name|prodname|productnavn|titre du produit|titre produit|libellé produit|libellé article|nom article|intitulé produit|désignation article|desig|bez
|artikel bezeichnung|produkttitel|artikeltext|kurztext|artikelkurztext|kurzbezeichnung|denominazione articolo|descrizione articolo|nome articolo|descripción artículo|descripcion articulo
|nombre articulo|nombre artículo|nombre producto|titulo del producto|artículo|articulo|descripción corta del producto|nome do item|descricao do produto|nome item|artikelnaam|naam product|titel product
|nazwa artykułu|nazwa asortymentu|tytuł produktu|nazwa pozycji|název zboží|název položky|popis zboží|názov tovaru|názov položky|cikk megnevezése|cikk neve|megnevezes|elnevezés|denumirea produsului
|denumire articol|denumirea|наименование позиции|наименование номенклатуры|полное наименование|торговое наименование|номенклатура наименование|найменування товару|повна назва|име на продукта
|наименование на продукта|продукт|име на артикул|ονομα ειδους|περιγραφη προιοντος|τιτλος προιοντος|malzeme adı|stok adı|ürün başlığı|varebetegnelse|betegnelse|varetekst|artikelbenämning|tuote|nimike
|toote nimi|nosaukums|preces nosaukums|pavadinimas|prekės pavadinimas|naziv artikla|naziv izdelka|naziv robe|opis artikla|اسم الصنف|اسم السلعة|اسم|البيان|اسم القطعة|book title|item""",
    "description": """
description|long description|full description|product description|body html|body|descr|desc|description longue|descriptif|description html|description du produit
|beschreibung|langbeschreibung|artikelbeschreibung|produktbeschreibung|langtext|descrizione|descrizione lunga|descripción|descripción del producto|descripción larga|descrição
|descrição do produto|omschrijving|beschrijving|lange omschrijving|opis|opis produktu|popis|popis produktu|leírás|termékleírás|descriere|описание|полное описание
|опис|повний опис|περιγραφή|açıklama|ürün açıklaması|الوصف|وصف المنتج|beskrivelse|beskrivning|produktbeskrivning|kuvaus|tuotekuvaus|short description|summary|excerpt|desclong
|item description|description complete|description short|description long|content|details|longdesc|features html
|product details|about product|post content|about the item|full desc|product long description|descriptif long|texte|texte long|langbeschreibung html|artikellangtext|detailbeschreibung
|descrizione estesa|descrizione completa|descripcion|descripcion larga|descripción completa|descripción detallada|descricao completa|lange beschrijving|beschrijving lang|uitgebreide omschrijving
|opis długi|opis pełny|opis html|dlouhý popis|podrobný popis|dlhý popis|podrobnosti|hosszú leírás|részletes leírás|descriere lungă|descriere completă|описание на продукта|пълно описание
|detaylı açıklama|ürün detayı|lang beskrivelse|varebeskrivelse|lång beskrivning|pitkä kuvaus|kirjeldus|apraksts|aprašymas|opis izdelka|التفاصيل|وصف""",
    "group_key": """
item group id|itemgroup id|group id|handle|mainnumber|vaterartikel|identifizierungsspalte vaterartikel|parent sku|parentsku|parent|parent id|parentid|product group|group sku|variant group|parent code|master sku|model code|style code
|parent product|variation group|variation parent|itemgroupid|variant group id|id produit parent|référence parent|modèle|code modèle|vater artikelnummer|vaterartikel
|variantengruppe|codice padre|gruppo varianti|grupo de variantes|grupo|sku padre|hoofdartikel|grupa wariantów|skupina|csoport|product id|product reference|родитель
|группа вариантов|родительский артикул|υλικός γονέας|ana ürün kodu|produktgruppe|product group id|configurable sku|id wariantu|slug
|item group|itemgroup|parent product id|parent asin|variant of|family code|style no|style number|stylecode|modellnummer|modell nr|artikelgruppe id|code famille|modello codice|id modello
|grupo de artículo|family id|product family|hovedvare|kod grupy|kod modelu|id grupy|модель id|id группы""",
    "brand": """
brand|brand name|marchio|vendor|manufacturer|manufacturer name|maker|marque|fabricant|marke|hersteller|herstellername|marca|produttore|fabricante|merk|fabrikant|merknaam
|marka|producent|značka|výrobce|výrobca|márka|gyártó|brand producător|producător|marcă|бренд|производитель|торговая марка|марка|виробник|μάρκα|κατασκευαστής|üretici
|العلامة التجارية|الماركة|mærke|varemærke|varumärke|märke|tillverkare|merkki|valmistaja|proizvođač|brend|robna marka|make|fabricante marca|fabricante / marca|brand id|company|label|designer
|manufacturer brand|merchant brand|producer|producer name|man name
|brandname|brand title|product brand|manufacturer title|marque produit|nom de la marque|nom marque|herstellermarke|markenname|nome marca|nombre marca|merk naam|nazwa producenta
|marka producenta|název výrobce|název značky|názov výrobcu|gyártó neve|producator|brand nume|торговая марка бренд|бренд производитель|имя бренда|марка производител|марка на продукта|производител
|μαρκα προιοντος|marka adı|mærkevare|fabrikat|producentnavn|tillverkare varumärke|tootja|bränd|ražotājs|zīmols|gamintojas|prekės ženklas|proizvajalec|blagovna znamka|الشركة المصنعة|الشركة
|العلامه التجاريه|المصنع|publisher""",
    "mpn": """
mpn|manufacturer part number|manufacturer part no|manufacturer sku|manufacturer reference|manufacturer code|part no|partno|mfr part number|mfg part|mfn|oem|oem number|han|hersteller artikelnummer
|herstellernummer|hersteller nr|herstellerteilenummer|référence fabricant|ref fabricant|référence constructeur|codice produttore|codice fabbricante|referencia fabricante|número del fabricante han mpn
|número del fabricante|código fabricante|referência fabricante|fabrikantcode|kod producenta|numer producenta|kód výrobce|productno|partnumber|part number|gyártói cikkszám|cod producător|артикул производителя
|код производителя|код виробника|κωδικός κατασκευαστή|üretici kodu|manufacturer aid|manufacturer pid|manufacturerpartid|manufacturer part id|google shopping mpn|tillverkarens artikelnummer|tillv art nr|tillv artnr|tillverkarens art nr
|producentens varenummer|modello|modelnumber|model number|model no
|model nr|model code|manufacturers part number|manufacturer item number|vendor part number|vpn|vendor part no|mfr part no|mfr no|mfr number|mfr sku|mfr|mfg part number|mfgpartno|supplier part number
|oem nummer|oe number|oem code|herst art nr|herstellerartikelnr|hersteller teilenummer|ref fabr|réf fabricant|réf constructeur|référence marque|cod produttore|rif produttore|código de fabricante
|ref fabricante|producent kod|symbol producenta|kod producenta mpn|part number výrobce|артикул бренда|оем|номер производителя|код на производителя|üretici parça no|producentens varenr
|tillverkarens artnr|valmistajan koodi
|model|modelo|modèle|modell|modelnr|modelname|model name""",
    "gtin": """
gtin|ean|ean13|ean 13|ean code|eancode|barcode|bar code|variant barcode|upc|upc code|ean upc|upc ean|gtin ean|ean gtin|ean gtin código barras|gtin13|gtin 13|gtin14|gtin12|isbn|isbn13|jan|code barre|code barres
|code ean|codes barres|strichcode|barcode ean|codice ean|codice a barre|código de barras|código ean|codigo barras|código barras|streepjescode|kod ean|kod kreskowy|čárový kód
|čiarový kód|vonalkód|cod de bare|cod ean|штрихкод|штрих код|штрих-код|ean код|баркод|γραμμωτός κώδικας|barkod|الباركود|رمز الباركود|stregkode|streckkod|viivakoodi|international pid|international aid
|external product id|external id ean|product gtin|ean upc isbn|global unique id|gtin upc ean isbn|eans|еан|barkod broj|globaluniqueid
|ean nummer|ean nr|ean no|eannr|ean number|ean8|ean 8|upca|upc a|gtin8|gtin 8|gtin 12|gtin 14|ean gtin upc|bar codes|bar code number|barcode number|barcodes|barcode 1|barcode no|product barcode|isbn 13
|isbn 10|isbn ean|isbn gtin|code barre ean|code barres ean|codebarre|gencod|gencode|code ean13|ean produit|ean artikel|gtin ean nummer|codice ean13|cod barre|codice barre|codice a barre ean
|ean13 codice|codigo de barras|codigo ean|cod barras|código barra|codigo de barra|código de barras ean|kod kreskowy ean|kody ean|ean kód|kód ean|čárový kód ean|čiarový kód ean|ean vonalkód|ean13 kód
|cod bare|cod de bare ean|штрих код ean|штрихкод ean|штрихкоды|шк|штрих кодове|ean баркод|баркод ean|barkod no|barkod numarası|ürün barkodu|ean kode|stregkode ean|ean viivakood|ean kood|ribakood
|svītrkods|brūkšninis kodas|ean koda|črtna koda|الرمز الشريطي|كود الباركود""",
    "category": """
category|categories|kategorie ebene|product type|producttype|category path|categorypath|category name|categoryname|product category|main category|product categories|categorytext|category text|cat|department
|catégorie|catégories|famille|rayon|categorie|kategorie|kategorien|warengruppe|produktgruppe|produktkategorie|artikelgruppe|categoria|categorie prodotto|reparto|categoría|categorías|categoría del producto en la tienda|familia
|productcategorie|rubriek|productgroep|kategoria|kategorie produktu|ścieżka kategorii|grupa|kategória|termékkategória|categorie produs|категория|категории|раздел|группа|группа товаров|категорія|категорії|κατηγορία
|κατηγορίες|kategori|ürün kategorisi|الفئة|التصنيف|القسم|varegruppe|varugrupp|produktkategori|tuoteryhmä|kategorija|grupa proizvoda|subcategory|sub category|merchant product category path
|merchant category|category tree|cat path|sub category 1|collection|breadcrumb|category 1|category 2|category 3|catégorie 1|catégorie 2|category1|category2|category3|categories x y z|scat|sous catégorie
|unterkategorie|sub sub category|main category name|categoryid|category id|taxonomy
|product group name|group name|item group name|section|sub department|subdepartment|category full path|full category|level 1|level 2|level 3|cat 1|cat 2|cat 3|cat1|cat2|cat3|categorie 1|main cat
|sous famille|sous rayon|univers|gamme|nom catégorie|hauptkategorie|hauptwarengruppe|warengruppe 1|kategoriename|kategorie 1|kategoriepfad|gruppo merceologico|famiglia|sottocategoria
|categoria merceologica|categoria principal|subcategoria|subcategoría|rubro|subrubro|linea|línea|hoofdgroep|subgroep|artikelgroep|hoofdcategorie|subcategorie|grupa towarowa|grupa asortymentowa
|podkategoria|kategoria główna|drzewo kategorii|skupina zboží|podkategorie|hlavní kategorie|kategorie zboží|skupina tovaru|cikkcsoport|termékcsoport|alkategória|főkategória|categorie principala
|grupa produse|раздел каталога|подкатегория|категория товара|группа номенклатуры|товарная группа|подгруппа|название группы|категорія товару|підкатегорія|група|категория на продукта|ομαδα|υποκατηγορια
|ürün grubu|ana kategori|alt kategori|hovedgruppe|undergruppe|kategori 1|huvudgrupp|undergrupp|tuoteryhmä 1|pääryhmä|kategooria|tootegrupp|kategorija 1|grupė|podkategorija|skupina izdelkov|المجموعة
|فئة المنتج|التصنيف الرئيسي
|master category|mastercategory|article type|type""",
    "google_category": """
google product category|googleproductcategory|google category|google shopping google product category|google taxonomy|google categorie|fb product category|google product category id|catégorie google
|google kategorie|categoria google|standard product type|standardized product type|google_product_category_id""",
    "image": """
image|image link|images|image url|imageurl|image src|main image|main image url|picture|picture url|photo|photos|photo url|img|imgurl|img url|base image|image link 1|product image|product images|image 1|image1|images 1
|pictures|main image link|large image|aw image url|merchant image url|primary image|featured image|image urls|image urls x y z|image link main|urlimagen 1|imagen|imágenes|url imagen|foto|fotos|bild|bilder|bild url
|bildlink|bild1|bild 1|hauptbild|lien image|url image|url image 1|images url|image principale|link immagine|linkimmagine|immagine|immagini|url immagine|imagem|imagens|url imagem|url da imagem|afbeelding|afbeeldingen
|afbeelding url|zdjęcie|zdjęcia|link do zdjęcia|url zdjęcia|obrázek|obrazek|obrázky|obrázok|kép|képek|kép url|imagine|imagini|poză|poze|изображение|изображения|ссылка изображения|ссылка на изображение|картинка|фото|зображення|посилання зображення
|снимка|εικόνα|εικόνες|φωτογραφία|resim|resimler|görsel|رابط الصورة|الصورة|صورة|صور المنتج|الصور|billede|billeder|billede url|kuva|kuvat|slika|slike|mime source|image_link|thumbnail|main picture|product image url
|image src url|variant image|api featured image|gallery|media|all images|photo link|image file|picture 1|photo 1|foto 1|url foto|image full
|image 0|img 1|img1|image link url|image links|image file name|imagefile|image name|image filename|image path|images link|product img|product photo|cover|cover image|cover url|thumb|thumbnail url
|picture link|pic|pics|pictures url|product picture|hero image|default image|photo principale|images produit|url photo|visuel|visuels|lien photo|lien visuel|url image principale|artikelbild
|artikelbilder|produktbild|produktbilder|bilddatei|bildname|bild link|hauptbild url|bilder urls|immagine principale|immagine 1|link foto|url foto prodotto|foto prodotto|imagen principal|imagen 1
|foto principal|fotografía|url de imagen|url de la imagen|urls de imagenes|enlace imagen|imagem principal|imagem 1|foto produto|hoofdafbeelding|afbeelding 1|afbeelding link|afbeeldingslink|productfoto
|fotolink|zdjęcie główne|zdjęcie 1|zdjęcie url|adres zdjęcia|link zdjęcie|zdjęcia url|obrázek 1|obrázek url|url obrázku|hlavní obrázek|fotka|odkaz na obrázek|obrázok 1|url obrázka|hlavný obrázok
|kép link|fő kép|kép 1|termékkép|imagine produs|imagine principala|link imagine|url imagine|imagine 1|poza|poze produs|фотография|фотографии|ссылка на фото|ссылки на фото|ссылки на изображения
|изображение товара|url изображения|фото товара|основное фото|главное фото|картинки|посилання на фото|фотографії|зображення товару|посилання на зображення|главно изображение|изображение url
|линк към снимка|снимки|φωτογραφια 1|εικονα 1|url εικονας|συνδεσμος εικονας|görsel url|ürün görseli|resim url|resim 1|görsel linki|ana görsel|billedlink|billede 1|produktbillede|billedurl|produktbilde
|bilde|bildelenke|bildlänk|bild url 1|kuvalinkki|kuvan url|pilt|pildi link|attēls|attēli|nuotrauka|nuotraukos|paveikslėlis|slika url|url slike|slika 1|صور|صورة المنتج|رابط الصوره|الصورة الرئيسية
|main photo""",
    "more_images": """
additional image link|additional image links|additional images|additional image|additional imageurl|additional image url|other image url|other images|more images|gallery images|image gallery|images additional
|imgurl alternative|imgurl alternatives|image alternative|alternative images|zusatzbilder|weitere bilder|images supplémentaires|autres images|immagini aggiuntive|imágenes adicionales|imagens adicionais|extra afbeeldingen
|dodatkowe zdjęcia|další obrázky|további képek|imagini suplimentare|дополнительные изображения|додаткові зображення|πρόσθετες εικόνες|ek resimler|رابط صور إضافية|روابط صور إضافية|additional image link 1|lisäkuvat|ekstra billeder
|merchant image 2|image extra|alternate image|image link 2|additional imagelink|variant image
|alternate images|extra images|secondary images|gallery image|gallery urls|image 2|other photos|bilder weitere|galerie|galerie d images|galeria|galería|galleria|galerija|imágenes secundarias
|autres photos|photos supplémentaires|zdjęcia dodatkowe|galeria zdjęć|další fotky|ďalšie obrázky|alternatívne obrázky|galéria|доп фото|доп изображения|дополнительные фото|галерея|галерея изображений
|додаткові фото|допълнителни снимки|galeri|flere billeder|bildgalleri|kuvagalleria""",
    "link": """
link|url|product url|product link|producturl|product page|product page url|permalink|deep link|deeplink|aw deep link|merchant deep link|page url|web link|mobile link|lien|lien produit|url produit|url du produit|produkt url|produktlink|produktseite
|collegamento|url prodotto|link prodotto|enlace|url del producto|enlace del producto|link do produto|url do produto|product pagina|odnośnik|adres url|link do produktu|odkaz|url produktu|termék url|hivatkozás|link produs|ссылка|ссылка на товар|адрес страницы
|посилання|σύνδεσμος|bağlantı|ürün linki|الرابط|رابط المنتج|produktlänk|länk|linkki|tuotelinkki|poveznica|website link|clickurl|product link url|online store url|item url|canonical url
|website url|shop url|store link|buy link|web page|website|url web|shop link|lien fiche|url fiche produit|lien web|artikel url|deeplink url|url articolo|pagina prodotto|url producto|link producto
|enlace web|url artículo|url product|link product|url do item|adres produktu|link produktu|odkaz na produkt|url zboží|url tovaru|termék link|termék oldal|pagina produs|url produs|ссылка на страницу
|url товара|адрес товара|посилання на товар|линк|линк към продукта|συνδεσμος προιοντος|ürün url|ürün sayfası|produkt link|varelink|tuotesivu|toote link|saite|nuoroda|povezava|povezava do izdelka
|الرابط المباشر|رابط""",
    "condition": """
condition|item condition|state|état|zustand|condizione|stato prodotto|estado|condición|condição|staat|conditie|stan|stav|állapot|stare produs|состояние|стан|κατάσταση|durum|الحالة|stand|skick|tilstand|kunto|stanje|item type|google shopping condition
|product condition""",
    "price": """
price|regular price|variant price|selling price|sell price|sales price|unit price|standard price|current price|our price|retail price|price eur|price usd|price gbp|base price|list price net|net price|prix|prix de vente|prix unitaire|prix ht|prix ttc
|tarif|preis|verkaufspreis|vk|einzelpreis|netto preis|nettopreis|brutto|bruttopreis|prezzo|prezzo netto|prezzo di vendita|precio|precio venta|pvp|precio unitario|preço|preço venda|valor|prijs|verkoopprijs|adviesverkoopprijs prijs|cena|cena brutto
|cena netto|cena sprzedaży|cena katalogowa|cena s dph|cena bez dph|predajná cena|ár|eladási ár|bruttó ár|nettó ár|preț|pret|pret vanzare|цена|розничная цена|цена розн|розн|цена продажи|базовая цена|ціна|роздрібна ціна|τιμή|τιμή πώλησης|fiyat
|satış fiyatı|السعر|سعر|سعر البيع|pris|salgspris|försäljningspris|hinta|myyntihinta|cijena|prodajna cijena|price vat|price with vat|price amount|unit price amount|price tax excluded or price tax included|price tax excl|price tax incl
|discount price|цены|price value|store price|current price gbp|search price|product price|item price|unit price net|pvr|rate|price rub|price uah|price pln|price czk|retailprice|prijs incl btw|price incl vat|price excl vat|price ex vat|price inc vat|net retail price|amount
|cena katalogowa 2022|цена руб|цена грн|in shops price|selling_price|b2c|b2c price
|pv|pv ttc|pv ht|prix vente|prix vente ht|prix vente ttc|prix de vente ht|prix de vente ttc|prix public ht|pu|pu ht|puht|prix u|tarif ht|tarif net|montant|vk preis|vk netto|vk brutto|preis netto
|preis brutto|preis eur|verkaufspreis netto|verkaufspreis brutto|endpreis|stückpreis|bruttoverkaufspreis|prezzo vendita|prezzo unitario|prezzo lordo|prezzo ivato|prezzo al pubblico|importo
|precio de venta|precio venta publico|precio de venta al público|precio unit|precio final|precio público|importe|pvp iva|preço de venda|preço unitário|preço final|valor unitário|valor venda
|prijs excl btw|prijs excl|verkoopprijs incl|stukprijs|eenheidsprijs|cena jednostkowa|cena jedn|cena zł|cena pln|cena sprzedaży brutto|cena sprzedaży netto|cena detal|prodejní cena|cena za kus|cena kč
|cena czk|cena s dph kč|cena eur|predajná cena s dph|jednotková cena|cena za mj|egységár|nettó|bruttó|fogyasztói ár|eladási ár bruttó|preț vânzare|pret cu tva|pret fara tva|preț unitar|pret unitar
|pret final|preț fără tva|preț cu tva|розница|розничная|цена розница|цена за единицу|цена за шт|цена с ндс|цена без ндс|стоимость|прайс|цена р|ціна грн|роздріб|вартість|ціна продажу|продажна цена
|единична цена|цена лв|цена с ддс|цена без ддс|τιμη μοναδας|τελικη τιμη|τιμη με φπα|τιμη χωρις φπα|λιανικη|birim fiyat|perakende fiyat|satış fiyat|fiyatı|liste satış fiyatı|satis fiyati|stk pris
|udsalgspris|salgspris inkl moms|salgspris ex moms|pris inkl moms|pris ekskl moms|pris inkl mva|pris eks mva|utpris|utpris exkl moms|styckpris|enhetspris|pris exkl moms|yksikköhinta|hinta alv 0
|veroton hinta|verollinen hinta|müügihind|hind|cena ar pvn|kaina|pardavimo kaina|mpc|mpc cijena|maloprodajna cijena|vpc|maloprodajna cena|prodajna cena|cena z ddv|cena brez ddv|سعر الوحدة|سعر التجزئة
|سعر القطعة|ثمن|الثمن|unit cost price|price each|price per unit|price1|price 1|price inr|price aed|price cad|price aud|price chf|price sek|price dkk|price nok|price huf|price ron|price try|price net
|price gross|net price eur|sales price ex vat|sale price incl vat|current retail price|list price|final price|variant price usd|listing price|pricing|item price amount|price no tax|preis me|preis pro me|preis je me|preis stk|price each|price unit|price piece|price pc|prix unité|prix pièce|preis st|preis stück|precio unidad|prezzo pezzo|cena szt|cena ks|цена шт|net|netto|gross|brutto""",
    "cost": """
cost|cost price|wholesale price|wholesale|whs|whs price|purchase rate|purchase prices net|purchase price|buy price|buying price|dealer price|trade price|cost per item|your cost|your price|net cost|supplier price|dropship price|dropshipping price|reseller price|partner price|b2b price|invoice price|unit cost|pvd|precio venta distribuidor
|prix d achat|prix achat|prix grossiste|prix revendeur|prix net|prix partenaire|prix d achat ht|einkaufspreis|ek|ek preis|ek netto|händlerpreis|haendlerpreis|großhandelspreis|prezzo di acquisto|prezzo acquisto|prezzo ingrosso|prezzo rivenditore|costo
|precio de compra|precio mayorista|precio coste|precio de costo|coste|preço de custo|custo|preço de compra|preço atacado|inkoopprijs|groothandelsprijs|cena zakupu|cena hurtowa|hurt|nákupní cena|velkoobchodní cena|nákupná cena|veľkoobchodná cena
|beszerzési ár|nagyker ár|preț achiziție|pret achizitie|pret angro|опт|оптовая цена|цена опт|закупочная цена|закупка|цена закупки|оптова ціна|закупівельна ціна|τιμή χονδρικής|τιμή αγοράς|alış fiyatı|toptan fiyat|bayi fiyatı|سعر الجملة|سعر التكلفة
|indkøbspris|kostpris|engrospris|inköpspris|nettopris|ostohinta|tukkuhinta|nabavna cijena|veleprodajna cijena|procure wholesale price|wholesaleprice|net customer|ddp|nabavna cena|cost_price|price wholesale|b2b
|pa|pa ht|pa net|pua|prix achat ht|prix de revient|prix coûtant|prix d achat net|tarif revendeur|tarif grossiste|prix gros|prix de gros|prix cession|prix pro ht|prix dropshipping|ek preis netto|ek eur
|einkaufspreis netto|hek|gek|händler ek|händlernettopreis|haendler ek|dealer|dealer net|dealer cost|einstandspreis|nettoeinkaufspreis|costo unitario|prezzo acq|prezzo di acquisto netto
|prezzo d acquisto|prezzo netto rivenditore|prezzo b2b|prezzo dropshipping|costo articolo|precio costo|precio de costo unitario|precio compra|precio de distribuidor|precio distribuidor|precio mayor
|precio al mayor|precio neto cliente|tarifa neta|precio dropshipping|preço de fábrica|preço fábrica|custo unitário|preço custo|preço de fornecedor|preço revenda|inkoop|inkoopprijs excl btw|netto inkoop|dealerprijs|kostprijs
|cena zakupu netto|cena hurtowa netto|cena hurtowa brutto|cena hurt|cena dla partnera|cena b2b|cena netto zakupu|cena twoja|twoja cena|nákupní cena bez dph|nc|nákupka|velkoobchodní cena bez dph|voc
|moc dealer|partnerská cena|vaše cena|vaša cena|nákupná cena bez dph|voc bez dph|beszerzési ár nettó|nettó beszerzési ár|nagykereskedelmi ár|viszonteladói ár|listaár partner|pret achizitie fara tva
|pret intrare|pret furnizor|preț en gros|pret dealer|pret revanzator|закуп|закупочная|себестоимость|цена поставщика|цена дилера|дилерская цена|дилер|цена дилерская|мелкий опт|крупный опт|опт цена
|цена оптовая|входная цена|ваша цена|цена партнера|закупівля|закупка ціна|опт ціна|дропшипінг ціна|дроп цена|дроп ціна|цена дроп|цена на едро|доставна цена|покупна цена|χονδρικη|χονδρικη τιμη|τιμη b2b
|τιμη κοστους|maliyet|bayi alış|geliş fiyatı|alis fiyati|dropshipping fiyatı|xml fiyatı|kost|indkøb|indkøbspris ex moms|nettoindkøbspris|forhandlerpris|inpris|nettoinköpspris|återförsäljarpris
|innkjøpspris|veiledende innkjøpspris|hankintahinta|ostohinta alv 0|nettohinta|sisseostuhind|iepirkuma cena|pirkimo kaina|didmeninė kaina|nabavna|vpc cijena|veleprodajna cena|nabavna cena brez ddv
|سعر الشراء|التكلفة|تكلفة|سعر المورد|wholesale cost|wholesale usd|wholesale gbp|wholesale eur|your price ex vat|cost eur|cost usd|cost gbp|cost ex vat|cost net|net cost price|invoice cost|landed cost
|vendor price|distributor price|dist price|customer price|price dealer|price dropshipper|jobber price|jobber|buy|buyprice|pricing wholesale|whs price|ws price|wsp""",
    "sale_price": """
sale price|special price|discount price|sale price amount|online sale price|discounted price|promo price|promotional price|offer price|reduced price|prix promo|prix promotionnel|prix soldé|prix remisé|prix barré promo|angebotspreis|sonderpreis|aktionspreis|prezzopromo|prezzo promo
|prezzo scontato|prezzo speciale|precio especial|precio oferta|precio promocional|precio rebajado|preço promocional|preço com desconto|actieprijs|aanbiedingsprijs|cena promocyjna|akční cena|akciová cena|akciós ár|preț promoțional|цена со скидкой
|акционная цена|цена акции|акційна ціна|ціна зі знижкою|τιμή προσφοράς|indirimli fiyat|السعر المخفض|سعر التخفيض|سعر العرض|tilbudspris|kampanjpris|reapris|kampagnepris|tarjoushinta|akcijska cijena|price sale|salesprice|sale_price_amount
|sale|special|price special|special offer price|sale price usd|outlet price|clearance price|reduced|prix spécial|prix de vente soldé|prix réduit|prix remise|prix en promotion|sonder preis
|reduzierter preis|preis reduziert|prezzo offerta|prezzo saldo|prezzo ridotto|precio rebaja|precio con descuento|precio de oferta|oferta|promoção|preço oferta|sale prijs|promotieprijs|cena po rabacie
|cena po obniżce|cena specjalna|akční|cena po slevě|zlevněná cena|zľavnená cena|cena po zľave|kedvezményes ár|akció ár|pret promo|pret redus|pret oferta|акция|спеццена|цена акционная
|цена с учетом скидки|распродажа|ціна акції|промо цена|промоционална цена|намалена цена|τιμη εκπτωσης|εκπτωτικη τιμη|kampanyalı fiyat|kampanya fiyatı|tilbud|nedsat pris|rea pris|extrapris|kampanjepris
|alennushinta|sooduhind|akcijas cena|akcijos kaina|snižena cijena|akcijska cena|znižana cena|السعر بعد الخصم""",
    "sale_dates": """
sale price effective date|sale price dates|sale effective date|saleprice effective date|période de promotion|angebotszeitraum""",
    "msrp": """
msrp|rrp|srp|list price|recommended retail price|suggested retail price|retail price incl vat|compare at price|variant compare at price|original price|market price|was price|old price|regular retail price|msrp price|srp us|rrp price|mrp|actual price|catalog price
|prix public|prix public conseillé|prix conseillé|ppc|prix barré|prix catalogue|uvp|unverbindliche preisempfehlung|listenpreis|listino|prezzo di listino|prezzo consigliato|pvpr|precio recomendado|precio original|pvp recomendado|precio anterior|precio tarifa
|preço sugerido|preço original|preço de tabela|adviesprijs|adviesverkoopprijs|consumentenprijs|cena sugerowana|sugerowana cena detaliczna|cena detaliczna|doporučená cena|běžná cena|odporúčaná cena|ajánlott fogyasztói ár|preț recomandat|ррц|рекомендованная розничная цена
|рекомендуемая цена|старая цена|рекомендована ціна|стара ціна|λιανική τιμή|προτεινόμενη τιμή|tavsiye edilen satış fiyatı|liste fiyatı|السعر الأصلي|vejledende pris|vejl pris|rekommenderat pris|rekpris|ordinarie pris|ohjehinta|suositushinta|preporučena cijena
|oldprice|price old|retail price eur|in shops price|inshopsprice|retailprice|nrp|compare price|price rrp|standard_price|product price old|rrp incl vat|price before discount
|rrp gbp|rrp eur|rrp inc vat|rrp ex vat|rec retail price|recommended price|suggested price|suggested retail|sugg retail|retail|retail value|full price|regular|normal price|price before sale|list|was
|pvc|ppi|ppttc|pvc ttc|prix public ttc|prix public ht|prix de vente conseillé|prix vente conseillé|prix indicatif|tarif public|uvp brutto|uvp netto|uvp eur|uvp inkl mwst|evp|empf vk
|empfohlener verkaufspreis|ladenpreis|streichpreis|statt preis|alter preis|prezzo consigliato al pubblico|prezzo pubblico|prezzo originale|prezzo pieno|prezzo barrato|pvp iva incluido|precio sugerido
|precio lista|precio de lista|precio venta recomendado|precio regular|precio normal|preço recomendado|preço de|preço cheio|adviesprijs incl btw|van prijs|oude prijs|catalogusprijs|cena rekomendowana
|cena sugerowana brutto|srp brutto|cena przed obniżką|stara cena|cena regularna|dmoc|moc|moc s dph|běžná cena s dph|původní cena|doporučená prodejní cena|doporučená maloobchodní cena|pôvodná cena
|moc s dph eur|listaár|ajánlott ár|ajánlott bruttó ár|eredeti ár|pret recomandat|prp|pret vechi|pret intreg|preț de listă|рекомендуемая розничная цена|рекомендованная цена|ррц руб|рознична ціна
|роздрібна|цена до скидки|зачеркнутая цена|ррц грн|стара цена|препоръчителна цена|пцд|πλτ|αρχικη τιμη|τιμη καταλογου|προτεινομενη λιανικη|psf|piyasa fiyatı|tavsiye edilen fiyat|eski fiyat
|indirimsiz fiyat|vejl udsalgspris|vejledende udsalgspris|vejl pris inkl moms|normalpris|før pris|ca pris|cirkapris|rek pris|rek utpris|ord pris|veil pris|veiledende pris|veil utsalgspris|svh
|normaalihinta|ovh|soovitushind|ieteicamā cena|rekomenduojama kaina|ppc cijena|preporučena maloprodajna cijena|redovna cijena|redna cena|priporočena cena|pmpc|السعر قبل الخصم|السعر القديم""",
    "map_price": """
map|map price|minimum advertised price|min advertised price|minimum selling price|minimum price|min price|prix minimum|mindestpreis|prezzo minimo|precio mínimo|preço mínimo|minimumprijs|cena minimalna|минимальная цена|мрц""",
    "currency": """
currency|currency code|currencyid|price currency|devise|monnaie|währung|waehrung|valuta|moneda|moeda|munteinheid|waluta|měna|mena|pénznem|devizanem|monedă|валюта|вал|νόμισμα|para birimi|العملة|valutta|valuutta|cur|curr|currency iso|price currency code
|deviza
|currency name|curr code|isocurrency|curcode|devises|currencycode|währungscode|valuta codice|código moneda|tipo moneda|валюта цены|валута|valūta|valiuta|vekst|money|العمله|عملة""",
    "vat_rate": """
vat|vat rate|tax rate|tax|vat percent|tva|taux tva|taux de tva|mwst|mwst satz|ust|steuersatz|iva|aliquota iva|aliquota|tipo iva|btw|btw tarief|vat stawka|stawka vat|dph|sazba dph|sadzba dph|áfa|áfakulcs|cota tva|ндс|ставка ндс|пдв|φπα|kdv|kdv oranı|moms
|momssats|alv|pdv|stopa pdv|ضريبة القيمة المضافة|gst|gst rate|tipo de iva|vat_percentage
|vat code rate|vat %|tax %|tax percentage|vat percentage|vat class|tva %|taux|mwst %|mehrwertsteuer|ust satz|umsatzsteuer|iva %|% iva|aliq iva|tasa iva|iva porcentaje|taxa iva|btw %|btw percentage
|btw tarief %|stawka|stawka vat %|dph %|sazba|sadzba|áfa %|tva produs|cota|ндс %|ставка|пдв %|ддс|фпа|kdv %|kdv orani|moms %|momssats %|mva|mva %|alv %|pvn|pvm|ddv|ddv %|pdv %|stopa ddv|الضريبة
|نسبة الضريبة|gst %|sales tax rate""",
    "price_quantity": """
price quantity|price unit quantity|price per quantity|price basis quantity|preiseinheit|preismenge|pe|prix pour|unité de prix|prijs per aantal""",
    "quantity": """
quantity|qty|stock|stock quantity|inventory|inventory quantity|variant inventory qty|inventory qty|stock level|stock qty|available quantity|quantity available|qty available|qty avail|qty on hand|on hand|onhand|units in stock|available stock|stock on hand|stockonhand|instock qty|balance
|total stock|quantity to sell on facebook|available qty|stock count|current stock|free stock|warehouse stock|quantité|qté|quantité en stock|stock disponible|qté stock|qté disponible|bestand|lagerbestand|lagerstand|menge|verfügbare menge|lagermenge|anzahl|stückzahl|quantità|giacenza
|qta|qtà|disponibilita|disponibilità|giacenze|esistenza|scorte|cantidad|existencias|cantidad en stock|unidades|quantidade|estoque|qtd|qtde|voorraad|aantal|hoeveelheid|voorraadniveau|ilość|stan magazynowy|stany|stan|liczba sztuk|dostępna ilość|množství|počet kusů|skladem ks|stav skladu
|množstvo|stav zásob|mennyiség|készlet|raktárkészlet|cantitate|stoc|количество|остаток|остатки|кол во|кол-во|количество на складе|в наличии шт|кількість|залишок|наявна кількість|ποσότητα|απόθεμα|διαθέσιμη ποσότητα|miktar|stok|adet|stok adedi|stok miktarı|الكمية|المخزون|الكمية المتوفرة
|antal|lagerantal|beholdning|lagersaldo|lager|lagerstatus antal|saldo|määrä|varastosaldo|varasto|količina|zaliha|stanje|stock quantity total|quantity in stock|availablequantity|inventory level|qnty|qte|qty 2021|stocks|available units|stockquantity|inventoryquantity|amount in stock|stock available|current stock level
|fulfillment quantity|current inventory|остаток на складе|stock value
|stock qty available|stock qnty|qoh|soh|atp|avl qty|avail qty|availability qty|in stock qty|instock quantity|qty stock|qty in stock|onhand qty|on hand qty|physical stock|stock physical|stock actual
|sellable qty|saleable qty|stock units|units|units available|available to sell|available to promise|total available|total qty|total quantity|inventory available|inventory count|inventory on hand
|inventory stock|inventory level qty|total inventory|variant inventory quantity|wh stock|stock balance|closing stock|stock quantity available|nb en stock|nbre en stock|stock actuel
|stock dispo|stock réel|stock physique|stock théorique|qté dispo|quantité disponible|stock fournisseur|bestand verfügbar|verfügbarer bestand|verfügbar stück|lager bestand|freier bestand|aktueller bestand
|bestand stück|lagermenge verfügbar|stk|menge auf lager|quantità disponibile|qta disponibile|qta disp|disp|giacenza disponibile|stock disponibile|pezzi disponibili|pezzi|quantità in stock|existencia
|existencias disponibles|cantidad disponible|cant|unidades disponibles|stock total|stock almacen|disponibles|quantidade em estoque|quantidade disponível|estoque atual|saldo estoque|stock atual
|voorraad aantal|vrije voorraad|beschikbare voorraad|stock aantal|op voorraad aantal|ilość dostępna|ilość sztuk|ilość na stanie|stan mag|stan dostępny|stan ilościowy|sztuk|szt|dostępne sztuki|počet ks
|počet kusů skladem|sklad|skladem kusů|ks skladem|množství skladem|zásoba|zásoby|stav|stav na skladě|dostupné množství|počet kusov|počet kusov na sklade|sklad ks|stav skladu ks|darab|darabszám
|készlet db|szabad készlet|raktárkészlet db|raktáron db|elérhető készlet|cantitate disponibila|cantitate stoc|stoc disponibil|stoc curent|stoc furnizor|buc|bucati|остаток шт|свободный остаток
|остаток товара|доступно|количество шт|доступное количество|наличие шт|кол во в наличии|кол во на складе|количество товара|количество в наличии|складской остаток|склад|остатки на складе
|кількість на складі|вільний залишок|залишки|к сть|кількість шт|наличност|налично количество|бройки|брой|склад наличност|διαθεσιμα|τεμαχια|υπολοιπο|ποσοτητα αποθεματος|stok mik|mevcut stok|kalan stok
|depo miktarı|stok adeti|stokadedi|lagerbeholdning|lager antal|antal på lager|lagertal|på lager stk|disponibelt antal|disponibelt lager|lagersaldo antal|tillgängligt antal|i lager antal|lagersaldo st
|lagerbeholdning stk|tilgjengelig antall|antall|antall på lager|beholdning antall|varastossa kpl|saldo kpl|vapaa saldo|varastomäärä|laoseis|kogus|kogus laos|daudzums|atlikums|krājumi|kiekis|likutis
|zaloga|količina na zalogi|zaliha količina|raspoloživa količina|stanje zaliha|lager stanje|الكميه|الكمية المتاحة|الرصيد|رصيد المخزون|العدد|عدد
|skladem|na sklade|na skladě|raktáron|op voorraad|auf lager|am lager|verfügbar|en stock|disponible|disponibile|in stock|på lager|i lager|varastossa|в наличии|в наявності|stokta|in stoc|în stoc|na stanie|na zalogi|na zalihi|διαθεσιμο""",
    "availability": """
availability|stock status|stock availability|available|in stock|instock|is in stock|availability status|avail|stock state|inventory status|stockstatus|availability text|disponibilité|dispo|disponible|statut stock|état du stock|verfügbarkeit|lieferstatus|lagerstatus|disponibilità|stato disponibilità
|disponibilidad|disponibilidade|disponível|beschikbaarheid|leverbaar|voorraadstatus|dostępność|dostupnost|dostupnosť|elérhetőség|készletinfó|disponibilitate|наличие|доступность|статус наличия|в наличии|наявність|доступність|διαθεσιμότητα|stok durumu|bulunabilirlik|مدى التوفر|التوفر|حالة التوفر|حالة المخزون
|tilgængelighed|tillgänglighet|saatavuus|raspoloživost|inventory policy status|text when in stock|google availability|isavailable|stock status text|in stock yes no|availablity|availibility|sellable online
|stock text|stock info|stock message|stock indicator|stock flag|stock code status|availability text en|item availability|product availability|in stock status|stock yes no|instockstatus|isinstock
|onstock|disponibilité stock|dispo stock|disponibilité produit|état stock|en stock|lieferbarkeit|lieferbar|lager status|verfügbar|lagerampel|ampel|bestandsstatus|stato stock|stato magazzino|disponibile
|disponibilità prodotto|estado stock|estado de stock|estado inventario|disponible en stock|em estoque|status estoque|op voorraad|voorraad status|beschikbaar|leverbaarheid|dostępny|status dostępności
|stan dostępności|dostupnost skladu|skladem|stav dostupnosti|skladová dostupnost|dostupnosť skladu|na sklade|skladovosť|raktárinfo|készlet státusz|raktáron|szállíthatóság|stare stoc|in stoc|status stoc
|наличие на складе|есть в наличии|наличие товара|наявність на складі|статус наявності|статус наличност|наличност статус|διαθεσιμοτητα προιοντος|stok durum|stokta|stokta var mı
|lagerstatus tekst|på lager|tilgjengelighet|i lager|lagerinfo|varastotilanne|saatavuustieto|saadavus|pieejamība|prieinamumas|dobavljivost|razpoložljivost|zaloga status|dostupnost zalihe|التوافر|متوفر
|متاح""",
    "lead_days": """
lead time|leadtime|lead time days|delivery time|delivery date|handling time|shipping time|delivery days|dispatch time|delivery|leadtime to ship|fulfillment latency|lead time to ship|max handling time|estimated delivery|délai|délai de livraison|délai livraison|délai d expédition
|lieferzeit|lieferfrist|lieferzeit tage|tempi di consegna|tempo di consegna|consegna|plazo de entrega|tiempo de entrega|entrega|prazo de entrega|levertijd|czas dostawy|czas realizacji|termin dostawy|dodací doba|doba dodání|dodacia lehota|szállítási idő|szállítási határidő|timp de livrare
|termen de livrare|срок доставки|срок поставки|термін доставки|χρόνος παράδοσης|teslim süresi|kargo süresi|وقت التوصيل|leveringstid|leveranstid|toimitusaika|rok isporuke|delivery lead time|delivery period
|lead time weeks|lead days|days to ship|ship days|ships in|shipping days|dispatch days|delivery time days|processing time|handling days|fulfillment time|fulfilment time|production time|delai livraison
|délai expédition|délai d approvisionnement|delai appro|lieferzeit in tagen|lieferzeit werktage|wiederbeschaffungszeit|tempi consegna|giorni consegna|consegna gg|lead time gg|plazo entrega|plazo
|dias de entrega|días de entrega|prazo|levertijd dagen|levertermijn|czas wysyłki|termin realizacji|czas wysyłki dni|doba doručení|dodací lhůta|expedice|doba dodania|doručenie|kiszállítás
|szállítási idő nap|beszerzési idő|termen livrare zile|livrare|срок|срок поставки дней|срок доставки дней|срок отгрузки|термін поставки|срок на доставка|време за доставка|χρονος παραδοσης ημερες
|teslimat süresi|tedarik süresi|termin süresi|leveringstid dage|leverans|ledtid|leveringstid dager|toimitusaika pv|tarneaeg|piegādes laiks|pristatymo terminas|dobavni rok|rok dobave|rok isporuke dana
|مدة التوصيل|مدة التوريد""",
    "weight": """
weight|item weight|product weight|shipping weight|gross weight|net weight|variant grams|weight kg|weight g|weight grams|package weight|poids|poids brut|poids net|poids kg|gewicht|bruttogewicht|nettogewicht|versandgewicht|peso|peso lordo|peso kg|peso bruto|brutogewicht|waga
|waga kg|hmotnost|hmotnosť|váha|súly|tömeg|greutate|вес|вес кг|вес г|масса|вага|βάρος|ağırlık|الوزن|vægt|vikt|paino|težina|masa|product weight g|weight lbs|weight lb|weight_in_kg|desi|variant weight
|wt|weight oz|weight gr|weight gram|weight in kg|weight in g|item weight kg|unit weight|net weight kg|gross weight kg|masse|masse kg|poids g|poids unitaire|gewicht kg|gewicht g|gewicht in kg
|artikelgewicht|peso netto|peso g|peso articolo|peso neto|peso líquido|nettogewicht kg|waga netto|waga brutto|waga g|hmotnost kg|hmotnost g|hmotnosť kg|súly kg|súly g|tömeg kg|greutate kg|вес брутто
|вес нетто|вес товара|масса кг|масса г|вага кг|вага г|тегло|тегло кг|βαρος kg|ağırlık kg|nettovægt|bruttovægt|vægt kg|vekt|bruttovikt|nettovikt|vikt kg|paino kg|kaal|svars|svoris|masa kg|teža|teža kg
|الوزن كجم|وزن""",
    "weight_unit": """
weight unit|variant weight unit|weight unit of measure|shipping weight unit|unité de poids|gewichtseinheit|unità di peso|unidad de peso|item weight unit of measure|weight uom""",
    "color": """
color|colour|colors|couleur|farbe|colore|cor|kleur|kolor|barva|farba|szín|culoare|цвет|колір|χρώμα|renk|اللون|farve|färg|väri|boja|color name|product color|kolory
|base colour|basecolour|base color|colour name|couleurs|farben|kolor produktu|boja proizvoda|цвят|barva izdelka""",
    "size": """
size|sizes|size code|size name|taille|größe|groesse|taglia|misura|talla|tamaño|tamanho|maat|rozmiar|velikost|veľkosť|méret|mărime|размер|розмір|μέγεθος|beden|المقاس|الحجم|størrelse|storlek|koko|veličina|size name|pointure|numéro""",
    "material": """
material|matière|materiale|materiał|materiál|anyag|материал|матеріал|υλικό|malzeme|الخامة|composition|composición|composição|google shopping material|fabric""",
    "pattern": "pattern|motif|muster|motivo|patrón|patroon|wzór|vzor|minta|desen",
    "gender": "gender|genre|sexe|geschlecht|genere|género|gênero|geslacht|płeć|pohlaví|nem|пол|стать|φύλο|cinsiyet|الجنس|køn|kön|google shopping gender|pol",
    "age_group": "age group|agegroup|tranche d âge|altersgruppe|fascia di età|grupo de edad|faixa etária|leeftijdsgroep|grupa wiekowa|google shopping age group",
    "origin_country": """
country of origin|origin country|made in|country of manufacture|origin|coo|pays d origine|origine|pays de fabrication|herkunftsland|ursprungsland|paese di origine|paese d origine|país de origen|país de origem|land van herkomst|kraj pochodzenia|země původu|krajina pôvodu|származási ország
|țara de origine|страна происхождения|страна производства|страна производитель|страна|країна виробник|країна|країна походження|χώρα προέλευσης|menşei|üretim yeri|بلد المنشأ|oprindelsesland|alkuperämaa|zemlja podrijetla|country of origin code
|country origin|origincountry|origin code|country of manufacture code|made in country|pays|pays origine|ursprung|herkunft|origine merce|paese origine|pais|país|pais origen|pais de origen|origen
|país origem|origem|herkomst|oorsprong|kraj|kraj produkcji|země|země výroby|krajina|származás|gyártási ország|tara|tara de origine|страна происхождения товара|страна изготовитель|країна виробництва
|произход|страна на произход|χωρα|χωρα κατασκευης|ülke|menşe|ursprungsland kod|opprinnelsesland|tillverkningsland|päritolumaa|izcelsmes valsts|kilmės šalis|država porekla|zemlja porekla|država izvora
|بلد الصنع|المنشأ|بلد المنشا""",
    "hs_code": """
hs code|hscode|hs tariff code|tariff code|customs code|commodity code|taric|harmonized code|harmonized system code|hts|hts code|code sh|code douanier|nomenclature douanière|zolltarifnummer|taricnummer|codice doganale|codice taric|código arancelario|código ncm|ncm|hsn|hsn code|goederencode
|kod cn|kod celny|celní kód|vámtarifaszám|cod vamal|код тн вэд|тнвэд|уктзед|statistical number|customs tariff number|intrastat code|intrastat
|customs tariff|tariff|tariff number|tariff no|commodity|commodity no|hs|hs no|hscode 8|intrastat nr|zolltarif|zolltarifnr|warennummer|stat warennummer|codice intrastat|taric code
|nomenclatura combinata|nomenclature|sh code|partida arancelaria|arancel|kod taric|kod intrastat|celní sazebník|colný kód|vtsz|vtsz szám|cod nc|cod taric|код тнвэд|тн вэд|код укт зед|укт зед
|митнически код|gtip|gtip no|toldtarif|toldkode|varekode|statnr|statistiskt nummer|tulliluokka|tullinimike|tarifni broj|carinska tarifa|رمز النظام المنسق""",
    "manufacturer_name": """
gpsr manufacturer name|gpsr manufacturer|manufacturer contact name|producer name|nom du fabricant|herstellerangabe name|nome produttore gpsr|producent gpsr|manufacturer company|gpsr producent nazwa|legal manufacturer
|gpsr producer|gpsr manufacturer company|gpsr company name|nom fabricant|raison sociale fabricant|fabricant nom|fabricant gpsr|fabricant|manufacturer|manufacturer name|hersteller name|gpsr hersteller
|hersteller firma|hersteller firmenname|herstellername gpsr|hersteller|herstellername|produttore nome|nome produttore|nome del produttore|ragione sociale produttore|produttore|nombre fabricante
|nombre del fabricante|razón social fabricante|fabricante|nome do fabricante|nome fabricante|naam fabrikant|fabrikant naam|fabrikant|nazwa producenta gpsr|producent nazwa|nazwa producenta|producent
|výrobce název|jméno výrobce|název výrobce|výrobce|názov výrobcu|výrobca|gyártó neve|gyártó|numele producătorului|nume producator|producător|producator|наименование производителя|название производителя
|производитель|назва виробника|виробник|име на производителя|производител|ονομα κατασκευαστη|επωνυμια κατασκευαστη|κατασκευαστης|üretici adı|imalatçı|üretici firma|üretici|producentens navn
|producent navn|fabrikant navn|tillverkarens namn|tillverkare namn|tillverkare|produsentens navn|produsent|valmistajan nimi|valmistaja|tootja nimi|ražotāja nosaukums|gamintojo pavadinimas
|naziv proizvođača|proizvođač|naziv proizvajalca|proizvajalec|اسم الشركة المصنعة|maker""",
    "manufacturer_address": """
manufacturer address|gpsr manufacturer address|manufacturer contact address|producer address|adresse du fabricant|adresse fabricant|hersteller adresse|herstelleradresse|indirizzo produttore|dirección del fabricante|dirección fabricante|adres producenta|adres fabrikant|adresa výrobce|адрес производителя|manufacturer postal address
|gpsr address|gpsr manufacturer street|fabricant adresse|adresse postale du fabricant|adresse postale fabricant|gpsr hersteller adresse|hersteller anschrift|herstelleranschrift
|anschrift des herstellers|adresse des herstellers|produttore indirizzo|indirizzo del produttore|indirizzo fabbricante|fabricante dirección|fabricante direccion|direccion del fabricante
|direccion fabricante|morada do fabricante|endereço do fabricante|endereço fabricante|adres van de fabrikant|fabrikant adres|adres producenta gpsr|producent adres|výrobce adresa|adresa výrobcu
|výrobca adresa|gyártó címe|gyártó cím|adresa producătorului|adresa producator|адрес изготовителя|адреса виробника|адрес на производителя|διευθυνση κατασκευαστη|üretici adresi|imalatçı adresi
|producentens adresse|producent adresse|tillverkarens adress|tillverkare adress|produsentens adresse|valmistajan osoite|tootja aadress|ražotāja adrese|gamintojo adresas|adresa proizvođača
|naslov proizvajalca|عنوان الشركة المصنعة""",
    "manufacturer_email": """
manufacturer email|manufacturer e mail|gpsr manufacturer email|manufacturer contact email|manufacturer contact|email fabricant|email du fabricant|hersteller email|hersteller e mail|email produttore|email fabricante|email producenta|e mail fabrikant|manufacturer electronic address|manufacturer url
|gpsr email|gpsr contact email|e mail fabricant|e mail du fabricant|adresse e mail du fabricant|courriel du fabricant|courriel fabricant|mail fabricant|fabricant email|fabricant e mail
|contact fabricant|gpsr hersteller email|e mail des herstellers|e mail hersteller|herstelleremail|hersteller mail|hersteller kontakt|produttore email|email del produttore|e mail produttore
|e mail del produttore|pec produttore|fabricante email|correo fabricante|correo del fabricante|correo electrónico del fabricante|email del fabricante|e mail del fabricante|email do fabricante
|e mail do fabricante|e mail van de fabrikant|email fabrikant|fabrikant email|fabrikant e mail|e mail producenta|adres e mail producenta|producent email|producent e mail|e mail výrobce|email výrobce
|výrobce email|výrobce e mail|e mail výrobcu|email výrobcu|gyártó e mail|gyártó email|gyártó e mail címe|e mail producător|email producator|email producătorului|e mail производителя|email производителя
|электронная почта производителя|почта производителя|e mail виробника|email виробника|електронна пошта виробника|имейл на производителя|email κατασκευαστη|e mail κατασκευαστη|üretici e posta
|üretici eposta|üretici mail|imalatçı e posta|producentens e mail|tillverkarens e post|tillverkare e post|tillverkarens mejl|produsentens e post|valmistajan sähköposti|tootja e post|ražotāja e pasts
|gamintojo el paštas|e mail proizvođača|email proizvođača|e naslov proizvajalca|e pošta proizvajalca|بريد الشركة المصنعة""",
    "responsible_name": """
responsible person|responsible person name|eu responsible person|eu responsible person name|gpsr responsible person|gpsr responsible person name|authorised representative|eu representative|personne responsable|nom personne responsable|verantwortliche person|verantwortliche person name|eu verantwortlicher
|persona responsabile|responsabile ue|persona responsable|verantwoordelijke persoon|osoba odpowiedzialna|podmiot odpowiedzialny|odpovědná osoba|ответственное лицо|responsible party
|rp name|eu rp|eu rep|eu rp name|ec rep|importer|eu importer|importer name|personne responsable ue|personne responsable nom|nom de la personne responsable|mandataire|importateur
|verantwortliche person eu|name der verantwortlichen person|eu bevollmächtigter|bevollmächtigter|importeur|inverkehrbringer|persona responsabile ue|nome persona responsabile
|nome della persona responsabile|importatore|persona responsable ue|nombre persona responsable|nombre de la persona responsable|importador|pessoa responsável|pessoa responsável ue
|nome da pessoa responsável|verantwoordelijke persoon eu|naam verantwoordelijke persoon|osoba odpowiedzialna ue|nazwa osoby odpowiedzialnej|podmiot odpowiedzialny nazwa|importer ue|odpovědná osoba eu
|jméno odpovědné osoby|dovozce|zodpovedná osoba|dovozca|felelős személy|eu felelős személy|importőr|persoana responsabila|persoana responsabilă|importator|ответственное лицо ес|импортер
|відповідальна особа|імпортер|отговорно лице|вносител|υπευθυνο προσωπο|εισαγωγεας|sorumlu kişi|ab yetkili temsilcisi|ithalatçı|ansvarlig person|importør|ansvarig person|importör|vastuuhenkilö
|maahantuoja|vastutav isik|atbildīgā persona|atsakingas asmuo|odgovorna osoba|uvoznik|odgovorna oseba|الشخص المسؤول""",
    "responsible_address": """
responsible person address|eu responsible person address|gpsr responsible person address|adresse personne responsable|verantwortliche person adresse|indirizzo persona responsabile|dirección persona responsable|adres osoby odpowiedzialnej
|rp address|eu rp address|eu rep address|importer address|adresse de la personne responsable|personne responsable adresse|adresse importateur|adresse verantwortliche person
|adresse der verantwortlichen person|anschrift verantwortliche person|importeur adresse|indirizzo della persona responsabile|indirizzo importatore|dirección de la persona responsable
|direccion persona responsable|dirección importador|morada pessoa responsável|endereço pessoa responsável|adres verantwoordelijke persoon|importeur adres|osoba odpowiedzialna adres
|adres podmiotu odpowiedzialnego|adres importera|adresa odpovědné osoby|adresa dovozce|adresa zodpovednej osoby|felelős személy címe|adresa persoanei responsabile|адрес ответственного лица
|адрес импортера|адреса відповідальної особи|sorumlu kişi adresi|ansvarlig person adresse|ansvarig person adress|vastuuhenkilön osoite|adresa odgovorne osobe|naslov odgovorne osebe""",
    "responsible_email": """
responsible person email|eu responsible person email|gpsr responsible person email|email personne responsable|verantwortliche person email|email persona responsabile|email persona responsable|email osoby odpowiedzialnej|responsible person contact
|rp email|eu rp email|eu rep email|importer email|e mail de la personne responsable|email de la personne responsable|e mail personne responsable|personne responsable email|personne responsable e mail
|courriel personne responsable|e mail verantwortliche person|e mail der verantwortlichen person|verantwortliche person e mail|importeur email|email della persona responsabile
|e mail persona responsabile|correo persona responsable|correo de la persona responsable|e mail persona responsable|email pessoa responsável|e mail pessoa responsável|e mail verantwoordelijke persoon
|email verantwoordelijke persoon|osoba odpowiedzialna email|e mail osoby odpowiedzialnej|osoba odpowiedzialna e mail|e mail odpovědné osoby|email odpovědné osoby|e mail zodpovednej osoby
|felelős személy e mail|email persoana responsabila|e mail ответственного лица|e mail відповідальної особи|sorumlu kişi e posta|ansvarlig person e mail|ansvarig person e post|vastuuhenkilön sähköposti
|e mail odgovorne osobe|e naslov odgovorne osebe""",
    "warnings": """
warnings|warning|safety warnings|safety information|safety instructions|gpsr warnings|gpsr safety information|avertissements|consignes de sécurité|informations de sécurité|warnhinweise|sicherheitshinweise|avvertenze|informazioni sulla sicurezza|advertencias|información de seguridad|avisos|waarschuwingen
|veiligheidsinformatie|ostrzeżenia|informacje o bezpieczeństwie|upozornění|bezpečnostní upozornění|предупреждения|hazard statements|product safety""",
    "min_quantity": """
minimum order quantity|min order quantity|moq|min quantity|minimum quantity|min order qty|minimal quantity|minimum qty|min qty|quantity minimum|quantité minimum|quantité minimale|qté minimum|mindestbestellmenge|mindestmenge|quantità minima|minimo ordine|cantidad mínima|pedido mínimo|quantidade mínima
|minimum bestelhoeveelheid|minimale afname|minimalna ilość|minimum logistyczne|minimální množství|minimálne množstvo|cantitate minimă|минимальный заказ|мин заказ|мінімальне замовлення|ελάχιστη ποσότητα|minimum sipariş|الحد الأدنى للطلب|quantity min|min cart qty|min sale qty
|min order|minorderqty|minimum order|min purchase|min purchase quantity|minimum qty per order|minimum sale quantity|min qty order|qty min|qté min|quantité min|quantité minimale de commande
|minimum de commande|mindestabnahme|mindestabnahmemenge|mbm|min bestellmenge|lotto minimo|quantità minima ordine|min ordine|minimo pedido|cantidad minima|mínimo compra|pedido minimo|qtd mínima
|minimum afname|min bestelhoeveelheid|bestelhoeveelheid min|min zamówienie|minimalne zamówienie|min ilość|min odběr|minimální odběr|minimální objednávka|min odber|minimális rendelés
|min rendelési mennyiség|comanda minima|cantitate minima comanda|мин партия|минимальная партия|минимальное количество|мін партія|минимална поръчка|min siparis|min sipariş adedi|asgari sipariş
|min bestilling|minimumsbestilling|minsta orderkvantitet|min order st|minimitilaus|min kogus|min daudzums|min kiekis|minimalna količina|min naročilo|أقل كمية""",
    "pack_quantity": """
pack quantity|pack qty|qty box|qty carton|qty ctn|qty pack|qty per box|pack size|units per pack|package quantity|case pack|case quantity|case qty|carton quantity|carton qty|per carton|inner pack|qty per pack|multiple|order multiple|order interval|quantity interval|qty interval|units per case|no per crtn|conditionnement|colisage|unité de vente|uvc|multiple de vente
|verpackungseinheit|vpe|ve|packungsgröße|confezione|pezzi per confezione|multipli|unidades por caja|unidades por paquete|empaque|unidades por embalagem|verpakkingseenheid|stuks per verpakking|ilość w opakowaniu|szt w opakowaniu|opakowanie zbiorcze|balení|ks v balení|kiszerelés|bucăți pe pachet|в упаковке
|кратность|количество в упаковке|кратність|paket içi adet|number of items|item package quantity|packing|packaging quantity|quantity interval order|qty_increments|uom count
|case|case size|units in case|units per box|box qty|box quantity|pcs per box|pcs per carton|pieces per pack|pieces per carton|pack|pack of|packsize|inner qty|outer qty|master carton|carton|carton size
|multiples|sales multiple|order in multiples of|pcb|spcb|uvc pcb|colis|nb par colis|nombre par carton|qté par carton|cdt|cond|gebinde|gebindegröße|vpe menge|inhalt ve|stück pro karton|kartoninhalt
|pz conf|pz confezione|pezzi x confezione|conf|imballo|pz cartone|uds caja|unidades caja|caja|uds por caja|unid embalaje|embalaje|multiplo|múltiplo|embalagem|cx c|aantal per doos|verpakking|inhoud doos
|omdoos|ilość w kartonie|szt w kartonie|opakowanie|pakowanie|szt opak|balenie|ks v kartonu|ks v kartóne|karton ks|csomagolás|db karton|csomagolási egység|buc bax|bax|buc cutie|ambalare|упаковка
|в упаковке шт|шт в упаковке|норма упаковки|в коробе|кол во в упаковке|в коробке|в ящике|шт в ящику|в упаковці|опаковка|бр в опаковка|συσκευασια|τεμ συσκ|koli içi adet|koli adedi|paket adedi
|antal pr kolli|kolli|kolli antal|stk pr pakke|förpackning|antal per förpackning|förp|antall pr pakke|pakkauskoko|kpl pkt|pakend|iepakojumā|pakuotė|pakiranje|kom u pakiranju|kos v pakiranju|التعبئة
|عدد في الكرتون""",
    "parts": """
parts for group items|parts for group|parts list|set parts|parts of set|kit parts|bundle parts|bundle items|bundle skus|bundle components|bundle contents|kit components|kit contents|set components|set contents|set items|component skus|components|component sku
|included skus|child skus|composition du lot|composition du pack|composition du kit|contenu du lot|contenu du pack|composants|composants du kit|articles du lot|références du lot|nomenclature du lot|stückliste|set bestandteile|set artikel|setartikel|set inhalt|bestandteile|set komponenten|bündel artikel
|componenti|componenti kit|componenti set|contenuto set|articoli del set|composizione kit|componentes|componentes del kit|componentes del pack|contenido del pack|artículos del set|componentes do kit|itens do kit|onderdelen set|set onderdelen|set artikelen|componenten|samengesteld uit|składniki zestawu|zawartość zestawu|skład zestawu
|elementy zestawu|produkty w zestawie|položky sady|obsah sady|složení sady|obsah setu|zloženie sady|komponenty|szett tartalma|csomag tartalma|componente set|componente pachet|continut set|состав комплекта|состав набора|комплектующие|состав комплекта артикулы|склад комплекту|склад набору
|състав на комплекта|περιεχομενα σετ|set içeriği|takım içeriği|sæt indhold|sættets dele|ingår i set|set innehåll|settets deler|setin osat|setin sisältö|dijelovi seta|sastav seta|deli kompleta|مكونات الطقم|مكونات المجموعة|group items|associated skus|bundle values skus""",
    "excluded": """
exclude|excluded|no dropship|nodrop|no drop|not dropshippable|exclude from feed|do not sell|no dropshipping|blocked|hide|hidden|exclure|exclu|ne pas vendre|ausschließen|gesperrt|nicht dropship|escludi|escluso|excluir|excluido|uitsluiten|wyklucz|vyloučit|исключить|excluded destination dropship
|no drop shipping|dropship excluded|exclude dropship|dropshipping excluded|not for dropship|not for sale|do not list|exclu dropshipping|dropshipping exclu|exclure du flux|dropshipping ausgeschlossen
|escluso dropshipping|excluido dropshipping|excluído|niet dropshippen|wykluczony|wykluczone|vyloučeno|vylúčené|kizárva|exclus|исключен|исключено|изключен|hariç|udelukket|ekskluderet|utesluten
|exkluderad|suljettu pois|isključeno|izključeno""",
    "source_time": """
last updated|updated at|lastupdated|last update|modified|last modified|date modified|updated|stock date|stock updated at|timestamp|date de mise à jour|mis à jour le|maj|aktualisiert am|letzte aktualisierung|aggiornato il|data aggiornamento|fecha actualización|actualizado|atualizado em|bijgewerkt op
|data aktualizacji|poslední aktualizace|дата обновления|оновлено|last stock update|inventory updated at|datetime stock|inventory date
|stock updated|last stock date|updated date|update date|updated on|last change|lastmodified|modified at|date updated|datetime|last synced|date maj|date de maj|dernière mise à jour|stand vom
|änderungsdatum|geändert am|letzte änderung|data ultimo aggiornamento|ultima modifica|última actualización|fecha de actualización|ultima actualizacion|data de atualização|laatst bijgewerkt
|laatste wijziging|ostatnia aktualizacja|data modyfikacji|datum aktualizace|dátum aktualizácie|utolsó módosítás|frissítve|actualizat la|data actualizarii|дата изменения|дата остатков|дата оновлення
|последна промяна|güncelleme tarihi|son güncelleme|opdateret|sidst opdateret|uppdaterad|senast uppdaterad|oppdatert|päivitetty|uuendatud|ažurirano|posodobljeno|آخر تحديث""",
}  # fmt: skip

_NEVER: str = """
shipping|shipping price|tax class|tax class id|tax rules id|vat type|tax type|stock status id|date available|date added|tax class name|meta title|meta description|meta keywords|seo title|seo description|url key|tags|rating|ratings|no of ratings|published|status|visibility|image alt text|image position|variant taxable|variant requires shipping
|option1 linked to|created at|position|attribute set code|product websites|gift card|variant inventory tracker|variant inventory policy|variant fulfillment service|discount|discount amount|discount percent|reviews|review|review count|year|mileage|price sign|unit|uom
|photos qty|product photos qty|photo count|image count|on sale|stock managed|price history|featured|warehouse|serial"""


@cache
def ranked() -> dict[str, list[tuple[str, int]]]:
    """Folded name → the fields it may mean with its rank in each (0 is the most telling)."""
    table: dict[str, list[tuple[str, int]]] = {}
    for names_of in (_NAMES, EASTERN):
        for field, names in names_of.items():
            for rank, name in enumerate(dict.fromkeys(map(fold, names.replace("\n", "").split("|")))):
                if name and all(field != known for known, _ in table.get(name, ())):
                    table.setdefault(name, []).append((field, rank))
    return table


@cache
def squashed() -> dict[str, str]:
    """Names without their spaces → the name: `DEALERPRICE`, `itemno`. Short ones would be too easily mistaken."""
    return {name.replace(" ", ""): name for name in reversed(list(ranked())) if " " in name and len(name) > 6}


@cache
def never() -> frozenset[str]:
    """Folded names of columns that look like ours and are not."""
    return frozenset(fold(name) for name in (_NEVER + "|" + EASTERN_NEVER).replace("\n", "").split("|"))


def is_known(name: str) -> bool:
    """Whether a folded name is in the tables: how a header row is told from data."""
    return name in ranked() or name in never() or name in squashed()
