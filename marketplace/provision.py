"""`comptoir provision ADMIN_URL`: roles and database, on the embedded server or any PostgreSQL 15+. Can be run again.

No role has BYPASSRLS and none is a superuser. The runtime role is NOINHERIT before anything is granted to it: under
INHERIT a granted role's `USING (true)` policy would open everything.
"""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import asyncpg

ROLES = {
    "comptoir_owner": "LOGIN",
    "comptoir_app": "LOGIN NOINHERIT",
    "comptoir_platform": "NOLOGIN",
    "comptoir_shop": "NOLOGIN",
    "comptoir_search": "NOLOGIN",
}


def as_role(url: str, role: str, database: str, password: str | None = None) -> str:
    """The same server's URL for another role and database."""
    parts = urlsplit(url)
    host = parts.netloc.rsplit("@", 1)[-1]
    who = role + (f":{quote(password)}" if password else "")
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query)], quote_via=quote)
    return urlunsplit((parts.scheme, f"{who}@{host}", f"/{database}", query, ""))


async def provision(
    admin_url: str,
    database: str = "comptoir",
    *,
    owner_password: str | None = None,
    app_password: str | None = None,
) -> tuple[str, str]:
    """Make roles and database. Answers (DATABASE_URL, OWNER_DATABASE_URL).

    Raises asyncpg.InsufficientPrivilegeError when ADMIN_URL may not create roles and databases.
    """
    admin = await asyncpg.connect(admin_url)
    try:
        await _roles(admin, owner_password, app_password)
        if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database):
            await admin.execute(
                f"CREATE DATABASE \"{database}\" OWNER comptoir_owner TEMPLATE template0 ENCODING 'UTF8'"
            )
        await admin.execute(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
        await admin.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{database}" TO comptoir_app')
    finally:
        await admin.close()
    owner_url = as_role(admin_url, "comptoir_owner", database, owner_password)
    await _schema(owner_url)
    return as_role(admin_url, "comptoir_app", database, app_password), owner_url


async def _roles(admin: asyncpg.Connection, owner_password: str | None, app_password: str | None) -> None:
    for role, attributes in ROLES.items():
        exists = await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role)
        verb = "ALTER" if exists else "CREATE"
        await admin.execute(f"{verb} ROLE {role} {attributes} NOCREATEDB NOCREATEROLE")
    for role, password in (("comptoir_owner", owner_password), ("comptoir_app", app_password)):
        if password:
            await admin.execute(f"ALTER ROLE {role} PASSWORD '{password.replace(chr(39), chr(39) * 2)}'")
    # a catalogue is reckoned by long statements that run briefly: compiling them would take longer than running them
    await admin.execute("ALTER ROLE comptoir_app SET jit = off")
    await admin.execute("GRANT comptoir_platform, comptoir_shop TO comptoir_app")
    await admin.execute("GRANT comptoir_search TO comptoir_owner")
    if not await admin.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        await admin.execute("GRANT comptoir_owner TO current_user")  # to give it the database


async def _schema(owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    try:
        await owner.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        await owner.execute(
            "GRANT USAGE ON SCHEMA public TO comptoir_app, comptoir_shop, comptoir_platform, comptoir_search"
        )
    finally:
        await owner.close()


def password_of(url: str) -> str | None:
    found = urlsplit(url).password
    return unquote(found) if found else None
