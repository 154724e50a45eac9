-- Written by `make remigrate` from marketplace's tables.
CREATE TABLE "offer" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL,
    "feed" BIGINT,
    "sku" TEXT NOT NULL,
    "group_key" TEXT,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "brand" TEXT,
    "mpn" TEXT,
    "gtin" TEXT,
    "gtin_valid" TEXT,
    "category" TEXT,
    "google_category" TEXT,
    "options" JSONB,
    "images" TEXT[] NOT NULL DEFAULT '{}',
    "link" TEXT,
    "condition" TEXT,
    "price_means" TEXT NOT NULL DEFAULT 'cost',
    "price_e4" BIGINT,
    "currency" TEXT,
    "sale_price_e4" BIGINT,
    "msrp_e4" BIGINT,
    "map_e4" BIGINT,
    "price_time" TIMESTAMPTZ,
    "price_feed" BIGINT,
    "price_said" TIMESTAMPTZ,
    "quantity" BIGINT,
    "quantity_kind" TEXT NOT NULL DEFAULT 'exact',
    "quantity_raw" TEXT,
    "sells_up_to" BIGINT NOT NULL DEFAULT 0,
    "stock_time" TIMESTAMPTZ,
    "stock_feed" BIGINT,
    "stock_said" TIMESTAMPTZ,
    "availability" TEXT,
    "lead_days" BIGINT,
    "weight_g" BIGINT,
    "origin_country" TEXT,
    "hs_code" TEXT,
    "manufacturer" JSONB,
    "responsible" JSONB,
    "warnings" TEXT,
    "min_quantity" BIGINT NOT NULL DEFAULT 1,
    "pack_quantity" BIGINT NOT NULL DEFAULT 1,
    "excluded" BOOLEAN NOT NULL DEFAULT false,
    "not_sellable" TEXT,
    "hash" BIGINT,
    "stock_hash" BIGINT,
    "first_run" BIGINT,
    "last_run" BIGINT,
    "missing_runs" BIGINT NOT NULL DEFAULT 0,
    "retired_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX offer_feed ON "offer" USING btree ("feed");
ALTER TABLE "offer" ADD CONSTRAINT offer_key UNIQUE ("supplier", "sku");
ALTER TABLE "offer" ADD CONSTRAINT offer_quantity_kind CHECK (quantity_kind IN ('exact','at_least','unknown'));
ALTER TABLE "offer" ADD CONSTRAINT offer_signs CHECK (sells_up_to >= 0 AND (quantity IS NULL OR quantity >= 0) AND (price_e4 IS NULL OR price_e4 >= 0));
CREATE TABLE "outbox" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT,
    "event" TEXT NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "relayed_at" TIMESTAMPTZ);
CREATE TABLE "fx_rate" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "per_euro_e6" BIGINT NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'ecb');
ALTER TABLE "fx_rate" ADD CONSTRAINT fx_rate_once UNIQUE ("day", "currency");
CREATE TABLE "heartbeat" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "process" TEXT UNIQUE NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "detail" JSONB NOT NULL DEFAULT '{}');
CREATE TABLE "host_silence" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "host" TEXT UNIQUE NOT NULL,
    "until" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE TABLE "host_turn" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "host" TEXT NOT NULL,
    "until" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX host_turn_host ON "host_turn" USING btree ("host");
CREATE TABLE "media" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "sha" TEXT UNIQUE NOT NULL,
    "width" BIGINT NOT NULL,
    "height" BIGINT NOT NULL,
    "widths" JSONB NOT NULL DEFAULT '[]',
    "format" TEXT NOT NULL DEFAULT 'webp',
    "colour" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE TABLE "agreement" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "version" BIGINT NOT NULL DEFAULT 1,
    "proposed_by" TEXT NOT NULL,
    "merchant_agreed_at" TIMESTAMPTZ,
    "supplier_agreed_at" TIMESTAMPTZ,
    "active_since" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "discount_bp" BIGINT NOT NULL DEFAULT 0,
    "franco_threshold" BIGINT,
    "minimum_order" BIGINT NOT NULL DEFAULT 0,
    "order_fee" BIGINT NOT NULL DEFAULT 0,
    "shipping_fee" BIGINT NOT NULL DEFAULT 0,
    "parcel_fee" BIGINT NOT NULL DEFAULT 0,
    "cutoff" TIME NOT NULL DEFAULT '15:00:00',
    "lead_days" BIGINT NOT NULL DEFAULT 1,
    "safety_stock" BIGINT NOT NULL DEFAULT 0,
    "ships_to" TEXT[] NOT NULL DEFAULT '{}',
    "ack_hours" BIGINT NOT NULL DEFAULT 24,
    "return_days" BIGINT NOT NULL DEFAULT 14,
    "returns_to" TEXT NOT NULL DEFAULT 'supplier',
    "pays_damage" BOOLEAN NOT NULL DEFAULT true,
    "net_of" TEXT NOT NULL DEFAULT 'shipment',
    "score" BIGINT NOT NULL DEFAULT 80,
    "pending_terms" JSONB,
    "pending_by" TEXT,
    "paused_by" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX agreement_merchant ON "agreement" USING btree ("merchant");
CREATE INDEX agreement_supplier ON "agreement" USING btree ("supplier");
ALTER TABLE "agreement" ADD CONSTRAINT agreement_once UNIQUE ("merchant", "supplier");
ALTER TABLE "agreement" ADD CONSTRAINT agreement_state CHECK (state IN ('proposed', 'active', 'paused', 'declined', 'withdrawn', 'ended'));
ALTER TABLE "agreement" ADD CONSTRAINT agreement_sides CHECK (merchant <> supplier AND proposed_by IN ('merchant','supplier'));
ALTER TABLE "agreement" ADD CONSTRAINT agreement_active CHECK (state <> 'active' OR (merchant_agreed_at IS NOT NULL AND supplier_agreed_at IS NOT NULL AND active_since IS NOT NULL));
ALTER TABLE "agreement" ADD CONSTRAINT agreement_amounts CHECK (discount_bp >= 0 AND minimum_order >= 0 AND order_fee >= 0 AND shipping_fee >= 0 AND parcel_fee >= 0 AND lead_days >= 0 AND safety_stock >= 0);
ALTER TABLE "agreement" ADD CONSTRAINT agreement_discount CHECK (discount_bp <= 10000);
ALTER TABLE "agreement" ADD CONSTRAINT agreement_net_of CHECK (net_of IN ('acceptance','shipment','never'));
CREATE TABLE "charge" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "key" TEXT UNIQUE NOT NULL,
    "gateway" TEXT NOT NULL DEFAULT 'test',
    "reference" TEXT,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "authorised" BIGINT NOT NULL DEFAULT 0,
    "captured" BIGINT NOT NULL DEFAULT 0,
    "refund_reserved" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'intent',
    "authorised_at" TIMESTAMPTZ,
    "authorisation_ends_at" TIMESTAMPTZ,
    "captured_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "card_hint" TEXT);
CREATE INDEX charge_merchant ON "charge" USING btree ("merchant");
ALTER TABLE "charge" ADD CONSTRAINT charge_state CHECK (state IN ('intent', 'authorised', 'partially_captured', 'captured', 'voided', 'failed'));
ALTER TABLE "charge" ADD CONSTRAINT charge_signs CHECK (amount >= 0 AND authorised >= 0 AND captured >= 0 AND refunded >= 0);
ALTER TABLE "charge" ADD CONSTRAINT charge_caps CHECK (authorised <= amount AND captured <= authorised AND refunded <= refund_reserved AND refund_reserved <= captured);
CREATE TABLE "cart" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "token_hash" TEXT NOT NULL,
    "country" TEXT NOT NULL DEFAULT 'FR',
    "checkout" JSONB NOT NULL DEFAULT '{}',
    "checkout_key" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ordered_at" TIMESTAMPTZ);
CREATE INDEX cart_merchant ON "cart" USING btree ("merchant");
ALTER TABLE "cart" ADD CONSTRAINT cart_of_visitor UNIQUE ("merchant", "token_hash");
CREATE TABLE "category" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "parent" BIGINT REFERENCES "category" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "intro" TEXT,
    "picture_sha" TEXT,
    "position" BIGINT NOT NULL DEFAULT 0);
CREATE INDEX category_merchant ON "category" USING btree ("merchant");
CREATE INDEX category_parent ON "category" USING btree ("parent");
ALTER TABLE "category" ADD CONSTRAINT category_slug UNIQUE ("merchant", "slug");
CREATE TABLE "curation" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "selection" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'running',
    "total" BIGINT NOT NULL DEFAULT 0,
    "done" BIGINT NOT NULL DEFAULT 0,
    "last_offer" BIGINT NOT NULL DEFAULT 0,
    "report" JSONB NOT NULL DEFAULT '{}',
    "publish" BOOLEAN NOT NULL DEFAULT false,
    "started_by" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "finished_at" TIMESTAMPTZ,
    "error" TEXT);
CREATE INDEX curation_merchant ON "curation" USING btree ("merchant");
ALTER TABLE "curation" ADD CONSTRAINT curation_state CHECK (state IN ('running', 'done', 'failed'));
CREATE TABLE "hold" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "offer" BIGINT NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "quantity" BIGINT NOT NULL,
    "parts" BIGINT[],
    "part_units" BIGINT[],
    "kind" TEXT NOT NULL,
    "cart" BIGINT,
    "order_line" BIGINT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "expires_at" TIMESTAMPTZ,
    "counted_from" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "why" TEXT);
CREATE INDEX hold_offer ON "hold" USING btree ("offer");
CREATE INDEX hold_merchant ON "hold" USING btree ("merchant");
CREATE INDEX hold_supplier ON "hold" USING btree ("supplier");
CREATE INDEX hold_cart ON "hold" USING btree ("cart");
CREATE INDEX hold_order_line ON "hold" USING btree ("order_line");
ALTER TABLE "hold" ADD CONSTRAINT hold_kind CHECK (kind IN ('reservation', 'commitment'));
ALTER TABLE "hold" ADD CONSTRAINT hold_quantity CHECK (quantity > 0);
ALTER TABLE "hold" ADD CONSTRAINT hold_parts CHECK ((parts IS NULL) = (part_units IS NULL) AND (parts IS NULL OR (cardinality(parts) > 0 AND cardinality(parts) = cardinality(part_units) AND coalesce(0 < ALL (part_units), false))));
ALTER TABLE "hold" ADD CONSTRAINT hold_owner CHECK ((kind = 'reservation' AND cart IS NOT NULL AND expires_at IS NOT NULL) OR (kind = 'commitment' AND order_line IS NOT NULL AND expires_at IS NULL));
CREATE TABLE "holiday" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "first_day" TEXT NOT NULL,
    "last_day" TEXT NOT NULL,
    "name" TEXT);
CREATE INDEX holiday_supplier ON "holiday" USING btree ("supplier");
CREATE TABLE "mail" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "kind" TEXT NOT NULL,
    "about" TEXT,
    "to" TEXT NOT NULL,
    "reply_to" TEXT,
    "sender_name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text_body" TEXT NOT NULL,
    "html_body" TEXT,
    "message_id" TEXT UNIQUE NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "sent_at" TIMESTAMPTZ,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT);
CREATE INDEX mail_tenant ON "mail" USING btree ("tenant");
CREATE INDEX mail_about ON "mail" USING btree ("about");
CREATE TABLE "mapping_template" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "name" TEXT NOT NULL,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX mapping_template_tenant ON "mapping_template" USING btree ("tenant");
ALTER TABLE "mapping_template" ADD CONSTRAINT mapping_template_once UNIQUE ("tenant", "name");
CREATE TABLE "offer_part" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "feed" BIGINT NOT NULL,
    "offer" BIGINT NOT NULL,
    "part" BIGINT NOT NULL,
    "units" BIGINT NOT NULL,
    "part_offer" BIGINT,
    "sells_up_to" BIGINT NOT NULL DEFAULT 0);
CREATE INDEX offer_part_supplier ON "offer_part" USING btree ("supplier");
CREATE INDEX offer_part_feed ON "offer_part" USING btree ("feed");
CREATE INDEX offer_part_part ON "offer_part" USING btree ("part");
CREATE INDEX offer_part_part_offer ON "offer_part" USING btree ("part_offer");
ALTER TABLE "offer_part" ADD CONSTRAINT offer_part_once UNIQUE ("offer", "part");
ALTER TABLE "offer_part" ADD CONSTRAINT offer_part_signs CHECK (units > 0 AND sells_up_to >= 0);
CREATE TABLE "part" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "sku" TEXT NOT NULL,
    "taken" BIGINT NOT NULL DEFAULT 0);
CREATE INDEX part_supplier ON "part" USING btree ("supplier");
ALTER TABLE "part" ADD CONSTRAINT part_key UNIQUE ("supplier", "sku");
ALTER TABLE "part" ADD CONSTRAINT part_owned UNIQUE ("supplier", "id");
ALTER TABLE "part" ADD CONSTRAINT part_signs CHECK (taken >= 0);
CREATE TABLE "price_rule" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "position" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "rule" JSONB NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX price_rule_merchant ON "price_rule" USING btree ("merchant");
CREATE TABLE "redirect" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "from_slug" TEXT NOT NULL,
    "to_slug" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX redirect_merchant ON "redirect" USING btree ("merchant");
ALTER TABLE "redirect" ADD CONSTRAINT redirect_once UNIQUE ("merchant", "from_slug");
CREATE TABLE "search_word" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "word" TEXT NOT NULL);
ALTER TABLE "search_word" ADD CONSTRAINT search_word_once UNIQUE ("merchant", "word");
CREATE TABLE "stock" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "offer" BIGINT UNIQUE NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "held" BIGINT NOT NULL DEFAULT 0,
    "committed" BIGINT NOT NULL DEFAULT 0);
CREATE INDEX stock_supplier ON "stock" USING btree ("supplier");
ALTER TABLE "stock" ADD CONSTRAINT stock_signs CHECK (held >= 0 AND committed >= 0);
CREATE TABLE "storefront" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT UNIQUE NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "theme" TEXT NOT NULL DEFAULT 'rivage',
    "tokens" JSONB NOT NULL DEFAULT '{}',
    "tagline" TEXT,
    "intro" TEXT,
    "hero_sha" TEXT,
    "logo_svg" TEXT,
    "ships_to" TEXT[] NOT NULL DEFAULT '{}',
    "shipping_fee" BIGINT NOT NULL DEFAULT 0,
    "free_shipping_from" BIGINT,
    "capture_policy" TEXT NOT NULL DEFAULT 'acceptance',
    "margin_floor_bp" BIGINT NOT NULL DEFAULT 0,
    "gpsr_required" BOOLEAN NOT NULL DEFAULT true,
    "return_address" TEXT,
    "terms" TEXT,
    "terms_version" BIGINT NOT NULL DEFAULT 1,
    "open" BOOLEAN NOT NULL DEFAULT true);
CREATE INDEX storefront_merchant ON "storefront" USING btree ("merchant");
ALTER TABLE "storefront" ADD CONSTRAINT storefront_capture CHECK (capture_policy IN ('acceptance','shipment','order'));
CREATE TABLE "test_call" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "key" TEXT NOT NULL,
    "answer" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX test_call_merchant ON "test_call" USING btree ("merchant");
ALTER TABLE "test_call" ADD CONSTRAINT test_call_once UNIQUE ("merchant", "key");
CREATE TABLE "test_payment" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "reference" TEXT UNIQUE NOT NULL,
    "currency" TEXT NOT NULL,
    "authorised" BIGINT NOT NULL DEFAULT 0,
    "captured" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "voided" BIGINT NOT NULL DEFAULT 0,
    "card_hint" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "authorisation_ends_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX test_payment_merchant ON "test_payment" USING btree ("merchant");
CREATE TABLE "feed_miss" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "feed" BIGINT NOT NULL,
    "offer" BIGINT NOT NULL REFERENCES "offer" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "kind" TEXT NOT NULL,
    "units" BIGINT NOT NULL,
    "run" BIGINT);
CREATE INDEX feed_miss_merchant ON "feed_miss" USING btree ("merchant");
CREATE INDEX feed_miss_supplier ON "feed_miss" USING btree ("supplier");
CREATE INDEX feed_miss_offer ON "feed_miss" USING btree ("offer");
ALTER TABLE "feed_miss" ADD CONSTRAINT feed_miss_kind CHECK (kind IN ('refused','short') AND units > 0);
CREATE TABLE "offer_change" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL,
    "offer" BIGINT NOT NULL REFERENCES "offer" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "run" BIGINT,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "kind" TEXT NOT NULL,
    "before" JSONB NOT NULL DEFAULT '{}',
    "after" JSONB NOT NULL DEFAULT '{}',
    "by" TEXT);
CREATE INDEX offer_change_run ON "offer_change" USING btree ("run");
CREATE TABLE "offer_photo" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "offer" BIGINT NOT NULL REFERENCES "offer" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "position" BIGINT NOT NULL DEFAULT 0,
    "url" TEXT NOT NULL,
    "media_sha" TEXT,
    "state" TEXT NOT NULL DEFAULT 'wanted',
    "error" TEXT,
    "etag" TEXT,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ);
CREATE INDEX offer_photo_supplier ON "offer_photo" USING btree ("supplier");
CREATE INDEX offer_photo_offer ON "offer_photo" USING btree ("offer");
ALTER TABLE "offer_photo" ADD CONSTRAINT offer_photo_once UNIQUE ("offer", "url");
CREATE TABLE "delivery" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "outbox" BIGINT NOT NULL REFERENCES "outbox" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "actor" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "tenant" BIGINT,
    "args" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ring_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "rung_at" TIMESTAMPTZ,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "done_at" TIMESTAMPTZ,
    "failed_at" TIMESTAMPTZ,
    "error" TEXT);
CREATE INDEX delivery_outbox ON "delivery" USING btree ("outbox");
ALTER TABLE "delivery" ADD CONSTRAINT delivery_once UNIQUE NULLS NOT DISTINCT ("outbox", "actor", "tenant");
CREATE TABLE "agreement_history" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "agreement" BIGINT NOT NULL REFERENCES "agreement" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "state" TEXT NOT NULL,
    "safety_stock" BIGINT NOT NULL);
CREATE INDEX agreement_history_agreement ON "agreement_history" USING btree ("agreement");
CREATE INDEX agreement_history_merchant ON "agreement_history" USING btree ("merchant");
CREATE INDEX agreement_history_supplier ON "agreement_history" USING btree ("supplier");
CREATE TABLE "agreement_offer" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "agreement" BIGINT NOT NULL REFERENCES "agreement" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "offer" BIGINT NOT NULL REFERENCES "offer" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "cost_e4" BIGINT,
    "currency" TEXT,
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "price_time" TIMESTAMPTZ);
CREATE INDEX agreement_offer_merchant ON "agreement_offer" USING btree ("merchant");
CREATE INDEX agreement_offer_supplier ON "agreement_offer" USING btree ("supplier");
CREATE INDEX agreement_offer_agreement ON "agreement_offer" USING btree ("agreement");
CREATE INDEX agreement_offer_offer ON "agreement_offer" USING btree ("offer");
ALTER TABLE "agreement_offer" ADD CONSTRAINT agreement_offer_once UNIQUE ("agreement", "offer");
CREATE TABLE "agreement_offer_change" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "agreement" BIGINT NOT NULL REFERENCES "agreement" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "offer" BIGINT NOT NULL REFERENCES "offer" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "run" BIGINT,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "before" JSONB,
    "after" JSONB,
    "by" TEXT);
CREATE INDEX agreement_offer_change_merchant ON "agreement_offer_change" USING btree ("merchant");
CREATE INDEX agreement_offer_change_supplier ON "agreement_offer_change" USING btree ("supplier");
CREATE INDEX agreement_offer_change_agreement ON "agreement_offer_change" USING btree ("agreement");
CREATE INDEX agreement_offer_change_offer ON "agreement_offer_change" USING btree ("offer");
CREATE INDEX agreement_offer_change_run ON "agreement_offer_change" USING btree ("run");
CREATE TABLE "agreement_version" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "agreement" BIGINT NOT NULL REFERENCES "agreement" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "number" BIGINT NOT NULL,
    "terms" JSONB NOT NULL DEFAULT '{}',
    "agreed_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "agreed_by" TEXT NOT NULL);
CREATE INDEX agreement_version_agreement ON "agreement_version" USING btree ("agreement");
CREATE INDEX agreement_version_merchant ON "agreement_version" USING btree ("merchant");
CREATE INDEX agreement_version_supplier ON "agreement_version" USING btree ("supplier");
ALTER TABLE "agreement_version" ADD CONSTRAINT agreement_version_once UNIQUE ("agreement", "number");
CREATE TABLE "supplier_order" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "agreement" BIGINT NOT NULL REFERENCES "agreement" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order_id" BIGINT NOT NULL,
    "order_number" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT 'sale',
    "state" TEXT NOT NULL DEFAULT 'drafted',
    "cancellation" TEXT NOT NULL DEFAULT 'none',
    "currency" TEXT NOT NULL,
    "goods" BIGINT NOT NULL DEFAULT 0,
    "freight" BIGINT NOT NULL DEFAULT 0,
    "fee" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT NOT NULL DEFAULT 0,
    "hold_until" TIMESTAMPTZ,
    "drafted_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "sent_at" TIMESTAMPTZ,
    "acknowledged_at" TIMESTAMPTZ,
    "answered_at" TIMESTAMPTZ,
    "shipped_at" TIMESTAMPTZ,
    "completed_at" TIMESTAMPTZ,
    "ack_by" TIMESTAMPTZ,
    "ship_by" TIMESTAMPTZ,
    "promise_date" DATE,
    "note" TEXT,
    "alerted_at" TIMESTAMPTZ,
    "late_at" TIMESTAMPTZ);
CREATE INDEX supplier_order_merchant ON "supplier_order" USING btree ("merchant");
CREATE INDEX supplier_order_supplier ON "supplier_order" USING btree ("supplier");
CREATE INDEX supplier_order_agreement ON "supplier_order" USING btree ("agreement");
CREATE INDEX supplier_order_order_id ON "supplier_order" USING btree ("order_id");
ALTER TABLE "supplier_order" ADD CONSTRAINT supplier_order_number UNIQUE ("merchant", "number");
ALTER TABLE "supplier_order" ADD CONSTRAINT supplier_order_state CHECK (state IN ('drafted', 'held', 'sent', 'acknowledged', 'answered', 'partly_shipped', 'shipped', 'completed', 'refused', 'cancelled'));
ALTER TABLE "supplier_order" ADD CONSTRAINT supplier_order_cancellation CHECK (cancellation IN ('none', 'requested', 'granted', 'denied'));
ALTER TABLE "supplier_order" ADD CONSTRAINT supplier_order_purpose CHECK (purpose IN ('sale','replacement'));
ALTER TABLE "supplier_order" ADD CONSTRAINT supplier_order_amounts CHECK (goods >= 0 AND freight >= 0 AND fee >= 0 AND total = goods + freight + fee);
CREATE TABLE "feed" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "name" TEXT NOT NULL,
    "speed" TEXT NOT NULL DEFAULT 'full',
    "agreement" BIGINT REFERENCES "agreement" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "transport" TEXT NOT NULL DEFAULT 'http',
    "url" TEXT,
    "credentials" TEXT,
    "host_key" TEXT,
    "mapping" JSONB,
    "mapping_version" BIGINT NOT NULL DEFAULT 0,
    "every_minutes" BIGINT NOT NULL DEFAULT 60,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "due_at" TIMESTAMPTZ,
    "etag" TEXT,
    "last_modified" TEXT,
    "content_sha" TEXT,
    "content_stands" BOOLEAN NOT NULL DEFAULT true,
    "limits" JSONB NOT NULL DEFAULT '{}',
    "vanished" TEXT NOT NULL DEFAULT 'zero',
    "retire_after" BIGINT NOT NULL DEFAULT 3,
    "lag_hours" BIGINT NOT NULL DEFAULT 24,
    "stale_after_hours" BIGINT NOT NULL DEFAULT 26,
    "stop_after_hours" BIGINT NOT NULL DEFAULT 72,
    "last_ok_at" TIMESTAMPTZ,
    "failures" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "archived_at" TIMESTAMPTZ);
CREATE INDEX feed_supplier ON "feed" USING btree ("supplier");
CREATE INDEX feed_agreement ON "feed" USING btree ("agreement");
ALTER TABLE "feed" ADD CONSTRAINT feed_owned UNIQUE ("supplier", "id");
ALTER TABLE "feed" ADD CONSTRAINT feed_speed CHECK (speed IN ('full','stock'));
ALTER TABLE "feed" ADD CONSTRAINT feed_vanished CHECK (vanished IN ('keep','zero','retire'));
CREATE TABLE "entry" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "charge" BIGINT NOT NULL REFERENCES "charge" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "key" TEXT UNIQUE NOT NULL,
    "debit" TEXT NOT NULL,
    "credit" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX entry_merchant ON "entry" USING btree ("merchant");
CREATE INDEX entry_charge ON "entry" USING btree ("charge");
ALTER TABLE "entry" ADD CONSTRAINT entry_amount CHECK (amount > 0);
ALTER TABLE "entry" ADD CONSTRAINT entry_accounts CHECK (debit <> credit);
CREATE TABLE "payment_attempt" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "charge" BIGINT NOT NULL REFERENCES "charge" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "kind" TEXT NOT NULL,
    "key" TEXT UNIQUE NOT NULL,
    "amount" BIGINT NOT NULL,
    "source" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'requested',
    "reference" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "sent_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ);
CREATE INDEX payment_attempt_merchant ON "payment_attempt" USING btree ("merchant");
CREATE INDEX payment_attempt_charge ON "payment_attempt" USING btree ("charge");
ALTER TABLE "payment_attempt" ADD CONSTRAINT payment_attempt_state CHECK (state IN ('requested','sent','done','failed'));
ALTER TABLE "payment_attempt" ADD CONSTRAINT payment_attempt_kind CHECK (kind IN ('authorise','capture','void','refund'));
ALTER TABLE "payment_attempt" ADD CONSTRAINT payment_attempt_amount CHECK (amount >= 0);
CREATE TABLE "refund" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "charge" BIGINT NOT NULL REFERENCES "charge" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "key" TEXT UNIQUE NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "lines" JSONB NOT NULL DEFAULT '{}',
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "done_at" TIMESTAMPTZ,
    "error" TEXT);
CREATE INDEX refund_merchant ON "refund" USING btree ("merchant");
CREATE INDEX refund_charge ON "refund" USING btree ("charge");
ALTER TABLE "refund" ADD CONSTRAINT refund_state CHECK (state IN ('requested', 'sent', 'done', 'failed'));
ALTER TABLE "refund" ADD CONSTRAINT refund_amount CHECK (amount > 0);
CREATE TABLE "orders" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "number" TEXT,
    "state" TEXT NOT NULL DEFAULT 'awaiting_payment',
    "charge" BIGINT REFERENCES "charge" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "cart" BIGINT REFERENCES "cart" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "street" TEXT NOT NULL,
    "street2" TEXT,
    "postcode" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "note" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "currency" TEXT NOT NULL,
    "goods" BIGINT NOT NULL,
    "shipping" BIGINT NOT NULL,
    "shipping_captured" BIGINT NOT NULL DEFAULT 0,
    "shipping_refunded" BIGINT NOT NULL DEFAULT 0,
    "vat" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "promise_from" DATE,
    "promise_to" DATE,
    "terms_version" BIGINT NOT NULL DEFAULT 1,
    "placed_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "delivered_at" TIMESTAMPTZ,
    "flagged" TEXT,
    "link_sent_at" TIMESTAMPTZ);
CREATE INDEX orders_merchant ON "orders" USING btree ("merchant");
CREATE INDEX orders_charge ON "orders" USING btree ("charge");
CREATE INDEX orders_cart ON "orders" USING btree ("cart");
ALTER TABLE "orders" ADD CONSTRAINT order_number UNIQUE ("merchant", "number");
ALTER TABLE "orders" ADD CONSTRAINT order_state CHECK (state IN ('awaiting_payment', 'abandoned', 'placed', 'partly_accepted', 'accepted', 'partly_shipped', 'shipped', 'partly_delivered', 'delivered', 'lost', 'returned', 'cancelled'));
ALTER TABLE "orders" ADD CONSTRAINT order_numbered CHECK (number IS NOT NULL OR placed_at IS NULL);
ALTER TABLE "orders" ADD CONSTRAINT order_amounts CHECK (goods >= 0 AND shipping >= 0 AND vat >= 0 AND total = goods + shipping AND shipping_captured <= shipping AND shipping_refunded <= shipping_captured AND shipping_refunded >= 0);
CREATE TABLE "product" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "title" TEXT NOT NULL,
    "sort_title" TEXT NOT NULL,
    "description" TEXT,
    "brand" TEXT,
    "category" BIGINT REFERENCES "category" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "option_names" TEXT[] NOT NULL DEFAULT '{}',
    "manufacturer" JSONB,
    "responsible" JSONB,
    "warnings" TEXT,
    "withdrawal_excluded" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX product_merchant ON "product" USING btree ("merchant");
CREATE INDEX product_category ON "product" USING btree ("category");
CREATE TABLE "category_mapping" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "source" TEXT NOT NULL,
    "category" BIGINT NOT NULL REFERENCES "category" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "decided_by" TEXT);
CREATE INDEX category_mapping_merchant ON "category_mapping" USING btree ("merchant");
CREATE INDEX category_mapping_supplier ON "category_mapping" USING btree ("supplier");
CREATE INDEX category_mapping_category ON "category_mapping" USING btree ("category");
ALTER TABLE "category_mapping" ADD CONSTRAINT category_mapping_once UNIQUE ("merchant", "supplier", "source");
CREATE TABLE "delivery_address" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT UNIQUE NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "name" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "street2" TEXT,
    "postcode" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "phone" TEXT,
    "note" TEXT,
    "masked_at" TIMESTAMPTZ);
CREATE INDEX delivery_address_merchant ON "delivery_address" USING btree ("merchant");
CREATE INDEX delivery_address_supplier ON "delivery_address" USING btree ("supplier");
CREATE INDEX delivery_address_supplier_order ON "delivery_address" USING btree ("supplier_order");
CREATE TABLE "dispatch_attempt" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "channel" TEXT NOT NULL,
    "key" TEXT UNIQUE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "error" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ended_at" TIMESTAMPTZ);
CREATE INDEX dispatch_attempt_merchant ON "dispatch_attempt" USING btree ("merchant");
CREATE INDEX dispatch_attempt_supplier_order ON "dispatch_attempt" USING btree ("supplier_order");
CREATE TABLE "recovery" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'issued',
    "claim_id" BIGINT,
    "withdrawal_id" BIGINT,
    "reason" TEXT NOT NULL,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "freight" BIGINT NOT NULL DEFAULT 0,
    "why" JSONB NOT NULL DEFAULT '[]',
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "answered_at" TIMESTAMPTZ,
    "answer" TEXT,
    "settled_at" TIMESTAMPTZ);
CREATE INDEX recovery_merchant ON "recovery" USING btree ("merchant");
CREATE INDEX recovery_supplier ON "recovery" USING btree ("supplier");
CREATE INDEX recovery_supplier_order ON "recovery" USING btree ("supplier_order");
ALTER TABLE "recovery" ADD CONSTRAINT recovery_number UNIQUE ("merchant", "number");
ALTER TABLE "recovery" ADD CONSTRAINT recovery_state CHECK (state IN ('issued', 'accepted', 'disputed', 'settled', 'waived'));
ALTER TABLE "recovery" ADD CONSTRAINT recovery_amount CHECK (amount > 0);
ALTER TABLE "recovery" ADD CONSTRAINT recovery_once UNIQUE ("claim_id", "supplier_order");
ALTER TABLE "recovery" ADD CONSTRAINT recovery_withdrawal_once UNIQUE ("withdrawal_id", "supplier_order");
CREATE TABLE "goods_return" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "rma_number" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'authorised',
    "reason" TEXT NOT NULL,
    "return_by" TIMESTAMPTZ,
    "received_at" TIMESTAMPTZ,
    "received_note" TEXT,
    "booked_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "claim_id" BIGINT,
    "withdrawal_id" BIGINT);
CREATE INDEX goods_return_merchant ON "goods_return" USING btree ("merchant");
CREATE INDEX goods_return_supplier ON "goods_return" USING btree ("supplier");
CREATE INDEX goods_return_supplier_order ON "goods_return" USING btree ("supplier_order");
ALTER TABLE "goods_return" ADD CONSTRAINT goods_return_number UNIQUE ("merchant", "rma_number");
ALTER TABLE "goods_return" ADD CONSTRAINT goods_return_state CHECK (state IN ('authorised', 'in_transit', 'received', 'accepted', 'refused', 'cancelled', 'expired'));
CREATE TABLE "shipment" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "number" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "tracking_number" TEXT,
    "tracking_url" TEXT,
    "state" TEXT NOT NULL DEFAULT 'announced',
    "shipped_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "delivered_at" TIMESTAMPTZ,
    "confirmed_by" TEXT NOT NULL,
    "key" TEXT,
    "alerted_at" TIMESTAMPTZ);
CREATE INDEX shipment_merchant ON "shipment" USING btree ("merchant");
CREATE INDEX shipment_supplier ON "shipment" USING btree ("supplier");
CREATE INDEX shipment_supplier_order ON "shipment" USING btree ("supplier_order");
ALTER TABLE "shipment" ADD CONSTRAINT shipment_key UNIQUE ("supplier_order", "key");
ALTER TABLE "shipment" ADD CONSTRAINT shipment_number UNIQUE ("merchant", "number");
ALTER TABLE "shipment" ADD CONSTRAINT shipment_state CHECK (state IN ('announced', 'in_transit', 'delivered', 'lost', 'returned_to_sender', 'voided'));
CREATE TABLE "supplier_order_line" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order_line" BIGINT NOT NULL,
    "offer" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "options" JSONB NOT NULL DEFAULT '{}',
    "pack_quantity" BIGINT NOT NULL DEFAULT 1,
    "unit_cost_e4" BIGINT NOT NULL,
    "ordered" BIGINT NOT NULL,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "cancelled" BIGINT NOT NULL DEFAULT 0,
    "shipped" BIGINT NOT NULL DEFAULT 0,
    "delivered" BIGINT NOT NULL DEFAULT 0,
    "lost" BIGINT NOT NULL DEFAULT 0,
    "cancel_wanted" BIGINT NOT NULL DEFAULT 0,
    "given_up" BIGINT NOT NULL DEFAULT 0,
    "given_up_booked" BIGINT NOT NULL DEFAULT 0,
    "refusal_reason" TEXT,
    "refusal_note" TEXT);
CREATE INDEX supplier_order_line_merchant ON "supplier_order_line" USING btree ("merchant");
CREATE INDEX supplier_order_line_supplier ON "supplier_order_line" USING btree ("supplier");
CREATE INDEX supplier_order_line_supplier_order ON "supplier_order_line" USING btree ("supplier_order");
CREATE INDEX supplier_order_line_order_line ON "supplier_order_line" USING btree ("order_line");
CREATE INDEX supplier_order_line_offer ON "supplier_order_line" USING btree ("offer");
ALTER TABLE "supplier_order_line" ADD CONSTRAINT supplier_order_line_signs CHECK (unit_cost_e4 >= 0 AND accepted >= 0 AND refused >= 0 AND cancelled >= 0 AND shipped >= 0 AND delivered >= 0 AND lost >= 0 AND cancel_wanted >= 0 AND given_up_booked >= 0);
ALTER TABLE "supplier_order_line" ADD CONSTRAINT supplier_order_line_sums CHECK (ordered > 0 AND accepted + refused + cancelled <= ordered AND shipped <= accepted AND delivered + lost <= shipped AND given_up <= cancelled AND given_up_booked <= given_up);
ALTER TABLE "supplier_order_line" ADD CONSTRAINT supplier_order_line_reason CHECK (refused = 0 OR refusal_reason IS NOT NULL);
CREATE TABLE "supplier_order_transition" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "what" TEXT NOT NULL,
    "was" TEXT,
    "now" TEXT,
    "who" TEXT NOT NULL DEFAULT 'system',
    "why" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}');
CREATE INDEX supplier_order_transition_merchant ON "supplier_order_transition" USING btree ("merchant");
CREATE INDEX supplier_order_transition_supplier ON "supplier_order_transition" USING btree ("supplier");
CREATE INDEX supplier_order_transition_supplier_order ON "supplier_order_transition" USING btree ("supplier_order");
CREATE TABLE "feed_pulse" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "feed" BIGINT UNIQUE NOT NULL REFERENCES "feed" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "confirmed_at" TIMESTAMPTZ,
    "silence" TEXT,
    "stale_after_hours" BIGINT NOT NULL DEFAULT 26,
    "stop_after_hours" BIGINT NOT NULL DEFAULT 72,
    "net_of" TEXT NOT NULL DEFAULT 'agreement',
    "name" TEXT NOT NULL DEFAULT '',
    "speed" TEXT NOT NULL DEFAULT 'full',
    "transport" TEXT NOT NULL DEFAULT 'http',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "archived_at" TIMESTAMPTZ);
CREATE INDEX feed_pulse_supplier ON "feed_pulse" USING btree ("supplier");
CREATE INDEX feed_pulse_feed ON "feed_pulse" USING btree ("feed");
ALTER TABLE "feed_pulse" ADD CONSTRAINT feed_pulse_silence CHECK (silence IN ('told','harmless'));
CREATE TABLE "feed_run" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "feed" BIGINT NOT NULL REFERENCES "feed" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "trigger" TEXT NOT NULL DEFAULT 'schedule',
    "started_by" TEXT,
    "request_key" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "started_at" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ,
    "beat_at" TIMESTAMPTZ,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "file_key" TEXT,
    "file_name" TEXT,
    "sha" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "etag" TEXT,
    "last_modified" TEXT,
    "source_time" TIMESTAMPTZ,
    "phase" TEXT,
    "done_rows" BIGINT NOT NULL DEFAULT 0,
    "expected_rows" BIGINT NOT NULL DEFAULT 0,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "merged" BIGINT NOT NULL DEFAULT 0,
    "attached" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "warned" BIGINT NOT NULL DEFAULT 0,
    "new" BIGINT NOT NULL DEFAULT 0,
    "changed" BIGINT NOT NULL DEFAULT 0,
    "unchanged" BIGINT NOT NULL DEFAULT 0,
    "vanished" BIGINT NOT NULL DEFAULT 0,
    "zeroed" BIGINT NOT NULL DEFAULT 0,
    "repriced" BIGINT NOT NULL DEFAULT 0,
    "restocked" BIGINT NOT NULL DEFAULT 0,
    "retired" BIGINT NOT NULL DEFAULT 0,
    "older" BIGINT NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "held_at" TIMESTAMPTZ,
    "mapping" JSONB,
    "mapping_version" BIGINT NOT NULL DEFAULT 0,
    "format" TEXT,
    "previous_mapping" JSONB,
    "error" TEXT,
    "message" TEXT,
    "error_line" BIGINT,
    "error_column" BIGINT,
    "decided_by" TEXT,
    "columns" JSONB,
    "undo" JSONB);
CREATE INDEX feed_run_supplier ON "feed_run" USING btree ("supplier");
ALTER TABLE "feed_run" ADD CONSTRAINT feed_run_owned UNIQUE ("supplier", "id");
ALTER TABLE "feed_run" ADD CONSTRAINT feed_run_request UNIQUE ("feed", "request_key");
ALTER TABLE "feed_run" ADD CONSTRAINT feed_run_state CHECK (state IN ('pending', 'fetching', 'unchanged', 'diffed', 'held', 'applying', 'applied', 'undone', 'dropped', 'failed'));
CREATE TABLE "mapping_draft" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "feed" BIGINT UNIQUE NOT NULL REFERENCES "feed" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "state" TEXT NOT NULL DEFAULT 'reading',
    "asked" BIGINT NOT NULL DEFAULT 0,
    "file_key" TEXT,
    "file_name" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "message" TEXT,
    "error_line" BIGINT,
    "error_column" BIGINT,
    "proposal" JSONB,
    "mapping" JSONB,
    "trial_state" TEXT NOT NULL DEFAULT 'none',
    "trial" JSONB,
    "base_version" BIGINT NOT NULL DEFAULT 0,
    "changed_by" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "changed_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX mapping_draft_supplier ON "mapping_draft" USING btree ("supplier");
CREATE INDEX mapping_draft_feed ON "mapping_draft" USING btree ("feed");
ALTER TABLE "mapping_draft" ADD CONSTRAINT mapping_draft_state CHECK (state IN ('reading','ready','failed'));
ALTER TABLE "mapping_draft" ADD CONSTRAINT mapping_draft_trial CHECK (trial_state IN ('none','running','done','failed'));
CREATE TABLE "claim" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order" BIGINT NOT NULL REFERENCES "orders" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "cause" TEXT NOT NULL,
    "wish" TEXT NOT NULL DEFAULT 'refund',
    "key" TEXT,
    "opened_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "answer_by" TIMESTAMPTZ,
    "alerted_at" TIMESTAMPTZ,
    "closed_at" TIMESTAMPTZ);
CREATE INDEX claim_merchant ON "claim" USING btree ("merchant");
CREATE INDEX claim_order ON "claim" USING btree ("order");
ALTER TABLE "claim" ADD CONSTRAINT claim_number UNIQUE ("merchant", "number");
ALTER TABLE "claim" ADD CONSTRAINT claim_key UNIQUE ("merchant", "key");
ALTER TABLE "claim" ADD CONSTRAINT claim_state CHECK (state IN ('open', 'awaiting_shopper', 'awaiting_return', 'resolved', 'rejected', 'withdrawn'));
CREATE TABLE "order_transition" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order" BIGINT NOT NULL REFERENCES "orders" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "what" TEXT NOT NULL,
    "was" TEXT,
    "now" TEXT,
    "who" TEXT NOT NULL DEFAULT 'system',
    "why" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "shopper_sees" BOOLEAN NOT NULL DEFAULT false);
CREATE INDEX order_transition_merchant ON "order_transition" USING btree ("merchant");
CREATE INDEX order_transition_order ON "order_transition" USING btree ("order");
CREATE TABLE "routing_decision" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order" BIGINT NOT NULL REFERENCES "orders" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "number" BIGINT NOT NULL DEFAULT 1,
    "why" TEXT NOT NULL DEFAULT 'placed',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "problem" JSONB NOT NULL DEFAULT '{}',
    "decision" JSONB NOT NULL DEFAULT '{}',
    "total" BIGINT);
CREATE INDEX routing_decision_merchant ON "routing_decision" USING btree ("merchant");
CREATE INDEX routing_decision_order ON "routing_decision" USING btree ("order");
ALTER TABLE "routing_decision" ADD CONSTRAINT routing_decision_once UNIQUE ("order", "number");
CREATE TABLE "withdrawal" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order" BIGINT NOT NULL REFERENCES "orders" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'declared',
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "declaration" TEXT NOT NULL,
    "key" TEXT,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "entire" BOOLEAN NOT NULL DEFAULT false,
    "declared_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "goods_at" TIMESTAMPTZ,
    "alerted_at" TIMESTAMPTZ,
    "receipt_sent_at" TIMESTAMPTZ,
    "refund_by" TIMESTAMPTZ,
    "refund" BIGINT REFERENCES "refund" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "amount" BIGINT NOT NULL DEFAULT 0,
    "refused_why" TEXT,
    "decided_by" TEXT);
CREATE INDEX withdrawal_merchant ON "withdrawal" USING btree ("merchant");
CREATE INDEX withdrawal_order ON "withdrawal" USING btree ("order");
CREATE INDEX withdrawal_refund ON "withdrawal" USING btree ("refund");
ALTER TABLE "withdrawal" ADD CONSTRAINT withdrawal_number UNIQUE ("merchant", "number");
ALTER TABLE "withdrawal" ADD CONSTRAINT withdrawal_key UNIQUE ("merchant", "key");
ALTER TABLE "withdrawal" ADD CONSTRAINT withdrawal_state CHECK (state IN ('declared', 'awaiting_goods', 'refund_due', 'refunded', 'refused'));
CREATE TABLE "variant" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "product" BIGINT NOT NULL REFERENCES "product" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "sku" TEXT NOT NULL,
    "gtin" TEXT,
    "options" JSONB NOT NULL DEFAULT '{}',
    "position" BIGINT NOT NULL DEFAULT 0,
    "tax_category" TEXT NOT NULL DEFAULT 'standard',
    "weight_g" BIGINT,
    "price" BIGINT,
    "own_price" BIGINT,
    "price_rule" BIGINT,
    "price_why" JSONB NOT NULL DEFAULT '{}',
    "cost_e4" BIGINT,
    "cost_offer" BIGINT,
    "sellable" BOOLEAN NOT NULL DEFAULT false,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "available" BIGINT NOT NULL DEFAULT 0,
    "stock_time" TIMESTAMPTZ,
    "lead_days" BIGINT,
    "paused_why" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX variant_merchant ON "variant" USING btree ("merchant");
CREATE INDEX variant_product ON "variant" USING btree ("product");
ALTER TABLE "variant" ADD CONSTRAINT variant_sku UNIQUE ("merchant", "sku");
ALTER TABLE "variant" ADD CONSTRAINT variant_amounts CHECK ((price IS NULL OR price > 0) AND (own_price IS NULL OR own_price > 0) AND available >= 0);
CREATE TABLE "listing" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "product" BIGINT UNIQUE NOT NULL REFERENCES "product" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "slug" TEXT NOT NULL,
    "will" TEXT NOT NULL DEFAULT 'draft',
    "published_at" TIMESTAMPTZ,
    "position" BIGINT NOT NULL DEFAULT 0,
    "featured" BOOLEAN NOT NULL DEFAULT false,
    "seo_title" TEXT,
    "seo_description" TEXT,
    "from_price" BIGINT,
    "sellable" BOOLEAN NOT NULL DEFAULT false,
    "photo_sha" TEXT,
    "photo_colour" TEXT,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX listing_merchant ON "listing" USING btree ("merchant");
CREATE INDEX listing_product ON "listing" USING btree ("product");
ALTER TABLE "listing" ADD CONSTRAINT listing_slug UNIQUE ("merchant", "slug");
ALTER TABLE "listing" ADD CONSTRAINT listing_will CHECK (will IN ('draft', 'live', 'paused', 'retired'));
CREATE TABLE "search_document" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "product" BIGINT UNIQUE NOT NULL REFERENCES "product" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "language" TEXT NOT NULL DEFAULT 'simple',
    "words" TEXT NOT NULL);
CREATE INDEX search_document_merchant ON "search_document" USING btree ("merchant");
CREATE INDEX search_document_product ON "search_document" USING btree ("product");
CREATE TABLE "forwarded_message" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order" BIGINT NOT NULL REFERENCES "supplier_order" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "recovery" BIGINT REFERENCES "recovery" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "claim_id" BIGINT,
    "author" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX forwarded_message_merchant ON "forwarded_message" USING btree ("merchant");
CREATE INDEX forwarded_message_supplier ON "forwarded_message" USING btree ("supplier");
CREATE INDEX forwarded_message_supplier_order ON "forwarded_message" USING btree ("supplier_order");
CREATE INDEX forwarded_message_recovery ON "forwarded_message" USING btree ("recovery");
CREATE INDEX forwarded_message_claim_id ON "forwarded_message" USING btree ("claim_id");
ALTER TABLE "forwarded_message" ADD CONSTRAINT forwarded_message_author CHECK (author IN ('merchant','supplier'));
CREATE TABLE "goods_return_line" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "goods_return" BIGINT NOT NULL REFERENCES "goods_return" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order_line" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "received" BIGINT NOT NULL DEFAULT 0);
CREATE INDEX goods_return_line_merchant ON "goods_return_line" USING btree ("merchant");
CREATE INDEX goods_return_line_supplier ON "goods_return_line" USING btree ("supplier");
CREATE INDEX goods_return_line_goods_return ON "goods_return_line" USING btree ("goods_return");
CREATE INDEX goods_return_line_supplier_order_line ON "goods_return_line" USING btree ("supplier_order_line");
ALTER TABLE "goods_return_line" ADD CONSTRAINT goods_return_line_quantities CHECK (quantity > 0 AND received BETWEEN 0 AND quantity);
CREATE TABLE "tracking_event" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "shipment" BIGINT NOT NULL REFERENCES "shipment" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "was" TEXT,
    "now" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "who" TEXT NOT NULL DEFAULT 'system',
    "note" TEXT);
CREATE INDEX tracking_event_merchant ON "tracking_event" USING btree ("merchant");
CREATE INDEX tracking_event_supplier ON "tracking_event" USING btree ("supplier");
CREATE INDEX tracking_event_shipment ON "tracking_event" USING btree ("shipment");
CREATE TABLE "shipment_line" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "shipment" BIGINT NOT NULL REFERENCES "shipment" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier_order_line" BIGINT NOT NULL REFERENCES "supplier_order_line" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "quantity" BIGINT NOT NULL);
CREATE INDEX shipment_line_merchant ON "shipment_line" USING btree ("merchant");
CREATE INDEX shipment_line_supplier ON "shipment_line" USING btree ("supplier");
CREATE INDEX shipment_line_shipment ON "shipment_line" USING btree ("shipment");
CREATE INDEX shipment_line_supplier_order_line ON "shipment_line" USING btree ("supplier_order_line");
ALTER TABLE "shipment_line" ADD CONSTRAINT shipment_line_once UNIQUE ("shipment", "supplier_order_line");
ALTER TABLE "shipment_line" ADD CONSTRAINT shipment_line_quantity CHECK (quantity > 0);
CREATE TABLE "run_diff" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "run" BIGINT NOT NULL REFERENCES "feed_run" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "kind" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT,
    "before" JSONB,
    "after" JSONB);
CREATE INDEX run_diff_supplier ON "run_diff" USING btree ("supplier");
CREATE INDEX run_diff_run ON "run_diff" USING btree ("run");
CREATE TABLE "run_issue" ("raw" JSONB,
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "run" BIGINT NOT NULL REFERENCES "feed_run" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "kind" TEXT NOT NULL,
    "line" BIGINT,
    "sku" TEXT,
    "reason" TEXT NOT NULL);
CREATE INDEX run_issue_supplier ON "run_issue" USING btree ("supplier");
CREATE INDEX run_issue_run ON "run_issue" USING btree ("run");
CREATE TABLE "claim_message" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "claim" BIGINT NOT NULL REFERENCES "claim" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "audience" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX claim_message_merchant ON "claim_message" USING btree ("merchant");
CREATE INDEX claim_message_claim ON "claim_message" USING btree ("claim");
ALTER TABLE "claim_message" ADD CONSTRAINT claim_message_audience CHECK (audience IN ('shopper','supplier','staff'));
CREATE TABLE "claim_transition" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "claim" BIGINT NOT NULL REFERENCES "claim" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "what" TEXT NOT NULL,
    "was" TEXT,
    "now" TEXT,
    "who" TEXT NOT NULL DEFAULT 'system',
    "why" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}');
CREATE INDEX claim_transition_merchant ON "claim_transition" USING btree ("merchant");
CREATE INDEX claim_transition_claim ON "claim_transition" USING btree ("claim");
CREATE TABLE "resolution" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "claim" BIGINT UNIQUE NOT NULL REFERENCES "claim" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL DEFAULT 0,
    "refund" BIGINT REFERENCES "refund" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "recovery_amount" BIGINT NOT NULL DEFAULT 0,
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "note" TEXT);
CREATE INDEX resolution_merchant ON "resolution" USING btree ("merchant");
CREATE INDEX resolution_claim ON "resolution" USING btree ("claim");
CREATE INDEX resolution_refund ON "resolution" USING btree ("refund");
ALTER TABLE "resolution" ADD CONSTRAINT resolution_kind CHECK (kind IN ('refund','part_refund','replacement','advice','rejected'));
CREATE TABLE "cart_line" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "cart" BIGINT NOT NULL REFERENCES "cart" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "variant" BIGINT NOT NULL REFERENCES "variant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "quantity" BIGINT NOT NULL,
    "added_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX cart_line_merchant ON "cart_line" USING btree ("merchant");
CREATE INDEX cart_line_cart ON "cart_line" USING btree ("cart");
CREATE INDEX cart_line_variant ON "cart_line" USING btree ("variant");
ALTER TABLE "cart_line" ADD CONSTRAINT cart_line_once UNIQUE ("cart", "variant");
ALTER TABLE "cart_line" ADD CONSTRAINT cart_line_quantity CHECK (quantity BETWEEN 1 AND 999);
CREATE TABLE "order_line" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order" BIGINT NOT NULL REFERENCES "orders" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "position" BIGINT NOT NULL,
    "variant" BIGINT NOT NULL REFERENCES "variant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "title" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "options" JSONB NOT NULL DEFAULT '{}',
    "photo_sha" TEXT,
    "unit_price" BIGINT NOT NULL,
    "vat_bp" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "promise_date" DATE,
    "withdrawal_excluded" TEXT,
    "ordered" BIGINT NOT NULL,
    "cancelled" BIGINT NOT NULL DEFAULT 0,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "shipped" BIGINT NOT NULL DEFAULT 0,
    "delivered" BIGINT NOT NULL DEFAULT 0,
    "lost" BIGINT NOT NULL DEFAULT 0,
    "returned" BIGINT NOT NULL DEFAULT 0,
    "captured" BIGINT NOT NULL DEFAULT 0,
    "refund_reserved" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0);
CREATE INDEX order_line_merchant ON "order_line" USING btree ("merchant");
CREATE INDEX order_line_order ON "order_line" USING btree ("order");
CREATE INDEX order_line_variant ON "order_line" USING btree ("variant");
ALTER TABLE "order_line" ADD CONSTRAINT order_line_signs CHECK (unit_price >= 0 AND vat_bp >= 0 AND ordered >= 0 AND cancelled >= 0 AND accepted >= 0 AND refused >= 0 AND shipped >= 0 AND delivered >= 0 AND lost >= 0 AND returned >= 0 AND captured >= 0 AND refund_reserved >= 0 AND refunded >= 0);
ALTER TABLE "order_line" ADD CONSTRAINT order_line_sums CHECK (ordered > 0 AND accepted + cancelled <= ordered AND shipped <= accepted AND delivered + lost <= shipped AND returned <= delivered);
ALTER TABLE "order_line" ADD CONSTRAINT order_line_money CHECK (amount = ordered * unit_price AND captured <= amount AND refunded <= refund_reserved AND refund_reserved <= captured);
CREATE TABLE "field_state" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "product" BIGINT NOT NULL REFERENCES "product" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "variant" BIGINT REFERENCES "variant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "field" TEXT NOT NULL,
    "feed_value" TEXT,
    "taken_value" TEXT,
    "own_value" TEXT,
    "lock" TEXT NOT NULL DEFAULT 'none',
    "pending" BOOLEAN NOT NULL DEFAULT false,
    "pending_since" TIMESTAMPTZ,
    "offer" BIGINT,
    "decided_by" TEXT,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX field_state_merchant ON "field_state" USING btree ("merchant");
CREATE INDEX field_state_product ON "field_state" USING btree ("product");
CREATE INDEX field_state_variant ON "field_state" USING btree ("variant");
ALTER TABLE "field_state" ADD CONSTRAINT field_state_once UNIQUE NULLS NOT DISTINCT ("product", "variant", "field");
ALTER TABLE "field_state" ADD CONSTRAINT field_state_lock CHECK (lock IN ('none', 'mine', 'theirs'));
CREATE TABLE "listing_photo" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "product" BIGINT NOT NULL REFERENCES "product" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "variant" BIGINT REFERENCES "variant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "position" BIGINT NOT NULL DEFAULT 0,
    "media_sha" TEXT,
    "source_url" TEXT,
    "alt" TEXT,
    "width" BIGINT,
    "height" BIGINT,
    "colour" TEXT);
CREATE INDEX listing_photo_merchant ON "listing_photo" USING btree ("merchant");
CREATE INDEX listing_photo_product ON "listing_photo" USING btree ("product");
CREATE INDEX listing_photo_variant ON "listing_photo" USING btree ("variant");
ALTER TABLE "listing_photo" ADD CONSTRAINT listing_photo_once UNIQUE ("product", "source_url");
CREATE TABLE "match" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "variant" BIGINT NOT NULL REFERENCES "variant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "offer" BIGINT NOT NULL REFERENCES "offer" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "pack_quantity" BIGINT NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'confirmed',
    "why" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX match_merchant ON "match" USING btree ("merchant");
CREATE INDEX match_variant ON "match" USING btree ("variant");
CREATE INDEX match_offer ON "match" USING btree ("offer");
CREATE INDEX match_supplier ON "match" USING btree ("supplier");
ALTER TABLE "match" ADD CONSTRAINT match_once UNIQUE ("variant", "offer");
ALTER TABLE "match" ADD CONSTRAINT match_state CHECK (state IN ('confirmed', 'proposed', 'rejected'));
ALTER TABLE "match" ADD CONSTRAINT match_pack CHECK (pack_quantity > 0);
CREATE TABLE "price_history" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "variant" BIGINT NOT NULL REFERENCES "variant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "price" BIGINT,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX price_history_variant ON "price_history" USING btree ("variant");
CREATE TABLE "forwarded_photo" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "supplier" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "message" BIGINT NOT NULL REFERENCES "forwarded_message" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "content_type" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "width" BIGINT,
    "height" BIGINT);
CREATE INDEX forwarded_photo_merchant ON "forwarded_photo" USING btree ("merchant");
CREATE INDEX forwarded_photo_supplier ON "forwarded_photo" USING btree ("supplier");
CREATE INDEX forwarded_photo_message ON "forwarded_photo" USING btree ("message");
CREATE TABLE "attachment" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "claim" BIGINT NOT NULL REFERENCES "claim" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "message" BIGINT REFERENCES "claim_message" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "width" BIGINT,
    "height" BIGINT,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX attachment_merchant ON "attachment" USING btree ("merchant");
CREATE INDEX attachment_claim ON "attachment" USING btree ("claim");
CREATE INDEX attachment_message ON "attachment" USING btree ("message");
CREATE TABLE "claim_line" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "merchant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "claim" BIGINT NOT NULL REFERENCES "claim" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "order_line" BIGINT NOT NULL REFERENCES "order_line" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "quantity" BIGINT NOT NULL);
CREATE INDEX claim_line_merchant ON "claim_line" USING btree ("merchant");
CREATE INDEX claim_line_claim ON "claim_line" USING btree ("claim");
CREATE INDEX claim_line_order_line ON "claim_line" USING btree ("order_line");
ALTER TABLE "claim_line" ADD CONSTRAINT claim_line_once UNIQUE ("claim", "order_line");
ALTER TABLE "claim_line" ADD CONSTRAINT claim_line_quantity CHECK (quantity > 0);
