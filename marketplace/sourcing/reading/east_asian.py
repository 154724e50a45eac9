"""Chinese, Japanese and Korean encodings, told apart by the characters that texts in these languages are mostly made of.

The same bytes are sound in several of them: Korean syllables read as rare Chinese characters, Japanese kana as others. Sound
decoding says little, so each is scored by how much of what it gives is common in its language.
"""

from __future__ import annotations

_HANZI = """
的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动
两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五
太水万市眼体别处总才场师书比住员九通目华报立马命张活难神数件安表原车白应路期叫提感金何更反合放做系计或利受光王果亲界京务制解各任至清物台象记边共风干接它特直服毛林题建南度统色字请爱让认算六功指青管
夫连远资队跟带花快条院变联言权往展该领传近留红保达办运半七必城父强步完革深区即求品转量空技轻程告江语英基派满式李息写令黄德收脸钱未持取设始版双历史商片容研像找友站广改形委早房音火单据影网香斯专石若
兵究包组造落视离坏尔价格库存编号码规型图颜尺寸描述类属件套盒装袋瓶杯壶束桶材质棉皮纸铁铜铝钢塑料玻璃陶瓷木竹布丝麻绒克千米厘毫升斤公斤箱只支台把根片张双对条款季春夏秋冬男童婴儿宝衣裤裙鞋帽包玩具厨卫浴床
灯桌椅柜沙发机器电池线充适配智能手表耳笔本文具办公食饮茶咖啡酒油盐糖米粉肉鱼蛋奶菜果饼店供应批零售货架标签促销活动优惠折扣默认上下架现预定厂牌产地省市县进口国产环保防滑抗菌透明加厚便携户外运动健身
"""
_TRADITIONAL = """
的一是不了人我在有他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知
民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體
別處總才場師書比住員九通目華報立馬命張活難神數件安表原車白應路期叫提感金何更反合放做系計或利受光王果親界京務制解各任至清物台象記邊共風幹接它特直服毛林題建南度統色字請愛讓認算六功指青管連遠資隊跟帶花快
條院變聯言權往展該領傳近留紅保達辦運半七必城父強步完革深區即求品轉量空技輕程告江語英基派滿式李息寫令黃德收臉錢未持取設始版雙歷史商片容研像找友站廣改形委早房音火單據影網香斯專石若兵究包組造落視離壞爾價
格庫存編號碼規型圖顏尺寸描述類屬套盒裝袋瓶杯壺束桶材質棉皮紙鐵銅鋁鋼塑料玻璃陶瓷木竹布絲麻絨克千米厘毫升斤箱隻支根張款季春夏秋冬男童嬰兒寶衣褲裙鞋帽玩具廚衛浴床燈桌椅櫃沙發器池線充適配智能手錶耳筆食
飲茶咖啡酒油鹽糖粉肉魚蛋奶菜餅店供應批零售貨架標籤促銷優惠折扣廠牌地省縣進口環保防滑透明加厚戶外運動健身台灣
"""
_KANJI = """
日一人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理
体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒
花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢商品番号価格在庫数量税込抜送料無料説明画像型式番名称種類分類箱枚個組袋本缶瓶径幅奥高厚重量素材製造原産国販売定価単位仕様対応専用交換部
付属予約取寄即納当店通常希望小売卸値掛率入荷未定欠完了廃盤化粧綿麻絹革銅鉄鋼樹脂布皮毛糸陶磁器硝子掛置台所浴室寝具収納照明家電雑貨文具玩具衣料靴鞄帽子
"""
_HANGUL = """
이가는다을를의에은도로고스리기지사하자어아인수한시그대정보제상전나라서일해들장있만주여구부과성공원비마동안드것없선조미소치트면유물위우모오무게신경생용와화내진방니분세개실단연품관명국금가격재고량수량상품코드번호
이름브랜드판매공급옵션색상사이즈소비자할인배송무료상세설명카테고리이미지바코드제조원산지중국국산세트케이스블랙화이트레드그레이베이지네이비핑크블루그린면티셔츠바지원피스자켓가방신발모자양말주방욕실침구조명완구문
구식품음료커피과자화장크림로션샴푸비누강아지고양이캠핑운동헬스자동차용품충전기케이블이어폰거치대텀블러머그컵접시냄비프라이팬수건매트쿠션베개이불커튼텐스인레강력방수미니대형소형휴대초경량국내정품특가단종품절임예약
"""
_COMMON: dict[str, frozenset[str]] = {
    name: frozenset("".join(text.split()))
    for name, text in (("gb18030", _HANZI), ("big5", _TRADITIONAL), ("cp949", _HANGUL), ("kanji", _KANJI))
}
_ENCODINGS = ("gb18030", "cp932", "euc_jp", "cp949", "big5")
_MAY_BE_BROKEN = 0.01
"""Of its characters: exports cut texts at a number of bytes, in the middle of one."""


def guess_asian(sample: bytes) -> tuple[float, str] | None:
    """(how sure from 0 to 1, the encoding) that suits these lines best; None when none is likely."""
    scored = [(_score(sample, name), name) for name in _ENCODINGS]
    best, name = max(scored)
    return (best, name) if best > 0.3 else None


def _score(sample: bytes, name: str) -> float:
    text = sample.decode(name, errors="replace")
    foreign = [c for c in text if c > "\x7f"]
    if len(foreign) < 2 or foreign.count("\ufffd") > max(2, len(foreign) * _MAY_BE_BROKEN):
        return 0.0
    return max(sum(map(_WORTH[name], foreign)) / len(foreign), 0.0)


_HAN, _SYLLABLES = ("\u4e00", "\u9fff"), ("\uac00", "\ud7a3")


def _punctuation(c: str) -> bool:
    return "\u3000" <= c <= "\u301f" or "\uff00" <= c <= "\uff5e" or "\u2010" <= c <= "\u2044" or c in "·×°℃①②③④⑤●○◎■□★☆※→㎡㎝㎜㎏"  # fmt: skip


def _kana(c: str) -> bool:
    return "\u3041" <= c <= "\u30fe"


def _worth(c: str, common: str, script: tuple[str, str], rare: float) -> float:
    """Of a character in a language: common there, rare but of its script, a sign of the whole region, or foreign."""
    if c in _COMMON[common]:
        return 1.0
    return rare if script[0] <= c <= script[1] else 0.5 if _punctuation(c) else -0.5


def _chinese(c: str) -> float:
    return -0.3 if _kana(c) else _worth(c, "gb18030", _HAN, 0.35)


def _traditional(c: str) -> float:
    return _worth(c, "big5", _HAN, 0.35)


def _japanese(c: str) -> float:
    if _kana(c):
        return 1.0
    if "\uff61" <= c <= "\uff9f":  # half-width kana: what single bytes of others read as
        return -0.2
    return _worth(c, "kanji", _HAN, 0.3)


def _korean(c: str) -> float:
    return _worth(c, "cp949", _SYLLABLES, 0.4)


_WORTH = {
    "gb18030": _chinese,
    "cp932": _japanese,
    "euc_jp": _japanese,
    "cp949": _korean,
    "big5": _traditional,
}
