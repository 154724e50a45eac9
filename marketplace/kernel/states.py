"""State machines as tables of data, proved sound when the module that declares them is imported.

Only the pure half lives here: which moves exist. Moving a row (the guarded UPDATE, its transition row and its
outbox event) is the business of `marketplace.kernel.moves`.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


class BrokenMachine(ValueError):
    """A machine was declared with a state missing, unreachable or of another enum."""


class NoSuchMove(Exception):
    """The machine has no arrow between these two states. `was`, `to` and `machine` say which."""

    def __init__(self, machine: str, was: StrEnum, to: StrEnum) -> None:
        super().__init__(f"{machine}: no move from {was} to {to}")
        self.machine, self.was, self.to = machine, was, to


class Machine(Generic[S]):
    """States of one kind of thing, and the arrows between them.

    `initial` is the state a new row has. `arrows` holds every state as a key (a final one with an empty set).
    Raises BrokenMachine unless each state has its row, each arrow ends in a state of the same enum, and each
    state can be reached from `initial`.
    """

    def __init__(self, initial: S, arrows: Mapping[S, Iterable[S]]) -> None:
        self.states: type[S] = type(initial)
        self.name = self.states.__name__
        self.initial = initial
        self.arrows: Mapping[S, frozenset[S]] = MappingProxyType(
            {s: frozenset(to) for s, to in arrows.items()}
        )
        self._prove()

    def can(self, was: S | str, to: S | str) -> bool:
        """True when there is an arrow. A word that is no state raises ValueError."""
        return self.states(to) in self.arrows[self.states(was)]

    def require(self, was: S | str, to: S | str) -> None:
        """Raises NoSuchMove when there is no arrow."""
        if not self.can(was, to):
            raise NoSuchMove(self.name, self.states(was), self.states(to))

    def sources(self, to: S | str) -> frozenset[S]:
        """Every state that has an arrow to `to`: what a guarded UPDATE may find the row in."""
        target = self.states(to)
        return frozenset(s for s, ends in self.arrows.items() if target in ends)

    @property
    def final(self) -> frozenset[S]:
        """States that nothing leaves."""
        return frozenset(s for s, ends in self.arrows.items() if not ends)

    @property
    def open(self) -> frozenset[S]:
        """States that something still leaves."""
        return frozenset(self.states) - self.final

    def _prove(self) -> None:
        states = set(self.states)
        if set(self.arrows) != states:
            raise BrokenMachine(f"{self.name}: every state needs its row, see {states ^ set(self.arrows)}")
        if strangers := set().union(*self.arrows.values()) - states:
            raise BrokenMachine(f"{self.name}: arrows to what is no state of it: {strangers}")
        if lost := states - self._reached():
            raise BrokenMachine(f"{self.name}: never reached from {self.initial}: {lost}")

    def _reached(self) -> set[S]:
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            fresh = self.arrows[frontier.pop()] - reached
            reached |= fresh
            frontier.extend(fresh)
        return reached
