"""Carriers, as data: where their parcels are followed, and what their numbers look like.

Shapes and check digits are re-expressed from tracking_number_data (https://github.com/jkeen/tracking_number_data), copyright
(c) 2017 Jeff Keen, MIT: Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons
to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission
notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT
WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A
PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR
OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR
THE USE OR OTHER DEALINGS IN THE SOFTWARE.

`check` names a function of `carriers.py`; an empty one means that the shape alone proves nothing.
"""

from typing import NamedTuple


class Shape(NamedTuple):
    """A pattern over the number without spaces, in capitals: group `serial` and, with a check, group `digit`."""

    pattern: str
    check: str = ""


class Carrier(NamedTuple):
    """`{number}` and, where the carrier asks for it, `{postcode}` are filled in."""

    code: str
    name: str
    url: str
    shapes: tuple[Shape, ...] = ()
    aliases: tuple[str, ...] = ()


def _post(*countries: str) -> Shape:
    """A number of the Universal Postal Union's standard S10, issued in these countries."""
    return Shape(rf"[A-Z]{{2}}(?P<serial>\d{{8}})(?P<digit>\d)(?:{'|'.join(countries)})", "s10")


CARRIERS: tuple[Carrier, ...] = (
    Carrier(
        "colissimo",
        "Colissimo",
        "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
        (_post("FR"), Shape(r"(?P<serial>\d[A-Z0-9]\d{11})")),
        ("la poste", "laposte", "lettre suivie"),
    ),
    Carrier(
        "chronopost",
        "Chronopost",
        "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={number}",
        (Shape(r"(?P<serial>X[A-Z]\d{9}(?:FR|EE|TS|JB))"),),
    ),
    Carrier(
        "mondial_relay",
        "Mondial Relay",
        "https://www.mondialrelay.fr/suivi-de-colis?numeroExpedition={number}&codePostal={postcode}",
        (Shape(r"(?P<serial>\d{8}|\d{12})"),),
        ("mondialrelay", "point relais"),
    ),
    Carrier(
        "dpd",
        "DPD",
        "https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber={number}",
        (
            Shape(r"(?P<serial>\d{27})(?P<digit>[0-9A-Z])", "mod37_36"),
            Shape(r"(?P<serial>\d{14})(?P<digit>[0-9A-Z])", "mod37_36"),
            Shape(r"(?P<serial>\d{14})"),
        ),
        ("dpd france", "dpd germany"),
    ),
    Carrier(
        "gls",
        "GLS",
        "https://gls-group.com/DE/de/paketverfolgung?match={number}",
        (Shape(r"(?P<serial>\d{11})"), Shape(r"(?P<serial>[A-Z0-9]{8})")),
    ),
    Carrier(
        "ups",
        "UPS",
        "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={number}",
        (
            Shape(r"1Z(?P<serial>[A-Z0-9]{15})(?P<digit>\d)", "ups"),
            Shape(r"[AHJKTV](?P<serial>\d{9})(?P<digit>\d)", "ups"),
        ),
    ),
    Carrier(
        "dhl",
        "DHL",
        "https://www.dhl.com/en/express/tracking.html?brand=DHL&AWB={number}",
        (
            Shape(r"(?P<serial>\d{9,10})(?P<digit>\d)", "mod7"),
            Shape(r"(?P<serial>J[A-Z]{2,3}\d{9,10})"),
            Shape(r"(?P<serial>GM\d{16,20})"),
        ),
        ("dhl express", "dhl ecommerce"),
    ),
    Carrier(
        "dhl_paket",
        "DHL Paket",
        "https://www.dhl.de/de/privatkunden/dhl-sendungsverfolgung.html?piececode={number}",
        (_post("DE"), Shape(r"(?P<serial>JJD\d{16,18})"), Shape(r"(?P<serial>00340\d{15})")),
        ("deutsche post", "dhl germany"),
    ),
    Carrier(
        "hermes",
        "Hermes",
        "https://www.myhermes.de/empfangen/sendungsverfolgung/?TrackID={number}",
        (Shape(r"(?P<serial>H\d{16,19})"),),
        ("hermes germany",),
    ),
    Carrier(
        "fedex",
        "FedEx",
        "https://www.fedex.com/apps/fedextrack/?tracknumbers={number}",
        (
            Shape(r"(?P<serial>\d{11})(?P<digit>\d)", "fedex"),
            Shape(r"96\d{2}\d{3}(?P<serial>\d{14})(?P<digit>\d)", "mod10_13"),
            Shape(r"(?P<serial>\d{14})(?P<digit>\d)", "mod10_13"),
        ),
    ),
    Carrier(
        "royal_mail",
        "Royal Mail",
        "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
        (_post("GB"),),
        ("royalmail", "parcelforce"),
    ),
    Carrier(
        "postnord",
        "PostNord",
        "https://tracking.postnord.com/en/?id={number}",
        (_post("SE", "DK"),),
        ("post nord", "posten"),
    ),
    Carrier("bpost", "bpost", "https://track.bpost.cloud/btr/web/#/search?itemCode={number}", (_post("BE"),)),
    Carrier(
        "postnl", "PostNL", "https://jouw.postnl.nl/track-and-trace/{number}", (_post("NL"),), ("post nl",)
    ),
    Carrier(
        "correos",
        "Correos",
        "https://www.correos.es/es/es/herramientas/localizador/envios/detalle?tracking-number={number}",
        (_post("ES"),),
    ),
    Carrier(
        "poste_italiane",
        "Poste Italiane",
        "https://www.poste.it/cerca/index.html#/risultati-spedizioni/{number}",
        (_post("IT"),),
    ),
    Carrier(
        "swiss_post",
        "Swiss Post",
        "https://service.post.ch/ekp-web/ui/entry/search/{number}",
        (_post("CH"),),
        ("la poste suisse", "die post"),
    ),
    Carrier(
        "austrian_post", "Austrian Post", "https://www.post.at/sv/sendungssuche?snr={number}", (_post("AT"),)
    ),
    Carrier(
        "yodel",
        "Yodel",
        "https://www.yodel.co.uk/tracking/{number}",
        (Shape(r"(?P<serial>JJ?D\d{16})"),),
    ),
    Carrier(
        "landmark",
        "Landmark Global",
        "https://track.landmarkglobal.com/?search={number}",
        (Shape(r"(?P<serial>LTN\d{8}N1)"),),
    ),
)
