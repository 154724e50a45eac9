"""The tables of who is asking. Plain SQL: what is run is what is read."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-23T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "tables"

SQL = Path(__file__).resolve().parent.parent / "sql"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="tenants", description=DESCRIPTION)

    async def run() -> None:
        from marketplace.kernel.database import connection

        await connection().execute((SQL / "tables.sql").read_text())

    manager.add_raw(run)
    return manager
