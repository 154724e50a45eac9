"""Where to click, once everything is up: one URL a line."""

from marketplace.kernel.settings import settings


def greeting() -> str:
    base = f":{settings().port}"
    lines = ["", "Comptoir is up.", f"  platform    http://localhost{base}/"]
    if settings().demo:
        from marketplace.demo.people import PASSWORD, people
        from marketplace.demo.world import WORLD

        lines += [f"  storefront  http://{m.slug}.localhost{base}/  ({m.name})" for m in WORLD.merchants]
        lines += [
            f"  mailbox     http://localhost{base}/dev/mailbox",
            "",
            f"Sign in at http://localhost{base}/sign-in with:",
        ]
        lines += [f"  {p.email:36} {PASSWORD}   {p.what}" for p in people()]
        lines += [f"  {'operator@comptoir.example':36} {PASSWORD}   the platform's operator (jobs, health)"]
    lines += ["", "Ctrl+C stops everything."]
    return "\n".join(lines)
