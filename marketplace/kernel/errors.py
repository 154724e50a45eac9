"""What can be refused, in words a person can act on. Surfaces turn these into pages; use cases only raise them."""


class Refused(Exception):
    """A use case said no. `field` names the input that caused it, for a message beside that field."""

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message  # an English msgid with {named} places; surfaces translate and fill it
        self.field = field
        self.values = values


class Invalid(Refused):
    """Several fields at once: `problems` is field -> message."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("Some fields need another look.")
        self.problems = problems


class NotFound(Exception):
    """There is no such thing for whoever is asking. A foreign id is this too, never "forbidden"."""


class Stale(Exception):
    """Somebody moved this first; reload and look again."""
