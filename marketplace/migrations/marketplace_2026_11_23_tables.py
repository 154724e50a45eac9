"""Tables, row security, invariants and the job broker's schema. Plain SQL: what is run is what is read."""

from pathlib import Path

from dramatiq_postgres.schema import generate_init_sql
from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-23T12:00:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "tables, row security, invariants"

SQL = Path(__file__).resolve().parent.parent / "sql"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="marketplace", description=DESCRIPTION)

    async def run() -> None:
        from marketplace.kernel.database import connection

        for name in ("tables", "row_security", "invariants"):
            await connection().execute((SQL / f"{name}.sql").read_text())
        await connection().execute(generate_init_sql())
        await connection().execute((SQL / "broker.sql").read_text())

    manager.add_raw(run)
    return manager
