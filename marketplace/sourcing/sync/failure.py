"""Why a run failed, with a code that is kept and a plain sentence."""

from __future__ import annotations

from marketplace.kernel.fetching import FetchFailed
from marketplace.sourcing.reading.errors import FeedRefused


class RunRefused(Exception):
    """The run cannot go on for a reason of ours: no mapping, no address, an unreadable secret."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


class Failure(Exception):
    """What is written on the run. `passing`: the same run may work later without anybody doing anything."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        passing: bool = False,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.line, self.column, self.passing = code, message, line, column, passing


NAMED = (FetchFailed, FeedRefused, RunRefused)


def named(error: Exception) -> Failure:
    """The failure of one of `NAMED`."""
    if isinstance(error, FeedRefused):
        return Failure(error.code, error.error, line=error.line, column=error.column)
    if isinstance(error, FetchFailed):
        return Failure(error.code, str(error), passing=error.passing)
    assert isinstance(error, RunRefused)
    return Failure(error.code, error.sentence)
