"""Piccolo's configuration: one engine, two applications with one history each."""

import os

from piccolo.conf.apps import AppRegistry

from marketplace.kernel.database import ScopedEngine
from marketplace.kernel.settings import settings

# `comptoir migrate` sets MIGRATING=1 and connects as the owner; everything else runs as the runtime role.
_migrating = os.environ.get("COMPTOIR_MIGRATING") == "1"
_url = (settings().owner_database_url if _migrating else settings().database_url) or "postgresql:///comptoir"

DB = ScopedEngine(config={"dsn": _url}, open_for_migrations=_migrating)

APP_REGISTRY = AppRegistry(apps=["tenants.piccolo_app", "marketplace.piccolo_app"])
