"""The four suppliers. Three have an account; Petit Bois is managed by the one merchant it works for."""

from marketplace.demo.nouns import DemoFeed, Identity, Staff, Supplier

VERRIER = Supplier(
    slug="verrier",
    name="Maison Verrier",
    identity=Identity(
        legal_name="Maison Verrier Diffusion",
        legal_form="SAS",
        registration_number="09926048100017",
        vat_number="FR88099260481",
        street="Zone des Verreries, bâtiment C",
        postcode="69520",
        city="Grigny-le-Verre",
        country="FR",
        email="pro@maisonverrier.example",
        phone="+33 4 65 71 44 08",
        director="Étienne Verrier",
    ),
    locale="fr",
    zone="Europe/Paris",
    currency="EUR",
    about="Grossiste en arts de la table et décoration depuis 1987. Expédie en marque blanche.",
    feed=DemoFeed(
        "Catalogue Google Shopping", "/export/google.xml", "application/rss+xml; charset=utf-8", 30
    ),
    staff=(
        Staff("Étienne Verrier", "etienne@maisonverrier.example", "owner"),
        Staff("Nadia Ferhat", "depot@maisonverrier.example", "warehouse"),
    ),
    closed=(("2026-12-24", "2027-01-03"),),
)

NORDHAVN = Supplier(
    slug="nordhavn",
    name="Nordhavn Supply",
    identity=Identity(
        legal_name="Nordhavn Supply ApS",
        legal_form="",
        registration_number="99431202",
        vat_number="DK99431202",
        street="Pakhusvej 22",
        postcode="8000",
        city="Nordhavn Ø",
        country="DK",
        email="b2b@nordhavn-supply.example",
        phone="+45 70 99 04 12",
        director="Mette Sørensen",
    ),
    locale="en",
    zone="Europe/Copenhagen",
    currency="EUR",
    about="Scandinavian home, outdoor and toys from one warehouse on the quay. Stock every fifteen minutes.",
    feed=DemoFeed(
        "Lagerliste (CSV)", "/eksport/lagerliste.csv", "text/csv; charset=windows-1252", 5, moves=True
    ),
    staff=(
        Staff("Mette Sørensen", "mette@nordhavn-supply.example", "owner"),
        Staff("Jens Holm", "jens@nordhavn-supply.example", "warehouse"),
    ),
)

GEARLINE = Supplier(
    slug="gearline",
    name="Gearline Wholesale",
    identity=Identity(
        legal_name="Gearline Wholesale Limited",
        legal_form="",
        registration_number=None,
        vat_number="GB998241723",
        street="Shed 9, Canal Road",
        postcode="SK22 9GL",
        city="Millbeck Bridge",
        country="GB",
        email="trade@gearline.example",
        phone="+44 1632 960 188",
        director="Priya Raman",
    ),
    locale="en",
    zone="Europe/London",
    currency="GBP",
    about="Trade-only outdoor, desk and everyday carry. White-label dispatch from Derbyshire.",
    feed=DemoFeed("Product export", "/admin/products_export.csv", "text/csv; charset=utf-8", 60),
    staff=(
        Staff("Priya Raman", "priya@gearline.example", "owner"),
        Staff("Callum Firth", "warehouse@gearline.example", "warehouse"),
    ),
)

PETIT_BOIS = Supplier(
    slug="petit-bois",
    name="Petit Bois",
    identity=Identity(
        legal_name="Atelier Petit Bois",
        legal_form="SCOP",
        registration_number="09957413900012",
        vat_number="FR65099574139",
        street="3 impasse du Rabot",
        postcode="39170",
        city="Lavans-sous-Bois",
        country="FR",
        email="atelier@petitbois.example",
        phone="+33 3 53 01 62 11",
        director="Lucien Arbogast",
    ),
    locale="fr",
    zone="Europe/Paris",
    currency="EUR",
    about="Jouets tournés et peints à sept, dans une ancienne scierie. Pas d’informaticien, un script.",
    feed=DemoFeed("Catalogue JSON", "/catalogue.json", "application/json", 120),
    managed_by="fabrique",
)

SUPPLIERS = (VERRIER, NORDHAVN, GEARLINE, PETIT_BOIS)
