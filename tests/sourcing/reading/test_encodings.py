"""Which bytes mean which letters: told from the text, in every script the trade writes its lists in."""

from pathlib import Path

import pytest

from marketplace.sourcing.reading.encoding import guess
from tests.sourcing.support import checked, written

CHINESE = "商品编码,商品名称,售价,库存\nA1,玫瑰花束,19,3\nA2,不锈钢保温杯 500毫升,29,0\n"
TEXTS = [
    ("gb18030", CHINESE),
    ("gb18030", "sku,title,price\n1,水杯,3\n2,杯子,4\n"),
    ("big5", "商品編號,商品名稱,售價\nA1,不鏽鋼保溫瓶,390\nA2,兒童雨傘,290\n"),
    ("cp932", "商品コード,商品名,売価\nP1,木工用オレンジオイル,500\nP2,カードバリアー,230\n"),
    ("cp932", "sku,name,price\n1,日本製 陶磁器 茶碗,900\n2,木製椅子,12000\n"),
    ("euc_jp", "商品コード,商品名,売価\nP1,木工用オレンジオイル,500\nP2,カードバリアー,230\n"),
    ("cp949", "상품코드,상품명,판매가\nK1,스테인리스 텀블러,19900\nK2,면 수건 세트,15900\n"),
    ("cp949", "sku,name,price\n1,가죽 지갑,19900\n2,양말,900\n"),
    ("cp1251", "Артикул;Наименование;Цена\n1;Диван угловой;1200\n2;Стол письменный;500\n"),
    ("koi8-r", "Артикул;Наименование;Цена\n1;Диван угловой;1200\n2;Стол письменный;500\n"),
    ("utf-16-le", "Артикул;Наименование;Цена\n1;Диван угловой;1200\n2;Стол письменный;500\n"),
    ("cp1253", "Κωδικός;Περιγραφή;Τιμή\n1;Ποτήρι γυάλινο;4,50\n2;Πιάτο λευκό;3\n"),
    ("cp1254", "Stok Kodu;Ürün Adı;Fiyat\n1;Çelik termos;12\n2;İğne oyası örtü;5\n"),
    ("cp1255", 'מק"ט,שם המוצר,מחיר\nH1,כוס זכוכית,29\nH2,צלחת,19\n'),
    ("cp1256", "رمز المنتج,اسم المنتج,السعر\nA1,كوب زجاجي,12\nA2,صحن أبيض,3\n"),
    ("cp1250", "Cikkszám;Megnevezés;Ár\n1;Bögre fehér Őri;12\n2;Tükör kék;5\n"),
    ("iso8859-2", "Indeks;Nazwa;Cena\n1;Żółty kubek;12\n2;Ćma nocna łódź;5\n"),
    ("cp1257", "Kodas;Pavadinimas;Kaina\n1;Žalias puodelis;12\n2;Kėdė, šaldytuvas;5\n"),
    ("cp1257", "Kods;Nosaukums;Cena\n1;Krūze zaļa;12\n2;Šķīvis ēdamistabai;5\n"),
    ("iso8859-7", "Κωδικός;Περιγραφή;Τιμή €\n1;Άσπρο πιάτο;4,50\n2;Ποτήρι;3\n"),
    ("iso8859-15", "Référence;Désignation;Prix TTC (€)\n1;Œuf décoré;12,00 €\n2;Cœur de bœuf;5\n"),
    ("cp1252", "Référence;Désignation;Prix TTC (€)\n1;œuf;12,00 €\n2;Tuyau 1½;5\n"),
    ("cp1252", "sku;name;price\n1;Mug;12 €\n2;Bowl;13 €\n"),
    ("cp1252", "Artikelnummer;Bezeichnung;Preis\n1;Büro-Stuhl Köln;129\n2;Regal Größe L;89\n"),
]


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_a_text_is_read_in_its_own_letters(encoding: str, text: str) -> None:
    raw = text.encode(encoding)
    assert raw.decode(guess(raw)) == text


def test_a_text_cut_in_the_middle_of_a_character_keeps_its_encoding() -> None:
    raw = (
        (CHINESE * 40)
        .encode("gb18030")
        .replace("保温杯".encode("gb18030"), "保温杯".encode("gb18030")[:-1], 1)
    )
    assert guess(raw) == "gb18030"


@pytest.mark.parametrize(
    ("encoding", "text", "title"),
    [
        ("gb18030", "商品编码,商品名称,采购价,销售价,库存数量,条形码,图片\nA1,玫瑰花束,12,39.90,3,6901234567892,https://i.example.cn/1.jpg\n", "玫瑰花束"),
        ("cp932", "商品コード,商品名,原価,売価,在庫数,JANコード,画像URL\nA1,木工用オレンジオイル,12,39.90,3,4901234567894,https://i.example.jp/1.jpg\n", "木工用オレンジオイル"),
        ("cp949", "상품코드,상품명,공급가,판매가,재고수량,바코드,이미지URL\nA1,스테인리스 텀블러,12,39.90,3,8801234567893,https://i.example.kr/1.jpg\n", "스테인리스 텀블러"),
        ("cp1255", 'מק"ט,שם המוצר,מחיר עלות,מחיר,מלאי,ברקוד,תמונה\nA1,כוס זכוכית,12,39.90,3,7290012345674,https://i.example.co.il/1.jpg\n', "כוס זכוכית"),
    ],
)  # fmt: skip
def test_lists_from_the_east_are_mapped_by_their_own_names(
    tmp_path: Path, encoding: str, text: str, title: str
) -> None:
    found = checked(written(tmp_path, text, encoding=encoding))
    [offer] = found["sample"]
    assert (offer["sku"], offer["title"], offer["quantity"]) == ("A1", title, 3)
    assert offer["price"]["amount_minor"] == 1200
    assert offer["msrp"]["amount_minor"] == 3990
    assert offer["images"]
    assert "gtin" in offer
