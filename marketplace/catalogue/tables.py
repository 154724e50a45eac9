"""The merchant's own catalogue. Selling prices include VAT, integer minor units of the merchant's currency."""

from enum import StrEnum

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.catalogue import states
from marketplace.kernel.columns import (
    doc,
    flag,
    maybe_doc,
    maybe_moment,
    maybe_ref,
    maybe_text,
    maybe_whole,
    moment,
    one_of,
    pk,
    ref,
    state_of,
    text,
    texts,
    whole,
)
from marketplace.sourcing.tables import Offer
from tenants.tables import Tenant


class MatchState(StrEnum):
    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    REJECTED = "rejected"


class Lock(StrEnum):
    NONE = "none"
    MINE = "mine"
    THEIRS = "theirs"


class Storefront(Table, tablename="storefront"):
    """How a merchant's public site looks and behaves."""

    id = pk()
    merchant = ref(Tenant, unique=True)
    theme = text("rivage")  # a folder of templates/storefront/themes and a stylesheet
    tokens = doc()  # a dozen theme variables
    tagline = maybe_text()
    intro = maybe_text()
    hero_sha = maybe_text()
    logo_svg = maybe_text()
    ships_to = texts()
    shipping_fee = whole(0)  # what the shopper pays, gross
    free_shipping_from = maybe_whole()
    capture_policy = text("acceptance")  # acceptance | shipment | order
    margin_floor_bp = whole(0)
    gpsr_required = flag(True)
    return_address = maybe_text()
    terms = maybe_text()
    terms_version = whole(1)
    open = flag(True)

    storefront_capture = Check(
        "capture_policy IN ('acceptance','shipment','order')", name="storefront_capture"
    )


class Category(Table, tablename="category"):
    id = pk()
    merchant = ref(Tenant)
    parent = maybe_ref("self")
    slug = text()
    title = text()
    intro = maybe_text()
    picture_sha = maybe_text()
    position = whole(0)

    category_slug = Unique(["merchant", "slug"], name="category_slug")


class CategoryMapping(Table, tablename="category_mapping"):
    """Where goods go that a supplier files under its own words, as first guessed or as the merchant decided."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    source = text()  # the supplier's words
    category = ref(Category)
    decided_by = maybe_text()  # null = guessed when the first of them was taken up

    category_mapping_once = Unique(["merchant", "supplier", "source"], name="category_mapping_once")


class Product(Table, tablename="product"):
    """What the merchant sells, in its own words. `sort_title` sorts "école" before "zoo" on any server."""

    id = pk()
    merchant = ref(Tenant)
    title = text()
    sort_title = text()
    description = maybe_text()  # sanitised HTML
    brand = maybe_text()
    category = maybe_ref(Category)
    option_names = texts()  # ["colour", "size"]
    manufacturer = maybe_doc()  # GPSR: {name, address, email}
    responsible = maybe_doc()
    warnings = maybe_text()
    withdrawal_excluded = maybe_text()  # the legal reason, when the 14 days do not apply
    created_at = moment()
    updated_at = moment()


class Variant(Table, tablename="variant"):
    """The sellable thing. `price` includes VAT; `sellable`, `available` and the reasons are the system's."""

    id = pk()
    merchant = ref(Tenant)
    product = ref(Product)
    sku = text()
    gtin = maybe_text()
    options = doc()
    position = whole(0)
    tax_category = text("standard")
    weight_g = maybe_whole()
    price = maybe_whole()  # gross, minor units
    own_price = maybe_whole()  # the merchant's, goes before the rules
    price_rule = maybe_whole()
    price_why = doc()  # steps of the rule, rate used
    cost_e4 = (
        maybe_whole()
    )  # best sellable offer's net cost in the merchant's currency; not for the shop role
    cost_offer = maybe_whole()
    sellable = flag(False)
    reasons = doc("[]")  # why not
    available = whole(0)  # units that could be sold now, over all matched offers
    stock_time = maybe_moment()  # of the freshest sellable offer
    lead_days = maybe_whole()
    paused_why = maybe_text()  # paused by the system: below the margin floor, for one
    created_at = moment()
    updated_at = moment()

    variant_sku = Unique(["merchant", "sku"], name="variant_sku")
    variant_amounts = Check(
        "(price IS NULL OR price > 0) AND (own_price IS NULL OR own_price > 0) AND available >= 0",
        name="variant_amounts",
    )


class Match(Table, tablename="match"):
    """An offer that can serve a variant. `pack_quantity` offers' units make one variant."""

    id = pk()
    merchant = ref(Tenant)
    variant = ref(Variant)
    offer = ref(Offer)
    supplier = ref(Tenant)
    pack_quantity = whole(1)
    state = text(MatchState.CONFIRMED.value)
    why = maybe_text()  # curated | gtin | gtin_changed (see `doubt_matches`) | brand_mpn | hand
    created_at = moment()

    match_once = Unique(["variant", "offer"], name="match_once")
    match_state = one_of("state", MatchState, name="match_state")
    match_pack = Check("pack_quantity > 0", name="match_pack")


class Listing(Table, tablename="listing"):
    """The product's publication: the merchant's will. What the system allows is the variants' `sellable`."""

    id = pk()
    merchant = ref(Tenant)
    product = ref(Product, unique=True)
    slug = text()
    will = state_of(states.ListingWill.DRAFT)
    published_at = maybe_moment()
    position = whole(0)
    featured = flag(False)
    seo_title = maybe_text()
    seo_description = maybe_text()
    # kept by propagation for lists: one row, no joins
    from_price = maybe_whole()
    sellable = flag(False)
    photo_sha = maybe_text()
    photo_colour = maybe_text()
    updated_at = moment()

    listing_slug = Unique(["merchant", "slug"], name="listing_slug")
    listing_will = one_of("will", states.ListingWill, name="listing_will")


class ListingPhoto(Table, tablename="listing_photo"):
    id = pk()
    merchant = ref(Tenant)
    product = ref(Product)
    variant = maybe_ref(Variant)
    position = whole(0)
    media_sha = maybe_text()  # null until the worker has it
    source_url = maybe_text()  # the offer photo it follows
    alt = maybe_text()
    width = maybe_whole()
    height = maybe_whole()
    colour = maybe_text()

    listing_photo_once = Unique(["product", "source_url"], name="listing_photo_once")


class SearchDocument(Table, tablename="search_document"):
    """What a shopper's search reads, through the search door. `document` is a tsvector, added in SQL."""

    id = pk()
    merchant = ref(Tenant)
    product = ref(Product, unique=True)
    language = text("simple")
    words = text()


class SearchWord(Table, tablename="search_word"):
    """Every word of a merchant's search documents, once: what a misspelt word is compared with."""

    id = pk()
    merchant = ref(Tenant, index=False)
    word = text()

    search_word_once = Unique(["merchant", "word"], name="search_word_once")


class CurationState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Curation(Table, tablename="curation"):
    """A selection of offers being turned into products, in slices: its progress, then its report."""

    id = pk()
    merchant = ref(Tenant)
    selection = doc()  # {"offers": [...]} or {"query": {...}, "up_to": the newest offer at the time}
    state = state_of(CurationState.RUNNING)
    total = whole(0)
    done = whole(0)
    last_offer = whole(0)  # slices go by id; a restarted job goes on after it
    report = doc()  # products, variants, matched, proposed, skipped: {reason: count}
    publish = flag(False)  # and publish what is complete
    started_by = maybe_text()
    created_at = moment()
    finished_at = maybe_moment()
    error = maybe_text()

    curation_state = one_of("state", CurationState, name="curation_state")


class FieldState(Table, tablename="field_state"):
    """Three-way merge: what the feed says, what was last taken over, and what the merchant wrote.

    `feed_value` and `taken_value` are the feed's own words (the offer's column as text, documents as JSON), so that a change is
    seen by comparing; what is shown is made of them."""

    id = pk()
    merchant = ref(Tenant)
    product = ref(Product)
    variant = maybe_ref(Variant)
    field = text()
    feed_value = maybe_text()
    taken_value = maybe_text()
    own_value = maybe_text()  # null = follows the feed
    lock = text(Lock.NONE.value)
    pending = flag(False)  # the feed changed under an edit: decide
    pending_since = maybe_moment()
    offer = maybe_whole()  # where the feed's value comes from
    decided_by = maybe_text()
    updated_at = moment()

    field_state_once = Unique(["product", "variant", "field"], name="field_state_once", nulls_distinct=False)
    field_state_lock = one_of("lock", Lock, name="field_state_lock")


class PriceRule(Table, tablename="price_rule"):
    """Ordered; the first that matches sets the price. `rule` is a `catalogue.price` rule as JSON."""

    id = pk()
    merchant = ref(Tenant)
    position = whole()
    name = text()
    rule = doc()
    enabled = flag(True)
    created_at = moment()


class PriceHistory(Table, tablename="price_history"):
    """Append only: what a strike-through price is computed from (lowest of 30 days)."""

    id = pk()
    merchant = ref(Tenant, index=False)  # else it is chosen to find a variant's last price, and read whole
    variant = ref(Variant)
    price = maybe_whole()  # null = not for sale
    at = moment()


class Redirect(Table, tablename="redirect"):
    id = pk()
    merchant = ref(Tenant)
    from_slug = text()
    to_slug = text()
    at = moment()

    redirect_once = Unique(["merchant", "from_slug"], name="redirect_once")
