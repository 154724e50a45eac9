"""Countries of origin: codes and the common names → ISO 3166-1 alpha-2."""

from __future__ import annotations

from functools import lru_cache

from marketplace.sourcing.values.text import fold

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
_ALPHA2 = frozenset(_CODES.split())
_NAMES: dict[str, str] = {
    "CN": "china|chine|cina|kina|chiny|cina|čína|кнр|китай|chn|p r c|prc|κίνα|çin|kínai|kína|中国|الصين|made in china",
    "DE": "germany|allemagne|deutschland|germania|alemania|alemanha|duitsland|niemcy|německo|германия|німеччина|deu|ger|γερμανία|almanya|németország|ألمانيا",
    "FR": "france|frankreich|francia|frança|frankrijk|francja|francie|франция|франція|fra|γαλλία|fransa|فرنسا",
    "IT": "italy|italie|italien|italia|itália|włochy|itálie|италия|італія|ita|ιταλία|italya|إيطاليا",
    "ES": "spain|espagne|spanien|españa|spagna|espanha|spanje|hiszpania|španělsko|испания|іспанія|esp|ισπανία|ispanya|إسبانيا",
    "GB": "united kingdom|great britain|england|scotland|uk|royaume uni|grande bretagne|großbritannien|vereinigtes königreich|regno unito|reino unido|wielka brytania|великобритания|великобританія|gbr|المملكة المتحدة",
    "US": "united states|united states of america|usa|etats unis|états unis|vereinigte staaten|stati uniti|estados unidos|verenigde staten|сша|أمريكا|الولايات المتحدة",
    "TW": "taiwan|taïwan|tajwan|тайвань|twn|台湾", "JP": "japan|japon|giappone|japón|japonia|япония|японія|jpn|日本|اليابان",
    "KR": "south korea|korea|corée du sud|südkorea|corea del sud|corea del sur|республика корея|корея|kor|한국|كوريا",
    "IN": "india|inde|indien|índia|индия|індія|ind|الهند", "TR": "turkey|turquie|türkei|turchia|turquía|turcja|türkiye|турция|туреччина|tur|تركيا",
    "PL": "poland|pologne|polen|polonia|polska|polsko|польша|польща|pol", "CZ": "czech republic|czechia|tchéquie|tschechien|česko|česká republika|czechy|чехия|чехія|cze",
    "PT": "portugal|portogallo|portugalia|португалия|португалія|prt", "NL": "netherlands|holland|pays bas|niederlande|paesi bassi|países bajos|nederland|holandia|нидерланды|нідерланди|nld",
    "BE": "belgium|belgique|belgien|belgio|bélgica|belgië|belgia|бельгия|бельгія|bel", "AT": "austria|autriche|österreich|rakousko|австрия|австрія|aut",
    "CH": "switzerland|suisse|schweiz|svizzera|suiza|szwajcaria|швейцария|швейцарія|che", "SE": "sweden|suède|schweden|svezia|suecia|sverige|szwecja|швеция|швеція|swe",
    "DK": "denmark|danemark|dänemark|danimarca|dinamarca|danmark|dania|дания|данія|dnk", "NO": "norway|norvège|norwegen|norvegia|noruega|norge|norwegia|норвегия|норвегія|nor",
    "FI": "finland|finlande|finnland|finlandia|suomi|финляндия|фінляндія|fin", "VN": "vietnam|viet nam|viêt nam|вьетнам|вʼєтнам|vnm", "TH": "thailand|thaïlande|tailandia|таиланд|таїланд|tha",
    "ID": "indonesia|indonésie|indonesien|индонезия|індонезія|idn", "MY": "malaysia|malaisie|малайзия|mys", "BD": "bangladesh|бангладеш|bgd", "PK": "pakistan|пакистан|pak",
    "RO": "romania|roumanie|rumänien|românia|rumunia|румыния|румунія|rou", "HU": "hungary|hongrie|ungarn|ungheria|hungría|magyarország|węgry|венгрия|угорщина|hun",
    "SK": "slovakia|slovaquie|slowakei|slovensko|словакия|svk", "UA": "ukraine|україна|украина|ukr", "RU": "russia|russie|russland|россия|росія|rus", "GR": "greece|grèce|griechenland|grecia|ελλάδα|греция|греція|grc",
    "RS": "serbia|serbie|serbien|srbija|сербия|сербія|srb", "BG": "bulgaria|bulgarie|bulgarien|българия|болгария|болгарія|bgr", "MX": "mexico|mexique|méxico|messico|mex", "BR": "brazil|brésil|brasil|brasile|bra",
    "IE": "ireland|irlande|irland|irlanda|irl", "HK": "hong kong|hkg", "CA": "canada|can|канада", "IL": "israel|israël|израиль|isr",
}  # fmt: skip
_BY_NAME = {fold(name): code for code, names in _NAMES.items() for name in names.split("|")}


@lru_cache(maxsize=4096)
def read_country(text: str) -> str | None:
    """The country's code; None when it is not known for certain."""
    code = text.strip().upper()
    if code in _ALPHA2:
        return code
    return _BY_NAME.get(fold(text))
