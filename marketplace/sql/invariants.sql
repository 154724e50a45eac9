-- What Piccolo's columns cannot say: composite keys, partial indexes, guards and doors.

-- keys that cross packages whose imports go the other way
ALTER TABLE stock ADD CONSTRAINT stock_offer_fk FOREIGN KEY (offer) REFERENCES offer (id);
ALTER TABLE hold ADD CONSTRAINT hold_offer_fk FOREIGN KEY (offer) REFERENCES offer (id);
ALTER TABLE hold ADD CONSTRAINT hold_cart_fk FOREIGN KEY (cart) REFERENCES cart (id);
ALTER TABLE hold ADD CONSTRAINT hold_order_line_fk FOREIGN KEY (order_line) REFERENCES order_line (id);
ALTER TABLE supplier_order ADD CONSTRAINT supplier_order_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);
ALTER TABLE supplier_order_line ADD CONSTRAINT supplier_order_line_line_fk FOREIGN KEY (order_line) REFERENCES order_line (id);
ALTER TABLE supplier_order_line ADD CONSTRAINT supplier_order_line_offer_fk FOREIGN KEY (offer) REFERENCES offer (id);
ALTER TABLE goods_return_line ADD CONSTRAINT goods_return_line_line_fk FOREIGN KEY (supplier_order_line) REFERENCES supplier_order_line (id);
-- a run's feed is the same supplier's
ALTER TABLE feed_run ADD CONSTRAINT feed_run_feed_owned FOREIGN KEY (supplier, feed) REFERENCES feed (supplier, id);

-- what a set is made of is its own supplier's
ALTER TABLE offer_part ADD CONSTRAINT offer_part_feed_owned FOREIGN KEY (supplier, feed) REFERENCES feed (supplier, id);
ALTER TABLE offer_part ADD CONSTRAINT offer_part_offer_fk FOREIGN KEY (offer) REFERENCES offer (id);
ALTER TABLE offer_part ADD CONSTRAINT offer_part_part_owned FOREIGN KEY (supplier, part) REFERENCES part (supplier, id);
ALTER TABLE offer_part ADD CONSTRAINT offer_part_part_offer_fk FOREIGN KEY (part_offer) REFERENCES offer (id);

-- one run at work a feed: two schedulers cannot both start it. A held one waits beside it: a newer file replaces it
CREATE UNIQUE INDEX feed_run_one_open ON feed_run (feed)
    WHERE state IN ('pending', 'fetching', 'diffed', 'applying');
CREATE UNIQUE INDEX feed_run_one_held ON feed_run (feed) WHERE state = 'held';
CREATE INDEX feed_run_recent ON feed_run (feed, id DESC);
CREATE INDEX feed_run_ended ON feed_run (feed, finished_at);
CREATE INDEX feed_run_file ON feed_run (file_key) WHERE file_key IS NOT NULL;
CREATE INDEX feed_miss_recent ON feed_miss (supplier, at);
CREATE INDEX agreement_history_of ON agreement_history (agreement, id DESC);
CREATE INDEX hold_sold ON hold (supplier, created_at) WHERE kind = 'commitment';
CREATE INDEX feed_due ON feed (due_at) WHERE enabled AND archived_at IS NULL;
-- a quantity's age: what a run found unchanged is as fresh as the feed's last word. Read as whoever asks
CREATE VIEW offer_lease WITH (security_invoker = true) AS
    SELECT o.id AS offer, o.supplier,
           CASE WHEN s.confirmed_at > o.stock_time THEN s.confirmed_at ELSE o.stock_time END AS stock_time,
           CASE WHEN p.confirmed_at > o.price_time THEN p.confirmed_at ELSE o.price_time END AS price_time,
           coalesce(s.stale_after_hours, f.stale_after_hours, 26) AS stale_after_hours,
           coalesce(s.stop_after_hours, f.stop_after_hours, 72) AS stop_after_hours
      FROM offer o
      LEFT JOIN feed_pulse s ON s.feed = o.stock_feed
      LEFT JOIN feed_pulse p ON p.feed = o.price_feed
      LEFT JOIN feed_pulse f ON f.feed = o.feed;
GRANT SELECT ON offer_lease TO comptoir_app, comptoir_platform;
CREATE INDEX offer_gtin ON offer (gtin_valid) WHERE gtin_valid IS NOT NULL;
CREATE INDEX offer_missing ON offer (feed) WHERE missing_runs > 0 AND retired_at IS NULL;
CREATE INDEX offer_group ON offer (supplier, group_key) WHERE group_key IS NOT NULL;
CREATE INDEX offer_change_trail ON offer_change (offer, id DESC);
-- what is too old is found without reading the whole trail, at next to no cost for those who write it
CREATE INDEX offer_change_age ON offer_change USING brin (at) WITH (autosummarize = on);
CREATE INDEX run_issue_page ON run_issue (run, id);
CREATE INDEX hold_open_reservation ON hold (expires_at) WHERE ended_at IS NULL AND kind = 'reservation';
CREATE INDEX hold_open_commitment ON hold (supplier, offer) WHERE ended_at IS NULL AND kind = 'commitment';
CREATE INDEX outbox_new ON outbox (id) WHERE relayed_at IS NULL;
CREATE INDEX delivery_open ON delivery (ring_at) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX listing_live ON listing (merchant, position, id) WHERE will = 'live';
CREATE INDEX listing_by_price ON listing (merchant, from_price, id) WHERE will = 'live';
CREATE INDEX listing_newest ON listing (merchant, published_at DESC, id DESC) WHERE will = 'live';
CREATE INDEX product_of_category ON product (merchant, category, sort_title, id);
CREATE INDEX match_of_supplier ON match (merchant, supplier, offer);
CREATE INDEX field_state_follows ON field_state (offer) WHERE offer IS NOT NULL;
CREATE INDEX listing_photo_url ON listing_photo (merchant, source_url);
CREATE INDEX offer_photo_wanted ON offer_photo (supplier, id) WHERE state = 'wanted';
CREATE INDEX variant_gtin ON variant (merchant, gtin) WHERE gtin IS NOT NULL;
CREATE INDEX product_sort ON product (merchant, sort_title, id);
CREATE INDEX variant_of_product ON variant (product, position, id);
CREATE INDEX match_confirmed_offer ON match (offer) WHERE state = 'confirmed';
CREATE INDEX price_history_latest ON price_history (merchant, at DESC) WHERE price IS NOT NULL;
CREATE INDEX price_history_recent ON price_history (variant, at DESC);
CREATE INDEX orders_recent ON orders (merchant, id DESC);
CREATE INDEX supplier_order_todo ON supplier_order (supplier, state, id);
CREATE INDEX claim_inbox ON claim (merchant, answer_by, id) WHERE closed_at IS NULL;
CREATE INDEX claim_recent ON claim (merchant, opened_at DESC, id DESC);
CREATE INDEX claim_clock ON claim (answer_by) WHERE closed_at IS NULL AND alerted_at IS NULL;
CREATE INDEX withdrawal_clock ON withdrawal (refund_by) WHERE state IN ('declared', 'awaiting_goods', 'refund_due');
CREATE INDEX recovery_of_supplier ON recovery (supplier, id DESC);
CREATE UNIQUE INDEX cart_checkout_key ON cart (checkout_key) WHERE checkout_key IS NOT NULL;
CREATE INDEX orders_of_cart ON orders (cart, id DESC);
CREATE INDEX payment_attempt_open ON payment_attempt (id) WHERE state IN ('requested', 'sent');
CREATE INDEX mail_unsent ON mail (id) WHERE sent_at IS NULL;
CREATE INDEX field_state_pending ON field_state (merchant, product, id) WHERE pending;
CREATE INDEX match_proposed ON match (merchant, id) WHERE state = 'proposed';
CREATE INDEX variant_paused ON variant (merchant) WHERE paused_why IS NOT NULL;
CREATE INDEX listing_photo_missing ON listing_photo (merchant, product, id) WHERE media_sha IS NULL;
CREATE INDEX sign_in_attempt_recent ON sign_in_attempt (email, at DESC);
CREATE INDEX sign_in_attempt_recent_address ON sign_in_attempt (address, at DESC);

-- after a large import only the owner may look at the table anew; a feed's worker asks for it through this door
CREATE FUNCTION refresh_offer_statistics() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE offer (id, supplier, sku, feed, gtin_valid, stock_feed, price_feed);
END $$;
REVOKE ALL ON FUNCTION refresh_offer_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_offer_statistics() TO comptoir_app;

-- what linked merchants may know of a feed follows the feed
CREATE FUNCTION tell_feed_pulse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.agreement IS NOT NULL THEN -- a price list for one merchant is no other's business
        RETURN NULL;
    END IF;
    INSERT INTO feed_pulse (supplier, feed, stale_after_hours, stop_after_hours, name, speed, transport, enabled, archived_at,
        net_of)
    VALUES (NEW.supplier, NEW.id, NEW.stale_after_hours, NEW.stop_after_hours, NEW.name, NEW.speed, NEW.transport, NEW.enabled,
            NEW.archived_at, coalesce(NEW.mapping ->> 'net_of', 'agreement'))
    ON CONFLICT (feed) DO UPDATE SET stale_after_hours = EXCLUDED.stale_after_hours, stop_after_hours = EXCLUDED.stop_after_hours,
        name = EXCLUDED.name, speed = EXCLUDED.speed, transport = EXCLUDED.transport, enabled = EXCLUDED.enabled,
        archived_at = EXCLUDED.archived_at, net_of = EXCLUDED.net_of;
    RETURN NULL;
END $$;
CREATE TRIGGER feed_pulse_follows
    AFTER INSERT OR UPDATE OF name, speed, transport, enabled, archived_at, stale_after_hours, stop_after_hours, mapping ON feed
    FOR EACH ROW EXECUTE FUNCTION tell_feed_pulse();

-- neither side agrees for the other, and what was once active stays readable
CREATE FUNCTION guard_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    me bigint;
BEGIN
    IF current_user IN ('comptoir_owner', 'comptoir_platform') THEN
        RETURN NEW;
    END IF;
    me := current_setting('app.tenant_id')::bigint;
    IF TG_OP = 'INSERT' THEN
        IF (NEW.merchant_agreed_at IS NOT NULL AND me <> NEW.merchant)
           OR (NEW.supplier_agreed_at IS NOT NULL AND me <> NEW.supplier)
           OR NEW.active_since IS NOT NULL OR NEW.state <> 'proposed' THEN
            RAISE EXCEPTION 'a side agrees for itself only' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.merchant <> OLD.merchant OR NEW.supplier <> OLD.supplier THEN
        RAISE EXCEPTION 'the parties of an agreement do not change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.merchant_agreed_at IS DISTINCT FROM OLD.merchant_agreed_at AND NEW.merchant_agreed_at IS NOT NULL AND me <> OLD.merchant)
       OR (NEW.supplier_agreed_at IS DISTINCT FROM OLD.supplier_agreed_at AND NEW.supplier_agreed_at IS NOT NULL AND me <> OLD.supplier) THEN
        RAISE EXCEPTION 'a side agrees for itself only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.active_since IS NOT NULL AND NEW.active_since IS DISTINCT FROM OLD.active_since THEN
        RAISE EXCEPTION 'an agreement that was active stays on record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.active_since IS NULL AND NEW.active_since IS NOT NULL
       AND (NEW.merchant_agreed_at IS NULL OR NEW.supplier_agreed_at IS NULL) THEN
        RAISE EXCEPTION 'both sides agree before it is active' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- terms in force change only by taking over what the other side proposed
    IF OLD.active_since IS NOT NULL AND NEW.version = OLD.version AND (
        NEW.currency, NEW.discount_bp, NEW.franco_threshold, NEW.minimum_order, NEW.order_fee, NEW.shipping_fee,
        NEW.parcel_fee, NEW.cutoff, NEW.lead_days, NEW.safety_stock, NEW.ships_to, NEW.return_days, NEW.returns_to,
        NEW.pays_damage, NEW.net_of)
       IS DISTINCT FROM (
        OLD.currency, OLD.discount_bp, OLD.franco_threshold, OLD.minimum_order, OLD.order_fee, OLD.shipping_fee,
        OLD.parcel_fee, OLD.cutoff, OLD.lead_days, OLD.safety_stock, OLD.ships_to, OLD.return_days, OLD.returns_to,
        OLD.pays_damage, OLD.net_of) THEN
        RAISE EXCEPTION 'terms in force change by a new version' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.active_since IS NOT NULL AND NEW.version <> OLD.version
       AND (OLD.pending_terms IS NULL
            OR (OLD.pending_by = 'merchant' AND me <> OLD.supplier)
            OR (OLD.pending_by = 'supplier' AND me <> OLD.merchant)) THEN
        RAISE EXCEPTION 'a new version is agreed by the side that did not propose it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreement_guard BEFORE INSERT OR UPDATE ON agreement
    FOR EACH ROW EXECUTE FUNCTION guard_agreement();

-- whoever asks why something was not for sale last Tuesday needs the agreement as it was then
CREATE FUNCTION remember_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR (OLD.state, OLD.safety_stock) IS DISTINCT FROM (NEW.state, NEW.safety_stock) THEN
        INSERT INTO agreement_history (agreement, merchant, supplier, at, state, safety_stock)
            VALUES (NEW.id, NEW.merchant, NEW.supplier, clock_timestamp(), NEW.state, NEW.safety_stock);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_remembered AFTER INSERT OR UPDATE ON agreement
    FOR EACH ROW EXECUTE FUNCTION remember_agreement();

-- a debit note is the merchant's; the supplier only answers it, and nobody answers for it
CREATE FUNCTION guard_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    me bigint;
BEGIN
    IF current_user IN ('comptoir_owner', 'comptoir_platform') THEN
        RETURN NEW;
    END IF;
    me := current_setting('app.tenant_id')::bigint;
    IF TG_OP = 'INSERT' THEN
        IF me <> NEW.merchant OR NEW.state <> 'issued' THEN
            RAISE EXCEPTION 'a debit note is issued by the merchant' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.merchant, NEW.supplier, NEW.supplier_order, NEW.number, NEW.amount, NEW.freight, NEW.currency, NEW.lines, NEW.issued_at)
       IS DISTINCT FROM
       (OLD.merchant, OLD.supplier, OLD.supplier_order, OLD.number, OLD.amount, OLD.freight, OLD.currency, OLD.lines, OLD.issued_at) THEN
        RAISE EXCEPTION 'what a debit note says does not change; waive it and issue another' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.state <> OLD.state
       AND ((NEW.state IN ('accepted', 'disputed') AND me <> OLD.supplier)
            OR (NEW.state IN ('issued', 'settled', 'waived') AND me <> OLD.merchant)) THEN
        RAISE EXCEPTION 'a side answers for itself only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recovery_guard BEFORE INSERT OR UPDATE ON recovery
    FOR EACH ROW EXECUTE FUNCTION guard_recovery();

-- money moved is money booked: the sums of a charge change only after their entries are written
CREATE FUNCTION guard_charge_books() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    came bigint;
    went bigint;
BEGIN
    SELECT coalesce(sum(amount) FILTER (WHERE debit = 'gateway'), 0), coalesce(sum(amount) FILTER (WHERE credit = 'gateway'), 0)
      INTO came, went FROM entry WHERE charge = NEW.id;
    IF (NEW.captured <> OLD.captured AND NEW.captured <> came) OR (NEW.refunded <> OLD.refunded AND NEW.refunded <> went) THEN
        RAISE EXCEPTION 'charge %: captured % and refunded %, but the entries say % and %', NEW.id, NEW.captured, NEW.refunded, came, went
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER charge_books BEFORE UPDATE OF captured, refunded ON charge
    FOR EACH ROW EXECUTE FUNCTION guard_charge_books();

-- whoever takes or gives back stock, nobody forgets to say so: what can be sold elsewhere has changed with it
CREATE FUNCTION tell_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (tenant, event, payload)
    SELECT NULLIF(current_setting('app.tenant_id'), '0')::bigint, 'stock.changed',
           jsonb_build_object('supplier', n.supplier, 'offers', jsonb_agg(n.offer ORDER BY n.offer))
      FROM after n JOIN before o USING (id) WHERE n.held + n.committed <> o.held + o.committed
     GROUP BY n.supplier;
    IF FOUND THEN
        PERFORM pg_notify('comptoir_outbox', '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stock_told AFTER UPDATE ON stock REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION tell_stock();

-- the search door: row security would keep the text index from being used, so the function's owner reads all rows
-- of search_document and the function itself asks for one merchant's
ALTER TABLE search_document ADD COLUMN document tsvector
    GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED;
CREATE INDEX search_document_words ON search_document USING gin (document);
GRANT SELECT ON search_document TO comptoir_search;
CREATE POLICY search_document_search ON search_document TO comptoir_search USING (true);
CREATE FUNCTION search_products(query text, at_most integer DEFAULT 500)
    RETURNS TABLE (product bigint, rank real)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT d.product, ts_rank(d.document, q)
      FROM search_document d, to_tsquery('simple', query) q
     WHERE d.merchant = current_setting('app.tenant_id')::bigint AND d.document @@ q
     ORDER BY 2 DESC, 1
     LIMIT at_most
$$;
REVOKE ALL ON FUNCTION search_products(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_products(text, integer) TO comptoir_app, comptoir_shop;
-- `provision` made comptoir_owner a member of comptoir_search; a new owner needs CREATE for the moment of the hand-over
GRANT CREATE ON SCHEMA public TO comptoir_search;
ALTER FUNCTION search_products(text, integer) OWNER TO comptoir_search;
REVOKE CREATE ON SCHEMA public FROM comptoir_search;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO comptoir_app, comptoir_shop, comptoir_platform;
