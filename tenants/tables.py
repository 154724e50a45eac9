"""Who is asking: organisations, people, and what ties them. Knows nothing of commerce."""

from enum import StrEnum

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from marketplace.kernel.columns import (
    doc,
    flag,
    maybe_moment,
    maybe_ref,
    maybe_text,
    moment,
    one_of,
    pk,
    ref,
    text,
    whole,
)


class TenantKind(StrEnum):
    MERCHANT = "merchant"
    SUPPLIER = "supplier"


class Role(StrEnum):
    OWNER = "owner"
    CATALOGUE = "catalogue"
    ORDERS = "orders"
    SUPPORT = "support"
    READ_ONLY = "read_only"
    WAREHOUSE = "warehouse"  # suppliers only


class Tenant(Table, tablename="tenant"):
    """An organisation with an account. A supplier `managed_by` a merchant has no people of its own yet."""

    id = pk()
    kind = text()
    slug = text(unique=True)
    name = text()
    managed_by = maybe_ref("self")
    country = text("FR")  # ISO 3166-1 alpha-2
    currency = text("EUR")  # ISO 4217; a merchant's selling currency, a supplier's price currency
    locale = text("fr")  # fr | en
    zone = text("Europe/Paris")  # IANA; a merchant's screens, a supplier's cut-offs
    # professional identity: what legal pages print and what opens suppliers' costs
    legal_name = maybe_text()
    legal_form = maybe_text()
    registration_number = maybe_text()  # SIREN/SIRET or the country's register
    vat_number = maybe_text()
    identity_verified_at = maybe_moment()
    street = maybe_text()
    postcode = maybe_text()
    city = maybe_text()
    email = maybe_text()  # the public contact address
    phone = maybe_text()
    mediator = maybe_text()  # consumer mediator, name and address
    director = maybe_text()  # director of publication
    host_provider = maybe_text()  # who hosts the site, for the legal notice
    settings = doc()
    created_at = moment()
    closed_at = maybe_moment()

    tenant_kind = one_of("kind", TenantKind, name="tenant_kind")
    tenant_slug = Check("slug ~ '^[a-z0-9](-?[a-z0-9]){1,39}$'", name="tenant_slug")
    tenant_managed = Check("managed_by IS NULL OR kind = 'supplier'", name="tenant_managed")


class TenantCard(Table, tablename="tenant_card"):
    """What counterparties may read of a tenant: never more than what is here."""

    id = pk()
    tenant = ref(Tenant, unique=True)
    kind = text()
    slug = text()
    name = text()
    country = text()
    city = maybe_text()
    email = maybe_text()
    logo_sha = maybe_text()
    zone = text("Europe/Paris")
    brand = doc()  # colours for the packing slip


class Domain(Table, tablename="domain"):
    id = pk()
    tenant = ref(Tenant)
    host = text(unique=True)  # lower case, without port
    is_primary = flag()
    verified_at = maybe_moment()

    domain_lower = Check("host = lower(host) AND host !~ ':'", name="domain_lower")


class Person(Table, tablename="person"):
    id = pk()
    email = text(unique=True)  # lower case
    name = text()
    password_hash = maybe_text()  # Argon2id; null until the invitation is taken up
    locale = text("fr")
    is_operator = flag()  # may open the platform pages
    created_at = moment()
    email_verified_at = maybe_moment()

    person_email_lower = Check(
        "email = lower(email) AND email ~ '^[^@ ]+@[^@ ]+$'", name="person_email_lower"
    )


class Membership(Table, tablename="membership"):
    id = pk()
    person = ref(Person)
    tenant = ref(Tenant)
    role = text()
    person_name = text()  # shown to colleagues, who cannot read `person`
    person_email = text()
    created_at = moment()
    ended_at = maybe_moment()

    membership_once = Unique(["person", "tenant"], name="membership_once")
    membership_role = one_of("role", Role, name="membership_role")


class Session(Table, tablename="session"):
    """A signed-in browser. The cookie holds a random value; only its SHA-256 is kept."""

    id = pk()
    token_hash = text(unique=True)
    person = ref(Person)
    csrf_key = text()  # tokens are bound to the session through it
    created_at = moment()
    seen_at = moment()
    expires_at = moment()
    address = maybe_text()
    user_agent = maybe_text()
    ended_at = maybe_moment()


class Invitation(Table, tablename="invitation"):
    """A colleague (to `tenant`) or a new supplier (to link with `tenant` through `agreement`)."""

    id = pk()
    tenant = ref(Tenant)
    email = text()
    role = text()
    purpose = text("colleague")  # colleague | supplier | claim_managed
    agreement = maybe_text()  # id of the proposed agreement, for purpose = supplier
    invited_by = text()  # name, as it is shown in the mail
    created_at = moment()
    expires_at = moment()
    accepted_at = maybe_moment()
    withdrawn_at = maybe_moment()

    invitation_role = one_of("role", Role, name="invitation_role")
    invitation_purpose = Check(
        "purpose IN ('colleague','supplier','claim_managed')", name="invitation_purpose"
    )


class SignInAttempt(Table, tablename="sign_in_attempt"):
    id = pk()
    email = text()
    address = text()
    succeeded = flag()
    at = moment()


class AuditEvent(Table, tablename="audit_event"):
    """Append only: who did what in this tenant."""

    id = pk()
    tenant = ref(Tenant)
    person = maybe_text()  # name and address at the time
    action = text()
    subject = maybe_text()
    detail = doc()
    at = moment()


class ApiKey(Table, tablename="api_key"):
    """What a machine shows instead of signing in. The key is shown once; only the SHA-256 of all of it is kept."""

    id = pk()
    tenant = ref(Tenant)
    name = text()  # which machine it was made for
    prefix = text(unique=True)  # the part before the secret: finds the row, and tells keys apart on screen
    key_hash = text()
    made_by = text()
    created_at = moment()
    last_used_at = maybe_moment()  # to the minute
    revoked_at = maybe_moment()
    revoked_by = maybe_text()


class ApiUse(Table, tablename="api_use"):
    """How often a key has asked in the present minute: the throttle, whichever process answers."""

    id = pk()
    api_key = ref(ApiKey, index=False, unique=True)
    minute = moment()
    asked = whole(0)
    sent = whole(0)  # of these, files


class Counter(Table, tablename="counter"):
    """Numbers without gaps: locked and incremented in the transaction that issues."""

    id = pk()
    tenant = ref(Tenant)
    series = text()
    year = whole(0)
    value = whole(0)

    counter_once = Unique(["tenant", "series", "year"], name="counter_once")


class SavedView(Table, tablename="saved_view"):
    """A named set of filters on an index page."""

    id = pk()
    tenant = ref(Tenant)
    page = text()
    name = text()
    query = text()
    created_at = moment()

    saved_view_once = Unique(["tenant", "page", "name"], name="saved_view_once")
