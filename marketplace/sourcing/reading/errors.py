"""A file that cannot be read as a product feed, with where it is broken."""

from __future__ import annotations


class FeedRefused(Exception):
    """The whole file is refused; nothing of it may be applied.

    `code` is stable (kept with the run), `sentence` is English with {named} places that `params` fill, so that a page
    can translate it; `line` and `column` count from 1 and are None where the fault has no place.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        line: int | None = None,
        column: int | None = None,
        **params: object,
    ) -> None:
        self.code = code
        self.sentence = sentence
        self.params = params
        self.line = line
        self.column = column
        super().__init__(self.error)

    @property
    def error(self) -> str:
        """The English sentence, filled in."""
        return self.sentence.format(**self.params) if self.params else self.sentence

    def as_json(self) -> dict[str, object]:
        """What `comptoir feed check --json` prints of a refused file."""
        return {"error": self.error, "code": self.code, "line": self.line, "column": self.column}
