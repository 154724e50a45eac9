"""The shop's categories, and where suppliers' goods go."""

import pytest

from tests.web.dashboard.catalogue.desk import Seated, seated

pytestmark = pytest.mark.usefixtures("database")


async def shelf(desk: Seated, title: str) -> int:
    return int(
        await desk.value(
            "SELECT id FROM category WHERE merchant = $1 AND title = $2", desk.shop.merchant, title
        )
    )


async def test_a_category_is_made_renamed_moved_and_put_in_order():
    async with seated() as desk:
        for title in ("Vases", "Chaises", "Tables"):
            assert (await desk.post("/categories", title=title)).status_code == 303
        chairs = await shelf(desk, "Chaises")
        await desk.post(f"/categories/{chairs}/place", to="up")
        page = (await desk.get("/categories")).text
        assert page.index(">Chaises<") < page.index(">Vases<") < page.index(">Tables<")
        await desk.post(f"/categories/{chairs}", title="Sièges", parent=str(await shelf(desk, "Tables")))
        assert await desk.value("SELECT parent FROM category WHERE id = $1", chairs) == await shelf(
            desk, "Tables"
        )
        assert "Tables › Sièges" in (await desk.get(f"/categories/{await shelf(desk, 'Vases')}")).text


async def test_a_category_without_a_name_or_within_itself_is_refused_and_what_was_typed_stays():
    async with seated() as desk:
        await desk.post("/categories", title="Vases")
        vases = await shelf(desk, "Vases")
        assert (await desk.post("/categories", title="")).status_code == 422
        answer = await desk.post(f"/categories/{vases}", title="Pots", parent=str(vases))
        assert answer.status_code == 422
        assert "cannot lie within itself" in answer.text
        assert 'value="Pots"' in answer.text


async def test_suppliers_words_are_mapped_and_their_products_move():
    async with seated() as desk:
        product = await desk.product()  # "Maison > Chaises"
        await desk.post("/categories", title="Assises")
        into = await shelf(desk, "Assises")
        assert "guessed" in (await desk.get("/categories")).text
        answer = await desk.post(
            "/categories/mappings",
            supplier=str(desk.shop.supplier),
            source="Maison > Chaises",
            category=str(into),
        )
        assert "1 product moved" in (await desk.browser.get(answer.headers["location"])).text
        assert await desk.value("SELECT category FROM product WHERE id = $1", product) == into
        unknown = await desk.post(
            "/categories/mappings", supplier=str(desk.shop.supplier), source="Nobody said", category=str(into)
        )
        assert unknown.status_code == 404


async def test_a_category_that_holds_something_goes_only_with_a_new_place_for_it():
    async with seated() as desk:
        product = await desk.product()
        await desk.post("/categories", title="Assises")
        chairs, into = await shelf(desk, "Chaises"), await shelf(desk, "Assises")
        refused = await desk.post(f"/categories/{chairs}/removal")
        assert refused.status_code == 422
        assert "Say where its products go." in refused.text
        assert (await desk.post(f"/categories/{chairs}/removal", into=str(into))).status_code == 303
        assert await desk.value("SELECT category FROM product WHERE id = $1", product) == into


async def test_a_strangers_category_is_not_there_and_a_reader_changes_none():
    async with seated() as theirs, seated() as desk:
        await theirs.post("/categories", title="Vases")
        foreign = await shelf(theirs, "Vases")
        assert (await desk.get(f"/categories/{foreign}")).status_code == 404
        for path in ("", "/place", "/removal"):
            answer = await desk.post(f"/categories/{foreign}{path}", title="Mine", to="up")
            assert answer.status_code == 404, path
        async with seated("support", desk.shop) as reader:
            assert (await reader.get("/categories")).status_code == 200
            assert (await reader.post("/categories", title="Vases")).status_code == 403
