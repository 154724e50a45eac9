"""Every event carries what its reactions ask of it; every reaction waits for an event that somebody sends."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from marketplace.reactions import REACTIONS

ROOT = Path(__file__).resolve().parents[1]
#: what fills the places of event names that are put together
WORDS = ("unanswered", "late", "declined", "withdrawn")


def emitted() -> Iterator[tuple[str, str, set[str] | None]]:
    """(file:line, event, the payload's keys or None where they are not spelt out)."""
    for package in ("marketplace", "tenants"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
                if name == "emit" or name.startswith("tell"):  # tell: a package's own way to emit
                    spelt = name == "emit" and all(k.arg for k in node.keywords)
                    keys = {k.arg for k in node.keywords} if spelt else None
                    for event in names(node):
                        yield f"{path.name}:{node.lineno}", event, keys


def names(call: ast.Call) -> list[str]:
    for argument in call.args[:2]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return [argument.value]
        if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
            return [f"{argument.values[0].value}{word}" for word in WORDS]
    return []


def test_an_event_s_payload_has_what_its_reactions_take():
    for where, event, keys in emitted():
        for reaction in REACTIONS.get(event, []):
            wanted = {reaction.side, *reaction.args}
            assert keys is None or wanted <= keys, (
                f"{where} {event}: {reaction.job.name} wants {wanted - keys}"
            )


def test_no_reaction_waits_for_an_event_that_nobody_sends():
    assert set(REACTIONS) - {event for _, event, _ in emitted()} == set()


def test_a_reaction_names_the_arguments_that_its_job_takes():
    for event, reactions in REACTIONS.items():
        for reaction in reactions:
            takes = set(inspect.signature(reaction.job.fn).parameters)
            assert set(reaction.args) == takes, f"{event}: {reaction.job.name}"
