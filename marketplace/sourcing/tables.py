"""Suppliers' terms, feeds and offers."""

from datetime import time

from piccolo.columns import Time
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.kernel.columns import (
    doc,
    flag,
    maybe_doc,
    maybe_moment,
    maybe_ref,
    maybe_text,
    maybe_whole,
    moment,
    never_negative,
    one_of,
    pk,
    ref,
    state_of,
    text,
    texts,
    whole,
)
from marketplace.sourcing import states
from tenants.tables import Tenant


class Agreement(Table, tablename="agreement"):
    """The terms between one merchant and one supplier. Active once both agreed; a trigger keeps either side from
    agreeing for the other. Money in the agreement's currency, minor units."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    state = state_of(states.Agreement.PROPOSED)
    version = whole(1)
    proposed_by = text()  # merchant | supplier
    merchant_agreed_at = maybe_moment()
    supplier_agreed_at = maybe_moment()
    active_since = maybe_moment()  # set when both agreed for the first time, never cleared
    ended_at = maybe_moment()
    currency = text("EUR")
    discount_bp = whole(0)  # on a public price, basis points
    franco_threshold = maybe_whole()  # order value from which freight is free; null = never
    minimum_order = whole(0)
    order_fee = whole(0)  # small-order fee below the minimum
    shipping_fee = whole(0)  # per supplier order
    parcel_fee = whole(0)  # each further parcel
    cutoff = Time(null=False, default=time(15, 0))  # in the supplier's zone
    lead_days = whole(1)  # working days from cut-off to departure
    safety_stock = whole(0)  # units never sold
    ships_to = texts()  # ISO countries; empty = the supplier's own country
    ack_hours = whole(24)  # the supplier must answer within
    return_days = whole(14)
    returns_to = text("supplier")  # supplier | merchant
    pays_damage = flag(True)  # the supplier owes for damage in transit and defects
    net_of = text("shipment")  # acceptance | shipment | never: when its feed counts a sale
    score = whole(80)  # 0-100, measured performance
    pending_terms = maybe_doc()  # a proposal of changed terms, waiting for the other side
    pending_by = maybe_text()
    paused_by = maybe_text()  # merchant | supplier: who may resume
    created_at = moment()

    agreement_once = Unique(["merchant", "supplier"], name="agreement_once")
    agreement_state = one_of("state", states.Agreement, name="agreement_state")
    agreement_sides = Check(
        "merchant <> supplier AND proposed_by IN ('merchant','supplier')", name="agreement_sides"
    )
    agreement_active = Check(
        "state <> 'active' OR (merchant_agreed_at IS NOT NULL AND supplier_agreed_at IS NOT NULL AND active_since IS NOT NULL)",
        name="agreement_active",
    )
    agreement_amounts = never_negative(
        "discount_bp",
        "minimum_order",
        "order_fee",
        "shipping_fee",
        "parcel_fee",
        "lead_days",
        "safety_stock",
        name="agreement_amounts",
    )
    agreement_discount = Check("discount_bp <= 10000", name="agreement_discount")
    agreement_net_of = Check("net_of IN ('acceptance','shipment','never')", name="agreement_net_of")


class AgreementVersion(Table, tablename="agreement_version"):
    """Append only: the terms as they were agreed."""

    id = pk()
    agreement = ref(Agreement)
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    number = whole()
    terms = doc()
    agreed_at = moment()
    agreed_by = text()

    agreement_version_once = Unique(["agreement", "number"], name="agreement_version_once")


class AgreementHistory(Table, tablename="agreement_history"):
    """Append only, written by a trigger: in which state the agreement was, with which safety stock, from `at` on."""

    id = pk()
    agreement = ref(Agreement)
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    at = moment()
    state = text()
    safety_stock = whole()


class Feed(Table, tablename="feed"):
    """A source of product data, synced once whoever links the supplier."""

    id = pk()
    supplier = ref(Tenant)
    name = text()
    speed = text("full")  # full | stock (only columns it sends are touched)
    agreement = maybe_ref(Agreement)  # prices of one merchant: writes only agreement_offer
    transport = text("http")  # http | ftp | sftp | upload | api | grid
    url = maybe_text()
    credentials = maybe_text()  # sealed
    host_key = maybe_text()  # SFTP, pinned
    mapping = maybe_doc()  # null until a person confirmed one or the proposal was taken
    mapping_version = whole(0)
    every_minutes = whole(60)
    enabled = flag(True)
    due_at = maybe_moment()  # null = only by hand
    etag = maybe_text()
    last_modified = maybe_text()
    content_sha = (
        maybe_text()
    )  # of the last file that was decided about, with the mapping version: "sha:version"
    content_stands = flag(
        True
    )  # false when that file was dropped or undone: seeing it again confirms nothing
    limits = doc()  # breaker: what `breaker.Limits` says
    vanished = text("zero")  # keep | zero | retire
    retire_after = whole(3)  # runs
    lag_hours = whole(24)  # how long the supplier's own system may take to count a sale
    stale_after_hours = whole(26)  # the lease of a quantity: then the buffer widens
    stop_after_hours = whole(72)  # then the sale stops
    last_ok_at = maybe_moment()
    failures = whole(0)
    created_at = moment()
    archived_at = maybe_moment()

    feed_owned = Unique(["supplier", "id"], name="feed_owned")
    feed_speed = Check("speed IN ('full','stock')", name="feed_speed")
    feed_vanished = Check("vanished IN ('keep','zero','retire')", name="feed_vanished")


class FeedPulse(Table, tablename="feed_pulse"):
    """What linked merchants may know of a feed: until when its word is good.

    An offer whose quantity a run found unchanged is not written again: its `stock_feed` says that the quantity is as
    fresh as that feed's `confirmed_at`. The view `offer_lease` puts the two together; read a quantity's age there."""

    id = pk()
    supplier = ref(Tenant)
    feed = ref(Feed, unique=True)
    confirmed_at = maybe_moment()  # source time of the last run that was applied or found nothing new
    silence = maybe_text()  # past its lease: told (a sale stopped) | harmless (other feeds say the stock)
    stale_after_hours = whole(26)
    stop_after_hours = whole(72)
    # a trigger keeps these as the feed has them
    net_of = text("agreement")  # of its mapping: agreement | acceptance | shipment | never
    name = text("")
    speed = text("full")
    transport = text("http")
    enabled = flag(True)
    archived_at = maybe_moment()

    feed_pulse_silence = Check("silence IN ('told','harmless')", name="feed_pulse_silence")


class MappingDraft(Table, tablename="mapping_draft"):
    """A mapping somebody is working on: the file it is tried on, what was proposed, what was chosen so far, the last trial.

    One a feed; saving it makes the feed's next mapping version. `asked` counts what was asked of a worker, so that of two
    answers only the one to the last question is kept."""

    id = pk()
    supplier = ref(Tenant)
    feed = ref(Feed, unique=True)
    state = text("reading")  # reading (a worker fetches and looks) | ready | failed
    asked = whole(0)
    file_key = maybe_text()  # in the media store
    file_name = maybe_text()
    bytes = whole(0)
    error = maybe_text()  # code
    message = maybe_text()
    error_line = maybe_whole()
    error_column = maybe_whole()
    proposal = maybe_doc()  # format, label, columns with samples, warnings
    mapping = maybe_doc()
    trial_state = text("none")  # none | running | done | failed
    trial = maybe_doc()  # the last trial: counts, rejected rows, stock words, sample, and of which mapping
    base_version = whole(0)  # of the feed's mapping when the draft was begun
    changed_by = maybe_text()
    created_at = moment()
    changed_at = moment()

    mapping_draft_state = Check("state IN ('reading','ready','failed')", name="mapping_draft_state")
    mapping_draft_trial = Check(
        "trial_state IN ('none','running','done','failed')", name="mapping_draft_trial"
    )


class MappingTemplate(Table, tablename="mapping_template"):
    id = pk()
    tenant = ref(Tenant)
    name = text()
    mapping = doc()
    created_at = moment()

    mapping_template_once = Unique(["tenant", "name"], name="mapping_template_once")


class FeedRun(Table, tablename="feed_run"):
    """One execution of a feed. Counts add up: accepted + merged + attached + rejected = rows."""

    id = pk()
    supplier = ref(Tenant)
    feed = ref(Feed, index=False)  # indexes of their own begin with it
    state = state_of(states.FeedRun.PENDING)
    trigger = text("schedule")  # schedule | hand | upload | api | retry
    started_by = maybe_text()
    request_key = maybe_text()  # what a machine called its delivery: the same one is not started twice
    created_at = moment()
    started_at = maybe_moment()
    finished_at = maybe_moment()
    beat_at = maybe_moment()  # the worker's sign of life; a stale one is restarted
    attempts = whole(0)
    file_key = maybe_text()  # the fetched or uploaded file, in the media store
    file_name = maybe_text()
    sha = maybe_text()
    bytes = whole(0)
    etag = maybe_text()
    last_modified = maybe_text()
    source_time = maybe_moment()  # what the quantities are true of
    phase = maybe_text()
    done_rows = whole(0)
    expected_rows = whole(0)  # about, by what they took of the file so far; 0 when that is not known
    rows = whole(0)
    accepted = whole(0)
    merged = whole(0)
    attached = whole(0)
    rejected = whole(0)
    warned = whole(0)
    new = whole(0)
    changed = whole(0)
    unchanged = whole(0)
    vanished = whole(0)
    zeroed = whole(0)
    repriced = whole(0)
    restocked = whole(0)
    retired = whole(0)
    older = whole(0)  # left alone: what we hold has a newer source time
    reasons = doc("[]")  # why the breaker holds it
    held_at = maybe_moment()  # since when it waited, or had waited, for a person
    mapping = maybe_doc()  # as used
    mapping_version = whole(0)
    format = maybe_text()
    previous_mapping = maybe_doc()  # for undo; JSON's null: there was none
    error = maybe_text()  # code
    message = maybe_text()
    error_line = maybe_whole()
    error_column = maybe_whole()
    decided_by = maybe_text()
    columns = maybe_doc()  # names of the first cells, which rejected rows keep
    undo = maybe_doc()  # what an undo did: {restored, retired, returned, left, examples}

    feed_run_owned = Unique(["supplier", "id"], name="feed_run_owned")
    feed_run_request = Unique(["feed", "request_key"], name="feed_run_request")
    feed_run_state = one_of("state", states.FeedRun, name="feed_run_state")


class RunIssue(Table, tablename="run_issue"):
    """A row that was rejected, merged with a warning, or read with one; kept to the first 5,000 of a run."""

    id = pk()
    supplier = ref(Tenant)
    run = ref(FeedRun)
    kind = text()  # rejected | warning
    line = maybe_whole()
    sku = maybe_text()
    reason = text()
    raw = maybe_doc()  # type: ignore[assignment]  # Piccolo has a method of this name, which nobody needs here


class RunDiff(Table, tablename="run_diff"):
    """A sample of what a run changes, for the screen and for a held run: the first 500 of each kind."""

    id = pk()
    supplier = ref(Tenant)
    run = ref(FeedRun)
    kind = text()  # new | changed | vanished | zeroed | surged | repriced | returned
    sku = text()
    title = maybe_text()
    before = maybe_doc()
    after = maybe_doc()


class Offer(Table, tablename="offer"):
    """One supplier's sellable item as its feed states it. Costs are integers of 1/10,000 of the currency's unit.

    What a merchant sees is in the agreement: price less discount when `price_means` is public. `supplier` and `feed` are
    held by row security, not by foreign keys, which would cost a third of the time of a first import."""

    id = pk()
    supplier = whole()  # tenant
    feed = maybe_whole(index=True)  # the one that states it; null = by hand
    sku = text()
    group_key = maybe_text()
    title = text()
    description = maybe_text()  # sanitised when shown
    brand = maybe_text()
    mpn = maybe_text()
    gtin = maybe_text()  # raw
    gtin_valid = maybe_text()  # check digit right, prefix not internal: fit for matching
    category = maybe_text()
    google_category = maybe_text()
    options = maybe_doc()  # {"colour": "blue", "size": "M"}
    images = texts()
    link = maybe_text()
    condition = maybe_text()
    price_means = text("cost")  # cost | public
    price_e4 = maybe_whole()  # without VAT
    currency = maybe_text()
    sale_price_e4 = maybe_whole()  # lower than price_e4, valid when it was read
    msrp_e4 = maybe_whole()
    map_e4 = maybe_whole()
    price_time = maybe_moment()  # source time
    price_feed = maybe_whole()  # whose later runs confirm the price
    price_said = maybe_moment()  # the row's own time: a price older than it is not taken
    quantity = maybe_whole()  # clamped at 0; null = unknown
    quantity_kind = text("exact")  # exact | at_least | unknown
    quantity_raw = maybe_text()
    sells_up_to = whole(0)  # the quantity that may be sold: exact, the cap, or assumed_qty
    stock_time = (
        maybe_moment()
    )  # source time of the quantity, when it was written: read its age in `offer_lease`
    stock_feed = maybe_whole()  # whose later runs confirm the quantity; null = nobody's
    stock_said = maybe_moment()  # the row's own time: a quantity older than it is not taken
    availability = maybe_text()  # in_stock | out_of_stock | preorder | backorder | discontinued
    lead_days = maybe_whole()
    weight_g = maybe_whole()
    origin_country = maybe_text()
    hs_code = maybe_text()
    manufacturer = maybe_doc()  # {name, address, email}
    responsible = maybe_doc()
    warnings = maybe_text()
    min_quantity = whole(1)
    pack_quantity = whole(1)
    excluded = flag(False)
    not_sellable = maybe_text()  # null = the feed lets it be sold; else the reason's code
    # of the record as `feed` states it, with its mapping; null = compare it value by value
    hash = maybe_whole()
    stock_hash = maybe_whole()  # of the record as a stock feed, its `stock_feed`, states it
    first_run = maybe_whole()
    last_run = maybe_whole()  # that wrote it
    missing_runs = whole(0)
    retired_at = maybe_moment()
    created_at = moment()
    updated_at = moment()

    offer_key = Unique(["supplier", "sku"], name="offer_key")
    offer_quantity_kind = Check("quantity_kind IN ('exact','at_least','unknown')", name="offer_quantity_kind")
    offer_signs = Check(
        "sells_up_to >= 0 AND (quantity IS NULL OR quantity >= 0) AND (price_e4 IS NULL OR price_e4 >= 0)",
        name="offer_signs",
    )


class OfferPart(Table, tablename="offer_part"):
    """What one unit of an offer takes of a part, as the feed says: `units` of each part of a set, and one of itself of an offer that is
    a part. Sets of sets are down to what is not a set."""

    id = pk()
    supplier = ref(Tenant)
    feed = whole(index=True)  # that says so
    offer = whole()
    part = whole(index=True)
    units = whole()
    part_offer = maybe_whole(index=True)  # whose stock is the part's; null = the part is not sold by itself
    sells_up_to = whole(0)  # of a part that is no offer: what the feed said of it

    offer_part_once = Unique(["offer", "part"], name="offer_part_once")
    offer_part_signs = Check("units > 0 AND sells_up_to >= 0", name="offer_part_signs")


class FeedMiss(Table, tablename="feed_miss"):
    """Stock that a feed said was there and was not. Append only.

    `refused`: a supplier declined units of a sold line for want of stock. `short`: the feed said less than was sold already."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    feed = whole()  # whose word it was
    offer = ref(Offer)
    at = moment()
    kind = text()
    units = whole()
    run = maybe_whole()  # that said less

    feed_miss_kind = Check("kind IN ('refused','short') AND units > 0", name="feed_miss_kind")


class AgreementOffer(Table, tablename="agreement_offer"):
    """A price for one merchant, which goes before the offer's own."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    agreement = ref(Agreement)
    offer = ref(Offer)
    cost_e4 = maybe_whole()
    currency = maybe_text()
    hidden = flag()
    price_time = maybe_moment()

    agreement_offer_once = Unique(["agreement", "offer"], name="agreement_offer_once")


class AgreementOfferChange(Table, tablename="agreement_offer_change"):
    """The trail of one merchant's prices, which other merchants must not read. Append only."""

    id = pk()
    merchant = ref(Tenant)
    supplier = ref(Tenant)
    agreement = ref(Agreement)
    offer = ref(Offer)
    run = maybe_whole(index=True)
    at = moment()
    before = maybe_doc()  # null = there was none
    after = maybe_doc()  # null = it was taken away
    by = maybe_text()


class OfferChange(Table, tablename="offer_change"):
    """The trail: what a run or a person changed on an offer. `before` and `after` hold only changed fields; one that is in
    only one of them was, or became, empty. A new offer has no row: its `first_run` says where it came from."""

    id = pk()
    supplier = whole()  # tenant
    offer = ref(Offer, index=False)
    run = maybe_whole(index=True)
    at = moment()
    kind = text()  # changed | vanished | retired | returned | undone | by_hand
    before = doc()
    after = doc()
    by = maybe_text()


class OfferPhoto(Table, tablename="offer_photo"):
    id = pk()
    supplier = ref(Tenant)
    offer = ref(Offer)
    position = whole(0)
    url = text()
    media_sha = maybe_text()
    state = text("wanted")  # wanted | ready | broken
    error = maybe_text()
    etag = maybe_text()
    attempts = whole(0)
    checked_at = maybe_moment()

    offer_photo_once = Unique(["offer", "url"], name="offer_photo_once")


class Media(Table, tablename="media"):
    """A picture in the media store, by content. Served by its sha, in the widths made of it."""

    id = pk()
    sha = text(unique=True)
    width = whole()
    height = whole()
    widths = doc("[]")
    format = text("webp")
    colour = maybe_text()
    bytes = whole(0)
    created_at = moment()


class Holiday(Table, tablename="holiday"):
    """Days on which a supplier does not ship."""

    id = pk()
    supplier = ref(Tenant)
    first_day = text()  # ISO date
    last_day = text()
    name = maybe_text()
