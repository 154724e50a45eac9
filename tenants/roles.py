"""What each role may do. A route names one permission; a person's role in that tenant has it or has not."""

from tenants.tables import Role, TenantKind

#: permission -> roles that have it. `read` is everybody with a seat.
_MERCHANT: dict[str, set[Role]] = {
    "read": {Role.OWNER, Role.CATALOGUE, Role.ORDERS, Role.SUPPORT, Role.READ_ONLY},
    "catalogue": {Role.OWNER, Role.CATALOGUE},
    "sourcing": {Role.OWNER, Role.CATALOGUE},
    "costs": {Role.OWNER, Role.CATALOGUE, Role.ORDERS},
    "orders": {Role.OWNER, Role.ORDERS},
    "claims": {Role.OWNER, Role.ORDERS, Role.SUPPORT},
    "money": {Role.OWNER, Role.ORDERS, Role.SUPPORT},
    "team": {Role.OWNER},
    "settings": {Role.OWNER},
}
_SUPPLIER: dict[str, set[Role]] = {
    "read": {Role.OWNER, Role.WAREHOUSE, Role.READ_ONLY},
    "ship": {Role.OWNER, Role.WAREHOUSE},
    "feeds": {Role.OWNER},
    "keys": {Role.OWNER},
    "terms": {Role.OWNER},
    "money": {Role.OWNER},
    "team": {Role.OWNER},
    "settings": {Role.OWNER},
}
PERMISSIONS: dict[TenantKind, dict[str, set[Role]]] = {
    TenantKind.MERCHANT: _MERCHANT,
    TenantKind.SUPPLIER: _SUPPLIER,
}

ROLES_OF: dict[TenantKind, tuple[Role, ...]] = {
    TenantKind.MERCHANT: (Role.OWNER, Role.CATALOGUE, Role.ORDERS, Role.SUPPORT, Role.READ_ONLY),
    TenantKind.SUPPLIER: (Role.OWNER, Role.WAREHOUSE),
}


def may(kind: str, role: str, permission: str) -> bool:
    """Raises KeyError for a permission that does not exist: a typo must not open a door."""
    return Role(role) in PERMISSIONS[TenantKind(kind)][permission]
