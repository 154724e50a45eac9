"""Tables and migrations of who is asking."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="tenants",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(["tenants.tables"], exclude_imported=True),
    migration_dependencies=[],
)
