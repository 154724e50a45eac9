"""One product: its words and whose they are, photos, variants and their sources, what it lacks to be published."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.catalogue.decide_field import decide_field
from marketplace.catalogue.edit_product import edit_product
from marketplace.catalogue.merge import Choice
from marketplace.catalogue.photos.arrange_photos import Arranged, add_photo, arrange_photos
from marketplace.catalogue.read_product import read_product
from marketplace.catalogue.withdrawal_exclusions import Exclusion
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.web.access import Desk, seat_guard
from marketplace.web.dashboard.listings_page import what_was_done
from marketplace.web.dashboard.listings_product_page import field_block, product_page
from marketplace.web.dashboard.listings_typed import party_typed, typed_changes
from marketplace.web.forms import Form
from marketplace.web.rendering import wants_fragment

MOST_PICTURE = 25 * 1024 * 1024
WORDS = ("title", "description", "brand", "category", "warnings")


class Product(Controller):
    path = "/dashboard/{merchant:str}/listings/{product:int}"
    guards = [seat_guard]

    @get(opt={"may": "read"})
    async def show(
        self, request: HTMXRequest, desk: Desk, product: int, saved: bool = False
    ) -> Response[str]:
        done = what_was_done(request.query_params)
        return await product_page(request, desk, product, done=done, saved=saved)

    @post("/words", opt={"may": "catalogue"})
    async def words(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        """Only what was changed becomes the merchant's own; the rest goes on following the feed."""
        form = await Form.read(request)
        shown = await read_product(desk.tenant, product)
        changes = typed_changes(form, {name: shown.fields[name].value for name in WORDS})
        try:
            form.check()
            await edit_product(desk.tenant, product, changes, who=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await product_page(request, desk, product, words=form, status=422)
        return _saved(desk, product, "words")

    @post("/safety", opt={"may": "catalogue"})
    async def safety(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        """Manufacturer and responsible person (GPSR), and whether the right of withdrawal holds."""
        form = await Form.read(request)
        shown = await read_product(desk.tenant, product)
        changes: dict[str, object] = {}
        for name in ("manufacturer", "responsible"):
            said = party_typed(form, name)
            if said != (shown.fields[name].value or {}):
                changes[name] = said
        excluded = form.one_of("withdrawal_excluded", list(Exclusion), required=False)
        if excluded != shown.withdrawal_excluded:
            changes["withdrawal_excluded"] = excluded
        try:
            form.check()
            await edit_product(desk.tenant, product, changes, who=desk.person_name)
        except Refused as refusal:
            form.take(refusal)
            return await product_page(request, desk, product, safety=form, status=422)
        return _saved(desk, product, "safety")

    @post("/address", opt={"may": "catalogue"})
    async def address(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        """Where its page is, and how search engines show it."""
        form = await Form.read(request)
        changes = {name: form.raw(name) or None for name in ("slug", "seo_title", "seo_description")}
        try:
            await edit_product(
                desk.tenant,
                product,
                {**changes, "slug": form.need("slug", most=80), "featured": form.flag("featured")},
                who=desk.person_name,
            )
        except Refused as refusal:
            form.take(refusal)
            return await product_page(request, desk, product, address=form, status=422)
        return _saved(desk, product, "address")

    @post("/fields/{field:str}", opt={"may": "catalogue"})
    async def decide(
        self, request: HTMXRequest, desk: Desk, product: int, field: str
    ) -> Response[str] | Redirect:
        """Whose value holds: the feed's or the merchant's, now or always."""
        form = await Form.read(request)
        try:
            choice = Choice(form.raw("choice"))
        except ValueError:
            raise NotFound from None
        await decide_field(desk.tenant, product, field, choice, who=desk.person_name)
        if wants_fragment(request) and field in WORDS:
            return await field_block(request, desk, product, field)
        return _saved(desk, product, "photos" if field == "photos" else "words")

    @post("/photos", opt={"may": "catalogue"})
    async def arrange(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        """The order typed beside each picture, its description, and which are left out."""
        form = await Form.read(request)
        shown = await read_product(desk.tenant, product)
        if moved := form.raw("first"):
            kept = sorted(shown.photos, key=lambda photo: str(photo.id) != moved)
        else:
            kept = [photo for photo in shown.photos if not form.flag(f"out_{photo.id}")]
        alts = [Arranged(p.id, form.values.get(f"alt_{p.id}", p.alt)) for p in kept]
        try:
            await arrange_photos(desk.tenant, product, alts, who=desk.person_name)
        except Refused as refusal:
            form.problem("photos", next(iter(getattr(refusal, "problems", {"": refusal.message}).values())))
            return await product_page(request, desk, product, photos=form, status=422)
        return _saved(desk, product, "photos")

    @post("/photos/new", opt={"may": "catalogue"})
    async def upload(self, request: HTMXRequest, desk: Desk, product: int) -> Response[str] | Redirect:
        form = await Form.read(request)
        await read_product(desk.tenant, product)
        try:
            files = form.files("photo")
            if not files:
                raise Refused("Choose a picture first.", field="photo")
            for file in files[:20]:
                data = await file.read(MOST_PICTURE + 1)
                if len(data) > MOST_PICTURE:
                    raise Refused("A picture is at most 25 MB.", field="photo")
                await add_photo(desk.tenant, product, data, alt=form.raw("alt"), who=desk.person_name)
        except Refused as refusal:
            if isinstance(refusal, Invalid):
                form.problem("photo", next(iter(refusal.problems.values())))
            else:
                form.take(refusal)
            return await product_page(request, desk, product, photos=form, status=422)
        return _saved(desk, product, "photos")


def _saved(desk: Desk, product: int, place: str) -> Redirect:
    return Redirect(f"{desk.home}/listings/{product}?saved=true#{place}", status_code=303)
