-- Written by `make remigrate` from tenants's tables.
CREATE TABLE "tenant" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "kind" TEXT NOT NULL,
    "slug" TEXT UNIQUE NOT NULL,
    "name" TEXT NOT NULL,
    "managed_by" BIGINT REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "country" TEXT NOT NULL DEFAULT 'FR',
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "zone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "legal_name" TEXT,
    "legal_form" TEXT,
    "registration_number" TEXT,
    "vat_number" TEXT,
    "identity_verified_at" TIMESTAMPTZ,
    "street" TEXT,
    "postcode" TEXT,
    "city" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "mediator" TEXT,
    "director" TEXT,
    "host_provider" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "closed_at" TIMESTAMPTZ);
CREATE INDEX tenant_managed_by ON "tenant" USING btree ("managed_by");
ALTER TABLE "tenant" ADD CONSTRAINT tenant_kind CHECK (kind IN ('merchant', 'supplier'));
ALTER TABLE "tenant" ADD CONSTRAINT tenant_slug CHECK (slug ~ '^[a-z0-9](-?[a-z0-9]){1,39}$');
ALTER TABLE "tenant" ADD CONSTRAINT tenant_managed CHECK (managed_by IS NULL OR kind = 'supplier');
CREATE TABLE "person" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "email" TEXT UNIQUE NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "is_operator" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "email_verified_at" TIMESTAMPTZ);
ALTER TABLE "person" ADD CONSTRAINT person_email_lower CHECK (email = lower(email) AND email ~ '^[^@ ]+@[^@ ]+$');
CREATE TABLE "sign_in_attempt" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "succeeded" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE TABLE "api_key" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "name" TEXT NOT NULL,
    "prefix" TEXT UNIQUE NOT NULL,
    "key_hash" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "last_used_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ,
    "revoked_by" TEXT);
CREATE INDEX api_key_tenant ON "api_key" USING btree ("tenant");
CREATE TABLE "audit_event" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "person" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX audit_event_tenant ON "audit_event" USING btree ("tenant");
CREATE TABLE "counter" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "series" TEXT NOT NULL,
    "year" BIGINT NOT NULL DEFAULT 0,
    "value" BIGINT NOT NULL DEFAULT 0);
CREATE INDEX counter_tenant ON "counter" USING btree ("tenant");
ALTER TABLE "counter" ADD CONSTRAINT counter_once UNIQUE ("tenant", "series", "year");
CREATE TABLE "domain" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "host" TEXT UNIQUE NOT NULL,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "verified_at" TIMESTAMPTZ);
CREATE INDEX domain_tenant ON "domain" USING btree ("tenant");
ALTER TABLE "domain" ADD CONSTRAINT domain_lower CHECK (host = lower(host) AND host !~ ':');
CREATE TABLE "invitation" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT 'colleague',
    "agreement" TEXT,
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "expires_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "accepted_at" TIMESTAMPTZ,
    "withdrawn_at" TIMESTAMPTZ);
CREATE INDEX invitation_tenant ON "invitation" USING btree ("tenant");
ALTER TABLE "invitation" ADD CONSTRAINT invitation_role CHECK (role IN ('owner', 'catalogue', 'orders', 'support', 'read_only', 'warehouse'));
ALTER TABLE "invitation" ADD CONSTRAINT invitation_purpose CHECK (purpose IN ('colleague','supplier','claim_managed'));
CREATE TABLE "saved_view" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp);
CREATE INDEX saved_view_tenant ON "saved_view" USING btree ("tenant");
ALTER TABLE "saved_view" ADD CONSTRAINT saved_view_once UNIQUE ("tenant", "page", "name");
CREATE TABLE "tenant_card" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "tenant" BIGINT UNIQUE NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "kind" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "city" TEXT,
    "email" TEXT,
    "logo_sha" TEXT,
    "zone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "brand" JSONB NOT NULL DEFAULT '{}');
CREATE INDEX tenant_card_tenant ON "tenant_card" USING btree ("tenant");
CREATE TABLE "membership" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "tenant" BIGINT NOT NULL REFERENCES "tenant" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "role" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "person_email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ended_at" TIMESTAMPTZ);
CREATE INDEX membership_person ON "membership" USING btree ("person");
CREATE INDEX membership_tenant ON "membership" USING btree ("tenant");
ALTER TABLE "membership" ADD CONSTRAINT membership_once UNIQUE ("person", "tenant");
ALTER TABLE "membership" ADD CONSTRAINT membership_role CHECK (role IN ('owner', 'catalogue', 'orders', 'support', 'read_only', 'warehouse'));
CREATE TABLE "session" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "token_hash" TEXT UNIQUE NOT NULL,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "csrf_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "seen_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "expires_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "address" TEXT,
    "user_agent" TEXT,
    "ended_at" TIMESTAMPTZ);
CREATE INDEX session_person ON "session" USING btree ("person");
CREATE TABLE "api_use" ("id" BIGSERIAL PRIMARY KEY NOT NULL,
    "api_key" BIGINT UNIQUE NOT NULL REFERENCES "api_key" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION,
    "minute" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "asked" BIGINT NOT NULL DEFAULT 0,
    "sent" BIGINT NOT NULL DEFAULT 0);
