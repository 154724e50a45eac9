"""What a drawing is told: which kind of thing, in which form, pattern and colours."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.demo.illustrations.sheet import Sheet
from marketplace.demo.illustrations.tones import Tones


@dataclass(frozen=True)
class Look:
    """One thing to draw. `name` seeds what is left to chance, so two things of one form still differ."""

    kind: str
    form: str
    pattern: str
    base: str
    accent: str
    name: str
    family: str = "home"

    @property
    def tones(self) -> Tones:
        return Tones(self.base)

    @property
    def second(self) -> Tones:
        return Tones(self.accent)


Drawing = Callable[[Sheet, Look], str]


@dataclass(frozen=True)
class Kind:
    """A drawing and how it is shown: `standing` on a floor, lying `flat` and seen from above, or `hanging` free.

    `focus`: the point a close-up moves to, in the 1200 x 1200 drawing.
    """

    draw: Drawing
    forms: tuple[str, ...]
    pose: str
    focus: tuple[float, float]


KINDS: dict[str, Kind] = {}


def drawing(
    kind: str, forms: str, pose: str = "standing", focus: tuple[float, float] = (600, 600)
) -> Callable[[Drawing], Drawing]:
    """Registers the drawing of a kind of thing; `forms` are the shapes it knows, separated by spaces."""

    def keep(function: Drawing) -> Drawing:
        KINDS[kind] = Kind(function, tuple(forms.split()), pose, focus)
        return function

    return keep
