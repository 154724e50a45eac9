"""Every table is in one class of row security; what the server enforces is what the page of classes says."""

import asyncpg
import pytest

from marketplace.policies import POLICIES, row_security, tables

pytestmark = pytest.mark.usefixtures("database")
INFRASTRUCTURE = {"migration"}  # Piccolo's own, the owner's only

_POLICIES = """
SELECT tablename, policyname, cmd, roles::text[] AS roles, qual, with_check FROM pg_policies
 WHERE schemaname = 'public' ORDER BY 1, 2"""
_GRANTS = """
SELECT table_name, grantee, privilege_type, string_agg(column_name, ',' ORDER BY column_name) AS columns
  FROM information_schema.column_privileges
 WHERE table_schema = 'public' AND grantee LIKE 'comptoir%' AND grantee <> 'comptoir_owner'
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


async def _read(url: str, sql: str) -> list[dict]:
    connection = await asyncpg.connect(url)
    try:
        return [dict(r) for r in await connection.fetch(sql)]
    finally:
        await connection.close()


async def test_the_server_knows_no_table_that_the_page_of_classes_does_not(owner_url):
    rows = await _read(
        owner_url,
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')",
    )
    found = {r["relname"] for r in rows} - INFRASTRUCTURE
    assert found == set(POLICIES) == set(tables())
    unprotected = [
        r["relname"]
        for r in rows
        if r["relname"] in found and not (r["relrowsecurity"] and r["relforcerowsecurity"])
    ]
    assert unprotected == []


async def test_no_view_reads_past_row_security(owner_url):
    rows = await _read(
        owner_url,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
        " AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)",
    )
    assert rows == []


async def test_policies_and_grants_are_those_of_each_tables_class(owner_url):
    """The migrated server against the same statements run anew: a policy changed by hand, or forgotten, shows."""
    before, grants_before = await _read(owner_url, _POLICIES), await _read(owner_url, _GRANTS)
    connection = await asyncpg.connect(owner_url)
    try:
        transaction = connection.transaction()
        await transaction.start()
        for row in before:
            if row["policyname"] != "search_document_search" and not row["policyname"].startswith("door_"):
                await connection.execute(f'DROP POLICY "{row["policyname"]}" ON "{row["tablename"]}"')
        for statement in row_security():  # each begins by revoking all, so a grant too many shows as well
            await connection.execute(statement)
        for table in ("search_document",):
            await connection.execute(f"GRANT SELECT ON {table} TO comptoir_search")  # the search door's
        after = [dict(r) for r in await connection.fetch(_POLICIES)]
        grants_after = [dict(r) for r in await connection.fetch(_GRANTS)]
        await transaction.rollback()
    finally:
        await connection.close()
    assert before == after
    assert grants_before == grants_after


async def test_no_role_skips_row_security_and_the_runtime_role_inherits_nothing(owner_url):
    roles = {
        r["rolname"]: r
        for r in await _read(
            owner_url,
            "SELECT rolname, rolsuper, rolbypassrls, rolinherit, rolcanlogin FROM pg_roles WHERE rolname LIKE 'comptoir%'",
        )
    }
    assert set(roles) == {
        "comptoir_owner",
        "comptoir_app",
        "comptoir_platform",
        "comptoir_shop",
        "comptoir_search",
    }
    assert not any(r["rolsuper"] or r["rolbypassrls"] for r in roles.values())
    assert not roles["comptoir_app"]["rolinherit"]
    assert not any(roles[n]["rolcanlogin"] for n in ("comptoir_platform", "comptoir_shop", "comptoir_search"))


async def test_the_runtime_role_cannot_truncate_alter_or_create(database):
    connection = await asyncpg.connect(database)
    try:
        for sql in (
            "TRUNCATE offer",
            "ALTER TABLE offer DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE mine (id int)",
            "CREATE POLICY p ON offer USING (true)",
            "SELECT * FROM dramatiq.queue",
            "DROP TABLE offer",
        ):
            with pytest.raises(asyncpg.PostgresError):
                await connection.execute(sql)
        await connection.execute("CREATE TEMP TABLE fine (id int)")
    finally:
        await connection.close()


async def test_an_unscoped_read_of_any_protected_table_is_an_error_not_an_empty_page(database):
    """Whoever got past the engine's own refusal meets the server's."""
    connection = await asyncpg.connect(database)
    try:
        for name, policy in POLICIES.items():
            if policy.kind in ("G",):
                continue
            with pytest.raises(asyncpg.PostgresError):
                await connection.fetch(f'SELECT * FROM "{name}" LIMIT 1')
    finally:
        await connection.close()
