"""What the operator says by environment, read once per process."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Every engine has an embedded default; one line each switches it to a real one (README)."""

    data_dir: Path
    port: int
    database_url: str  # runtime role; never an owner, a superuser or BYPASSRLS
    owner_database_url: str  # migrations only
    broker_url: str  # "" = the same database; else redis:// or amqp://
    media_url: str  # "" = a folder under data_dir; else s3://bucket/prefix
    mail_url: str  # "" = kept and shown at /dev/mailbox in demo mode; else smtp://
    platform_hosts: tuple[str, ...]  # lower case, without port
    public_scheme: str
    secret_keys: tuple[str, ...]  # first one signs and seals, the others still open
    demo: bool
    web_processes: int

    @property
    def pool_size(self) -> int:
        return int(os.environ.get("POOL_SIZE", "8"))


def _secret_keys(data_dir: Path) -> tuple[str, ...]:
    if said := os.environ.get("SECRET_KEY"):
        return tuple(k.strip() for k in said.split(",") if k.strip())
    kept = data_dir / "secret_key"
    return (kept.read_text().strip(),) if kept.exists() else ()


@cache
def settings() -> Settings:
    """Read the environment. Raises ValueError on a PORT that is no number."""
    env = os.environ.get
    data_dir = Path(env("DATA_DIR", "data")).resolve()
    hosts = env("PLATFORM_HOST", "localhost,127.0.0.1")
    return Settings(
        data_dir=data_dir,
        port=int(env("PORT", "8000")),
        database_url=env("DATABASE_URL", ""),
        owner_database_url=env("OWNER_DATABASE_URL", ""),
        broker_url=env("BROKER_URL", ""),
        media_url=env("MEDIA_URL", ""),
        mail_url=env("MAIL_URL", ""),
        platform_hosts=tuple(h.strip().lower() for h in hosts.split(",") if h.strip()),
        public_scheme=env("PUBLIC_SCHEME", "http"),
        secret_keys=_secret_keys(data_dir),
        demo=env("DEMO", "") not in ("", "0"),
        web_processes=int(env("WEB_PROCESSES", "2")),
    )
