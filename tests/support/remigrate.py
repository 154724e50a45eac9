"""Until the first release there is one migration: its SQL is made anew from the tables and the policies (`make remigrate`).

After a release this file goes, and a change is a migration of its own that the previous release survives.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def table_statements(app: str) -> list[str]:
    """CREATE TABLE, indexes and constraints of an app's tables, parents first."""
    from importlib import import_module

    from piccolo.table import sort_table_classes

    classes = import_module(f"{app}.piccolo_app").APP_CONFIG.table_classes
    # NOT NULL DEFAULT null says nothing, and hides what is required
    return [
        _readable(str(statement).replace(" NOT NULL DEFAULT null", " NOT NULL").replace(" DEFAULT null", ""))
        for table in sort_table_classes(sorted(classes, key=lambda t: t._meta.tablename))
        for statement in table.create_table().ddl
    ]


def _readable(statement: str) -> str:
    return statement.replace(', "', ',\n    "') if statement.startswith("CREATE TABLE") else statement


def main() -> None:
    os.environ["COMPTOIR_MIGRATING"] = "1"
    os.environ["PICCOLO_CONF"] = "piccolo_conf"
    sys.path.insert(0, str(ROOT))
    from marketplace.policies import row_security

    made = "-- Written by `make remigrate` from {}.\n"
    for app in ("tenants", "marketplace"):
        body = made.format(f"{app}'s tables") + ";\n".join(table_statements(app)) + ";\n"
        (ROOT / app / "sql" / "tables.sql").write_text(body)
    (ROOT / "marketplace/sql/row_security.sql").write_text(
        made.format("marketplace/policies.py") + ";\n".join(row_security()) + ";\n"
    )


if __name__ == "__main__":
    main()
