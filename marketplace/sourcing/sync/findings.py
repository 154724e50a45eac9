"""What was odd or wrong about a run's rows, for its page: every row is counted, the first 5,000 are kept."""

from __future__ import annotations

from typing import NamedTuple

from marketplace.kernel import json
from marketplace.kernel.database import execute
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected

KEPT = 5_000


class Issue(NamedTuple):
    kind: str  # rejected | warning
    line: int | None
    sku: str | None
    reason: str
    raw: tuple[str, ...] | None = None


class Findings:
    """Counts and examples. Filled by the reading thread, written once at the end."""

    def __init__(self) -> None:
        self.rejected = 0
        self.warned = 0
        self.issues: list[Issue] = []
        self._warnings: list[Issue] = []

    def reject(self, row: Rejected) -> None:
        self.rejected += 1
        if len(self.issues) < KEPT:
            self.issues.append(Issue("rejected", row.line, None, row.reason, tuple(row.raw)))

    def refuse(self, line: int | None, sku: str) -> None:
        """A row that was read, and is of nothing we know. Counted by whoever took it out."""
        if len(self.issues) < KEPT:
            reason = f"No offer has the article number “{sku}”, and this row cannot make one: it has no title"
            self.issues.append(Issue("rejected", line, sku, reason))

    def warn(self, row: OfferRow) -> None:
        self.warned += 1
        if len(self._warnings) < KEPT:
            self._warnings.extend(Issue("warning", row.line, row.sku, issue) for issue in row.issues)

    def note(self, reason: str, *, line: int | None = None, sku: str | None = None) -> None:
        """A warning about the file, or about two rows together."""
        if len(self._warnings) < KEPT:
            self._warnings.append(Issue("warning", line, sku, reason))

    def all(self) -> list[Issue]:
        """Rejections first: they lose something."""
        return [*self.issues, *self._warnings][:KEPT]


async def write(supplier: int, run: int, issues: list[Issue]) -> None:
    """Replace the run's issues, in the open scope."""
    await execute("DELETE FROM run_issue WHERE run = $1", run)
    if issues:
        await execute(
            "INSERT INTO run_issue (supplier, run, kind, line, sku, reason, raw)"
            " SELECT $1, $2, i.kind, i.line, i.sku, i.reason, i.raw"
            " FROM jsonb_to_recordset($3::jsonb) AS i(kind text, line bigint, sku text, reason text, raw jsonb)",
            supplier,
            run,
            json.dumps([json.storable(issue._asdict()) for issue in issues]),
        )
