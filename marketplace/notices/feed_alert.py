"""To the people who look after a feed: a run is held or failed. The feed is the supplier's; a managed one's people are
its merchant's."""

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.kernel.i18n import format_count, translator
from marketplace.notices.addresses import portal_url
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def feed_alert(supplier: int, run: int) -> None:
    """Written once a run that is held or failed; a run that went on meanwhile is not alarming. Raises NotFound."""
    async with acting_as(supplier):
        row = await fetch_one("SELECT * FROM feed_run WHERE id = $1", run)
        feed = row and await fetch_one("SELECT * FROM feed WHERE id = $1", row["feed"])
        if row is None or feed is None:
            raise NotFound(f"feed run {run}")
        if row["state"] not in ("held", "failed"):
            return
        reader = await tenant_as_reader(supplier)
        await tell_people(
            supplier,
            "feed_alert",
            permission="feeds",
            once=f"{run}.{row['state']}",
            about=f"feed_run:{run}",
            held=row["state"] == "held",
            run=row,
            feed=feed,
            reasons=_reasons(row, reader.locale),
            url=portal_url(reader.slug, f"/feeds/{feed['id']}/runs/{run}"),
        )


def N_(message: str) -> str:  # noqa: N802, gettext's own name for "translated later"
    return message


#: the breaker's alarms (`sourcing.breaker.Alarm`) as sentences
ALARMS = {
    "vanished": N_("{count} of {of} articles are no longer in the file."),
    "zeroed": N_("{count} of {of} articles in stock would have none."),
    "unpriced": N_("{count} of {of} articles would lose their price."),
    "moved": N_("{count} of {of} prices would change by more than usual."),
    "surged": N_("{count} of {of} articles in stock would suddenly have many times as much."),
}


def _reasons(run: dict[str, Any], locale: str) -> list[str]:
    """The breaker's reasons, or the failure, as sentences."""
    _ = translator(locale)
    if run["state"] == "failed":
        said = run["message"] or run["error"]
        return [_(said) if said else _("The worker could not say why.")]
    found = []
    for reason in json.loads(run["reasons"]) or []:
        sentence = ALARMS[reason["alarm"]]
        counts = {name: format_count(reason[name], locale) for name in ("count", "of")}
        found.append(_(sentence, **counts))
    return found
