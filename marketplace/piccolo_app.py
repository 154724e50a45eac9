"""Tables and migrations of commerce: several `tables.py`, one history."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

PACKAGES = (
    "kernel",
    "ledger",
    "stock",
    "sourcing",
    "catalogue",
    "ordering",
    "fulfilment",
    "claims",
    "notices",
)

APP_CONFIG = AppConfig(
    app_name="marketplace",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder([f"marketplace.{p}.tables" for p in PACKAGES], exclude_imported=True),
    migration_dependencies=["tenants.piccolo_app"],
)
