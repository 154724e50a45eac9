"""A person works out how a feed's file is read, tries it, and saves it as the feed's next version."""

import re

import pytest

from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.relay import drain
from marketplace.sourcing.drafts.draft import read_draft
from marketplace.sourcing.mapping import from_json
from tenants.scope import acting_as
from tests.support import feeds, world
from tests.web.sourcing.desk import Seated, seated

pytestmark = pytest.mark.usefixtures("database")

SHEET = """Preisliste Herbst;;;;
Art-Nr;Bezeichnung;EK netto;Bestand;Farbe
K-1;Lampe Eins;12,50;5;rot
K-2;Lampe Zwei;1.250,00;viel da;blau
K-3;Lampe Drei;8,00;viel da;rot
"""


async def _begun(vera: Seated, feed: feeds.Feed, content: str = SHEET, name: str = "preise.csv") -> str:
    """A draft on this file, looked at. Answers the address of its steps."""
    here = f"/feeds/{feed.id}/mapping"
    answer = await vera.post(f"{here}/draft", files={"file": (name, content, "text/csv")})
    assert answer.status_code == 303, answer.text
    await drain()
    return here


def _fields(html: str) -> dict[str, list[str]]:
    """What a browser would send of the form on a step's page, as it stands."""
    body = html.split('method="post"')[-1] if html.count('method="post"') == 1 else html
    found: dict[str, list[str]] = {}
    for tag in re.finditer(r"<input\b[^>]*>|<select\b.*?</select>", body, re.DOTALL):
        text = tag[0]
        name = re.search(r'\bname="([^"]+)"', text)
        if not name or name[1] == "_csrf":
            continue
        if text.startswith("<select"):
            options = re.findall(r'<option value="([^"]*)"( selected)?', text)
            value = next((v for v, chosen in options if chosen), options[0][0] if options else "")
        else:
            kind = re.search(r'\btype="(\w+)"', text)
            if kind and kind[1] in ("radio", "checkbox") and " checked" not in text:
                continue
            value = (re.search(r'\bvalue="([^"]*)"', text) or ["", ""])[1]
        found.setdefault(name[1], []).append(value)
    return found


def _step(html: str, step: str) -> dict[str, list[str]]:
    """The fields of the form that posts to this step."""
    part = html.split(f'/mapping/{step}" class="stack', 1)[1]
    return _fields(part.split("</form>", 1)[0])


def _place(page: str, column: str) -> str:
    """Which of the form's lines is about this column."""
    return re.findall(r'name="to-(\d+)"', page.split(f'class="mono strong">{column}<', 1)[1])[0]


async def test_the_first_rows_show_where_the_header_is_and_can_be_corrected():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        page = await vera.see(f"{here}/file")
        assert re.search(r'value="2" checked[^>]*>', page)
        assert "Preisliste Herbst" in page
        tried = await vera.fragment(f"{here}/file?delimiter=%2C&encoding=utf-8&header_row=1&format=csv")
        assert "K-1;Lampe Eins;12" in tried.text
        answer = await vera.post(
            f"{here}/file", format="csv", encoding="utf-8", delimiter=";", header_row="2"
        )
        assert answer.headers["location"].endswith("/columns")
    draft = await read_draft(feed.supplier, feed.id)
    assert draft is not None
    assert draft.mapping is not None
    assert (draft.mapping.delimiter, draft.mapping.header_row) == (";", 2)


async def test_a_header_row_beyond_the_file_is_refused_and_keeps_what_was_chosen():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        answer = await vera.post(
            f"{here}/file", format="csv", encoding="utf-8", delimiter=";", header_row="99"
        )
    assert answer.status_code == 422
    assert "There is no header on line 99" in answer.text


async def test_columns_are_shown_with_samples_and_go_where_a_person_says():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        page = await vera.see(f"{here}/columns")
        assert '<span class="sample" title="1.250,00">' in page
        fields = _step(page, "columns")
        place = _place(page, "Farbe")
        answer = await vera.post(
            f"{here}/columns", **{**fields, f"to-{place}": "option", f"option-{place}": "Farbton"}
        )
        assert answer.headers["location"].endswith("/meaning")
        again = await vera.see(f"{here}/columns")
    assert 'value="Farbton"' in again
    draft = await read_draft(feed.supplier, feed.id)
    assert draft is not None
    assert draft.mapping is not None
    assert draft.mapping.options == {"Farbton": "Farbe"}
    assert draft.mapping.columns["sku"] == "Art-Nr"


async def test_a_mapping_without_an_article_number_does_not_go_on():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        fields = dict.fromkeys(_step(await vera.see(f"{here}/columns"), "columns"), "")
        answer = await vera.post(f"{here}/columns", **fields)
    assert answer.status_code == 422
    assert "Say which column is the article number" in answer.text
    assert re.search(r'class="need must">.*?Article number', answer.text)


async def test_nothing_that_has_no_field_on_the_page_is_lost():
    """Shopify's names and values of options, keys of four parts, pictures of variants."""
    text = (
        "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Inventory Qty,Image Src,"
        "Variant Image,Status,Published,Body (HTML),Vendor\n"
        "lamp,Lamp,Colour,red,Size,S,L-1,10.00,5,https://x.example/1.jpg,https://x.example/v.jpg,active,TRUE,<p>x</p>,Lumen\n"
        "lamp,,,blue,,M,L-2,11.00,6,,,,,,\n"
    )
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed, text, "shop.csv")
        before = await read_draft(feed.supplier, feed.id)
        for step in ("file", "columns", "meaning"):
            fields = (
                _step(await vera.see(f"{here}/{step}"), step)
                if step != "file"
                else {"format": "shopify-csv", "encoding": "utf-8", "delimiter": ",", "header_row": "1"}
            )
            answer = await vera.post(f"{here}/{step}", **fields)
            assert answer.status_code == 303, (step, answer.text[:3000])
    after = await read_draft(feed.supplier, feed.id)
    assert before is not None
    assert after is not None
    assert before.mapping is not None
    before.mapping.currency = "EUR"  # the supplier's own, proposed where the file names none
    assert after.mapping == before.mapping


async def test_an_unknown_stock_word_is_counted_learnt_and_used():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        columns = await vera.see(f"{here}/columns")
        stock = {f"to-{_place(columns, 'Bestand')}": "quantity"}
        await vera.post(f"{here}/columns", **{**_step(columns, "columns"), **stock})
        await vera.post(f"{here}/meaning", **_step(await vera.see(f"{here}/meaning"), "meaning"))
        assert "Reading the whole file" in await vera.see(f"{here}/words")
        await drain()
        page = await vera.see(f"{here}/words")
        assert "2 rows say their stock in words we do not know" in page
        assert '<span class="sample">viel da</span>' in page
        wrong = await vera.post(
            f"{here}/words", **{"token": ["viel da"], "state-0": "in_stock", "quantity-0": "plenty"}
        )
        assert wrong.status_code == 422
        assert 'value="plenty"' in wrong.text
        answer = await vera.post(
            f"{here}/words",
            **{"token": ["viel da"], "state-0": "in_stock", "quantity-0": "40", "lead-0": "2"},
        )
        assert answer.headers["location"].endswith("/trial")
        await drain()
        trial = await vera.see(f"{here}/trial")
        assert "3</span> of 3 offers" in trial
        saved = await vera.post(f"{here}/version", sync="1")
        assert "/runs/" in saved.headers["location"]
        await drain()
    offers = await feed.offers()
    assert (offers["K-2"]["quantity"], offers["K-2"]["lead_days"], offers["K-2"]["price_e4"]) == (
        40,
        2,
        12_500_000,
    )
    assert await feed.value("mapping_version") == 1


async def test_what_numbers_mean_is_kept_and_a_wrong_rate_is_said_beside_it():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        fields = _step(await vera.see(f"{here}/meaning"), "meaning")
        wrong = await vera.post(f"{here}/meaning", **{**fields, "vat_rate": "a fifth", "currency": "Euros"})
        assert wrong.status_code == 422
        assert 'value="a fifth"' in wrong.text
        right = {
            **fields, "quantity_kind": "unknown", "assumed_quantity": "3", "price_means": "public", "price_vat": "included", "vat_rate": "20",
            "currency": "eur", "filter_column": ["Farbe"], "filter_test": ["is"], "filter_values": ["rot, blau"],
            "fixed_field": ["brand"], "fixed_value": ["Lumen"], "net_of": "acceptance",
        }  # fmt: skip
        assert (await vera.post(f"{here}/meaning", **right)).status_code == 303
        page = await vera.see(f"{here}/meaning")
    draft = await read_draft(feed.supplier, feed.id)
    assert draft is not None
    mapping = draft.mapping
    assert mapping is not None
    assert (mapping.quantity_kind, mapping.assumed_quantity, mapping.price_means) == ("unknown", 3, "public")
    assert (mapping.price_vat, mapping.vat_rate_bp, mapping.currency, mapping.net_of) == (
        "included",
        2000,
        "EUR",
        "acceptance",
    )
    assert mapping.filters[0].values == ["rot", "blau"]
    assert mapping.fixed == {"brand": "Lumen"}
    assert 'value="rot, blau"' in page


async def test_a_trial_shows_rejected_rows_and_writes_nothing():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed, feeds.rows(*feeds.lamps(3)) + ",Nameless,1.00,1,EUR\n", "l.csv")
        await vera.post(f"{here}/trial")
        await drain()
        page = await vera.see(f"{here}/trial")
    assert "It has no article number" in page
    assert re.search(r"<dt>title</dt> *<dd>Nameless", page)
    assert "4 rows" in page
    assert await feed.offers() == {}


async def test_a_template_is_kept_and_read_with_again():
    one = await feeds.feed()
    async with seated(one.supplier) as vera:
        here = await _begun(vera, one)
        await vera.post(
            f"{here}/meaning", **{**_step(await vera.see(f"{here}/meaning"), "meaning"), "currency": "CHF"}
        )
        await drain()
        await vera.post(f"{here}/trial")
        assert (await vera.post(f"{here}/templates", name="")).status_code == 422
        assert "kept=1" in (await vera.post(f"{here}/templates", name="Autumn list")).headers["location"]
        other = await feeds.feed(one.supplier)
        assert "Template: Autumn list" in await vera.see(f"/feeds/{other.id}/mapping")
        async with acting_as(one.supplier):
            template = await fetch_value("SELECT id FROM mapping_template WHERE tenant = $1", one.supplier)
        await vera.post(
            f"/feeds/{other.id}/mapping/draft",
            template=str(template),
            files={"file": ("p.csv", SHEET, "text/csv")},
        )
        await drain()
        draft = await read_draft(one.supplier, other.id)
        assert draft is not None
        assert draft.mapping is not None
        assert draft.mapping.currency == "CHF"
        await vera.post(f"{here}/templates/{template}/removal")
        assert (
            "Autumn list" not in await vera.see(f"/feeds/{other.id}/mapping")
            if draft.state != "ready"
            else True
        )


async def test_two_people_save_and_the_slower_one_is_told():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera, seated(feed.supplier) as sven:
        here = await _begun(vera, feed)
        first = await vera.post(f"{here}/version")
        assert first.status_code == 303
        second = await sven.post(f"{here}/version")
    assert second.status_code == 404  # the draft is gone: it was saved
    assert await feed.value("mapping_version") == 1


async def test_a_mapping_changed_meanwhile_is_not_overwritten():
    from marketplace.sourcing.change_mapping import change_mapping

    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(3)))
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed, feeds.rows(*feeds.lamps(3)), "l.csv")
        async with acting_as(feed.supplier):
            mapping = from_json(
                (await fetch_one("SELECT mapping FROM feed WHERE id = $1", feed.id))["mapping"]
            )
        mapping.currency = "SEK"
        await change_mapping(feed.supplier, feed.id, mapping, by="Sven")
        answer = await vera.post(f"{here}/version")
    assert answer.status_code == 409
    assert await read_draft(feed.supplier, feed.id) is not None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!doctype html><html><body>Please sign in</body></html>", "This is a web page, not a feed"),
        ("%PDF-1.7 and so on", "This is a PDF file"),
    ],
)
async def test_a_file_that_is_no_feed_is_refused_with_a_way_on(content, said):
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed, content, "x.csv")
        page = await vera.see(here)
    assert said in page
    assert "A file to work on" in page


async def test_an_address_that_leads_nowhere_says_so():
    feed = await feeds.feed(url="http://127.0.0.1:9/feed.csv", transport="http")
    async with seated(feed.supplier) as vera:
        assert (await vera.post(f"/feeds/{feed.id}/mapping/draft")).status_code == 303
        await drain()
        page = await vera.see(f"/feeds/{feed.id}/mapping")
    assert "may not be reached from here" in page
    assert "Check the address and sign-in" in page


async def test_a_draft_is_discarded_and_the_feed_is_read_as_before():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(3)))
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        assert "A mapping is being worked on" in await vera.see(f"/feeds/{feed.id}")
        assert (await vera.post(f"{here}/draft/removal")).status_code == 303
        assert "As it is read now" in await vera.see(here)
    assert await feed.value("mapping_version") == 1


async def test_steps_of_a_draft_that_is_not_there_are_nothing():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera, seated(await world.supplier()) as stranger:
        for step in ("file", "columns", "meaning", "words", "trial"):
            assert (await vera.get(f"/feeds/{feed.id}/mapping/{step}")).status_code == 404
        here = await _begun(vera, feed)
        for step in ("", "/file", "/columns", "/meaning", "/words", "/trial"):
            assert (await stranger.get(here + step)).status_code == 404


async def test_a_fixed_value_that_cannot_be_read_is_said_at_once_and_kept():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        fields = _step(await vera.see(f"{here}/meaning"), "meaning")
        for field, value, said in (("origin_country", "Atlantis", "We do not know this country"), ("condition", "lovely", "new, refurbished or used"),
                                   ("vat_rate", "low", "as a number"), ("currency", "beads", "not a currency code"), ("lead_days", "soon", "a whole number")):  # fmt: skip
            answer = await vera.post(
                f"{here}/meaning", **{**fields, "fixed_field": [field], "fixed_value": [value]}
            )
            assert answer.status_code == 422, field
            assert said in answer.text
            assert f'value="{value}"' in answer.text


async def _tried(vera: Seated, feed: feeds.Feed, content: str) -> str:
    """The page of a trial of this file, read as the feed is."""
    here = await _begun(vera, feed, content, "l.csv")
    await vera.post(f"{here}/trial")
    await drain()
    return await vera.see(f"{here}/trial")


def _effect(page: str) -> dict[str, str]:
    part = page.split("What it would do to your offers")[1].split("</ul>")[0]
    return {
        what: n
        for n, what in re.findall(r'<span class="num strong[^"]*">([^<]*)</span><span[^>]*>([^<]*)<', part)
    }


async def test_a_trial_says_what_a_run_would_do_and_does_nothing_of_it():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(30)))
    before = await feed.offers()
    lamps = [
        feeds.lamp(1, title="Renamed"),
        feeds.lamp(2, price="12.00"),
        feeds.lamp(3, quantity="0"),
        *feeds.lamps(29)[3:],
        feeds.lamp(31),
    ]
    async with seated(feed.supplier) as vera:
        page = await _tried(vera, feed, feeds.rows(*lamps))
        said = _effect(page)
        assert (
            said["new"],
            said["changed"],
            said["with another price"],
            said["sold out"],
            said["gone from the file"],
        ) == ("1", "3", "1", "1", "1")
        assert said["as they were"] == "26"
        assert "would be held" not in page
        assert ">Renamed<" in page
        assert await feed.offers() == before
        async with acting_as(feed.supplier):
            assert await fetch_value("SELECT count(*) FROM feed_run WHERE feed = $1", feed.id) == 1
        await vera.post(f"/feeds/{feed.id}/mapping/version", sync="1")
        await drain()
    async with acting_as(feed.supplier):
        run = await fetch_one("SELECT * FROM feed_run WHERE feed = $1 ORDER BY id DESC LIMIT 1", feed.id)
    assert (
        run["new"],
        run["changed"],
        run["repriced"],
        run["zeroed"],
        run["vanished"],
        run["unchanged"],
    ) == (1, 3, 1, 1, 1, 26)


async def test_a_trial_says_that_the_breaker_would_hold_the_run_and_why():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(30)))
    async with seated(feed.supplier) as vera:
        page = await _tried(vera, feed, feeds.rows(*feeds.lamps(30, price="1250.00")[:15]))
    assert "An import with this mapping would be held" in page
    assert "15 of 30 offers are gone from the file" in page
    assert "a decimal point is probably lost" in page


async def test_a_trial_of_a_first_file_has_only_new_offers():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        page = await _tried(vera, feed, feeds.rows(*feeds.lamps(3)))
    assert _effect(page)["new"] == "3"
    assert "nothing its limits could judge" in page
    assert await feed.offers() == {}


CODED = """Art-Nr;Bezeichnung;EK netto;Bestand;Versand
K-1;Lampe Eins;12,50;1;1
K-2;Lampe Zwei;14,00;5;2
"""


async def test_a_number_that_is_a_code_in_one_column_stays_a_quantity_in_the_other():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed, CODED)
        columns = await vera.see(f"{here}/columns")
        stock = {
            f"to-{_place(columns, 'Bestand')}": "quantity",
            f"to-{_place(columns, 'Versand')}": "lead_days",
        }
        await vera.post(f"{here}/columns", **{**_step(columns, "columns"), **stock})
        await vera.post(f"{here}/meaning", **_step(await vera.see(f"{here}/meaning"), "meaning"))
        await drain()
        page = await vera.see(f"{here}/words")
        assert "Versand only" in page
        said = {
            "token": ["1", "2", ""],
            "state-0": "in_stock",
            "lead-0": "10",
            "state-1": "in_stock",
            "lead-1": "20",
        }
        assert (await vera.post(f"{here}/words", **said, words_for="lead_days")).status_code == 303
        await drain()
        assert '<option value="lead_days" selected>' in await vera.see(f"{here}/words")
        await vera.post(f"{here}/version", sync="1")
        await drain()
    offers = await feed.offers()
    assert [(offers[sku]["quantity"], offers[sku]["lead_days"]) for sku in ("K-1", "K-2")] == [
        (1, 10),
        (5, 20),
    ]


async def test_each_wrong_word_is_told_beside_it_and_nothing_typed_is_lost():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        said = {
            "token": ["viel da", "", "wenig"],
            "quantity-0": "40",
            "state-1": "in_stock",
            "state-2": "in_stock",
            "lead-2": "soon",
        }
        wrong = await vera.post(f"{here}/words", **said)
    assert wrong.status_code == 422
    for problem in ("state-0-problem", "token-1-problem", "lead-2-problem"):
        assert f'id="{problem}"' in wrong.text
    assert 'value="40"' in wrong.text
    assert 'value="soon"' in wrong.text


async def test_each_wrong_rule_and_each_wrong_value_is_told_beside_it():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed)
        fields = _step(await vera.see(f"{here}/meaning"), "meaning")
        wrong = await vera.post(
            f"{here}/meaning",
            **{**fields, "vat_rate": "999", "filter_column": ["Farbe", "", "Farbe"], "filter_test": ["is", "is", "is"],
               "filter_values": ["rot", "blau", ""], "fixed_field": ["lead_days", "", "condition"], "fixed_value": ["soon", "lonely", "shiny"]},
        )  # fmt: skip
    assert wrong.status_code == 422
    for problem in ("vat_rate", "filter-1", "filter-2", "fixed-0", "fixed-1", "fixed-2"):
        assert f'id="{problem}-problem"' in wrong.text, problem
    assert 'id="filter-0-problem"' not in wrong.text
    for typed in ("999", "blau", "soon", "lonely", "shiny"):
        assert f'value="{typed}"' in wrong.text, typed


EVERYTHING = (
    "Export vom 1. März|||||||||||||\n"
    "Nr|Name|Größe|Modell|Preis brutto|MwSt|Lager|Gewicht|Bilder|Versand ab|Nicht|Sparte|Land|EAN\n"
    "|Vase|S|V1|1.250,50|7|paar da|750|vase.jpg; vase2.jpg|03/04/2030|nein|Haus|DE|\n"
    "|Vase|M|V1|24,20||7|750|vase.jpg||ja|Haus|DE|\n"
    "|Spaten|L|SP|12,10||weg|1200|spaten.jpg||nein|Garten|DE|\n"
)


async def test_what_a_person_says_in_the_wizard_is_what_the_offers_become():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed, EVERYTHING.encode("cp1252"), "export.csv")
        await vera.post(f"{here}/file", format="csv", encoding="cp1252", delimiter="|", header_row="2")
        columns = await vera.see(f"{here}/columns")
        chosen = {"Name": "title", "Größe": "options.Size", "Modell": "group_key", "Preis brutto": "price", "MwSt": "vat_rate", "Lager": "quantity",
                  "Gewicht": "weight", "Bilder": "images", "Versand ab": "", "Nicht": "excluded", "Sparte": "category", "Land": "", "Nr": "", "EAN": ""}  # fmt: skip
        fields = _step(columns, "columns")
        for name, value in chosen.items():
            fields |= {f"to-{_place(columns, name)}": value, f"also-{_place(columns, name)}": ""}
        meaning = {
            "quantity_kind": "at_least", "assumed_quantity": "5", "price_means": "public", "price_vat": "included", "vat_rate": "21", "currency": "chf",
            "decimal": ",", "date_order": "dmy", "weight_unit": "g", "image_base": "https://cdn.example/img/", "image_split": ";",
            "key_from": ["Modell", "Größe"], "inherit": "", "net_of": "never", "filter_column": ["Sparte"], "filter_test": ["is"],
            "filter_values": ["Haus"], "excluded_words": "ja", "fixed_field": ["origin_country", "lead_days"], "fixed_value": ["PT", "4"],
        }  # fmt: skip
        assert (await vera.post(f"{here}/meaning", **meaning)).status_code == 303
        assert (await vera.post(f"{here}/columns", **fields)).status_code == 303
        await drain()
        words = await vera.see(f"{here}/words")
        tokens = re.findall(r'name="token" value="([^"]*)"', words)
        said = {"token": tokens}
        for place, token in enumerate(tokens):
            said |= {
                "paar da": {f"state-{place}": "in_stock", f"quantity-{place}": "9"},
                "weg": {f"state-{place}": "out_of_stock"},
            }.get(token, {})
        assert (await vera.post(f"{here}/words", **said)).status_code == 303
        await drain()
        await vera.post(f"{here}/version", sync="1")
        await drain()
    offers = await feed.offers()
    assert set(offers) == {"V1/S", "V1/M"}
    small, medium = offers["V1/S"], offers["V1/M"]
    assert (small["title"], small["group_key"], medium["group_key"]) == ("Vase", "V1", "V1")
    assert (small["quantity"], medium["quantity"], medium["quantity_kind"]) == (9, 7, "at_least")
    assert (small["price_means"], small["currency"]) == ("public", "CHF")
    assert (small["price_e4"], medium["price_e4"]) == (
        11_686_916,
        200_000,
    )  # less 7 % of its own column, less the 21 % of the step
    assert (small["weight_g"], small["origin_country"], small["lead_days"]) == (750, "PT", 4)
    assert small["images"] == ["https://cdn.example/img/vase.jpg", "https://cdn.example/img/vase2.jpg"]
    assert (small["not_sellable"], medium["not_sellable"]) == (None, "excluded")
    async with acting_as(feed.supplier):
        assert await fetch_value("SELECT net_of FROM feed_pulse WHERE feed = $1", feed.id) == "never"
        rejected = await fetch_value(
            "SELECT reason FROM run_issue WHERE supplier = $1 AND kind = 'rejected'", feed.supplier
        )
    assert "Sparte" in rejected


BROKEN = """<?xml version="1.0" encoding="UTF-8"?>
<catalogue>
<product><sku>K-1</sku><name>Lampe Eins</name><price>12.50 EUR</price><stock>5</stock></product>
<product><sku>K-2</sku><name>Lampe & Schirm</name><price>8.00 EUR</price><stock>2</stock></product>
<product><sku>K-3</sku><name>Lampe Drei</name><price>9.00 EUR</price><stock>1</stock></product>
</catalogue>
"""


async def test_a_broken_document_is_shown_as_far_as_it_can_be_read_and_its_fault_named():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        here = await _begun(vera, feed, BROKEN, "katalog.xml")
        page = await vera.see(f"{here}/file")
        assert "Line 4, column 37. What could be read" in page
        assert "an import is refused until the supplier has mended the file" in page
        assert "Lampe Eins" in page
        assert "Lampe Drei" in page  # what stands after the fault
        assert "as far as the broken file can be read" in page
        answer = await vera.post(f"{here}/file", **_step(page, "file"))
        assert answer.headers["location"].endswith("/columns")
        assert "an import is refused" in await vera.see(f"{here}/columns")
        await vera.post(f"{here}/trial")
        await drain()
        page = await vera.see(f"{here}/trial")
        assert "The whole file is refused there" in page
        assert "1 row could be read up to there." in page
        assert "Lampe Eins" in page
        assert "Save only" not in page
    draft = await read_draft(feed.supplier, feed.id)
    assert draft is not None
    assert (draft.state, draft.trial_state, (draft.trial or {})["line"]) == ("ready", "failed", 4)


async def test_the_import_of_a_broken_document_is_refused_with_line_and_column():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        answer = await vera.post(
            f"/feeds/{feed.id}/runs", files={"file": ("katalog.xml", BROKEN, "text/xml")}
        )
        assert answer.status_code == 303, answer.text
        await drain()
    async with acting_as(feed.supplier):
        run = await fetch_one(
            "SELECT state, error, error_line, error_column FROM feed_run WHERE feed = $1 ORDER BY id DESC LIMIT 1",
            feed.id,
        )
    assert run is not None
    assert (run["state"], run["error"], run["error_line"], run["error_column"]) == ("failed", "xml", 4, 37)


async def test_a_mapping_can_be_worked_on_with_the_file_that_was_sent_last():
    """Nobody is asked for a file again that is here already."""
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(3)))
    async with seated(feed.supplier) as vera:
        here = f"/feeds/{feed.id}/mapping"
        asked = re.search(r'<input type="file"[^>]*>', await vera.see(here))
        assert asked is not None
        assert "required" not in asked[0]
        assert (await vera.post(f"{here}/draft")).status_code == 303
        await drain()
        assert "L-003" in await vera.see(f"{here}/file")
