"""What a run read and what it does, before it is written down."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.sourcing.mapping import Mapping, to_json
from marketplace.sourcing.reading.rejections import CELLS
from marketplace.sourcing.sync.claim import Task
from marketplace.sourcing.sync.columns import Sent
from marketplace.sourcing.sync.compare import Counts
from marketplace.sourcing.sync.fetching import Got
from marketplace.sourcing.sync.findings import Findings, Issue
from marketplace.sourcing.sync.reading import Reading

_DONE = ("new", "changed", "returned", "vanished", "zeroed", "repriced", "restocked", "retired", "older")


class Outcome(Struct):
    """`merged` and `refused` are records of the file. `written`: the offers are there already, in this transaction."""

    mapping: Mapping
    reading: Reading
    findings: Findings
    sent: Sent
    counts: Counts
    merged: int
    refused: int
    written: bool = False

    def issues(self) -> list[Issue]:
        """Everything odd, of rows and of the file."""
        for warning in self.reading.warnings:
            self.findings.note(warning)
        return self.findings.all()

    def columns(self, task: Task, got: Got) -> dict[str, Any]:
        """The run's row: accepted + merged + attached + rejected = rows."""
        rejected = self.findings.rejected + self.refused
        accepted = self.reading.rows - self.merged - self.reading.attached - rejected
        done = {name: getattr(self.counts, name) for name in _DONE}
        done["changed"] += done.pop("returned")
        return {
            "rows": self.reading.rows,
            "accepted": accepted,
            "merged": self.merged,
            "attached": self.reading.attached,
            "rejected": rejected,
            **done,
            "unchanged": max(accepted - done["new"] - done["changed"], 0),
            "warned": self.findings.warned,
            "done_rows": self.reading.rows,
            "sha": got.sha,
            "bytes": got.bytes,
            "etag": got.etag,
            "last_modified": got.last_modified,
            "source_time": got.source_time,
            "mapping": json.dumps(to_json(self.mapping)),
            "mapping_version": max(task.mapping_version, 1),
            "format": self.mapping.format,
            "columns": json.dumps(json.storable(self.reading.reader.columns[:CELLS])),
            "message": None,
        }
