"""Two small alphabets of strokes, enough to write the three shops' names without a font."""

from marketplace.demo.illustrations.sheet import num

# Glyphs stand on y = 100; capitals are 100 tall. (advance, path data); {r} is filled by nothing, paths are literal.
CAPITALS: dict[str, tuple[int, str]] = {
    "A": (84, "M0 100L42 0L84 100M15 66H69"),
    "E": (58, "M58 0H0V100H58M0 49H48"),
    "G": (98, "M90 20A50 50 0 1 0 98 58H60"),
    "H": (74, "M0 0V100M74 0V100M0 50H74"),
    "I": (0, "M0 0V100"),
    "K": (72, "M0 0V100M68 0L2 60M26 40L72 100"),
    "L": (54, "M0 0V100H54"),
    "N": (78, "M0 100V0L78 100V0"),
    "O": (100, "M50 0A50 50 0 1 1 50 100A50 50 0 1 1 50 0Z"),
    "P": (62, "M0 100V0H34A28 28 0 0 1 34 56H0"),
    "R": (66, "M0 100V0H36A28 28 0 0 1 36 56H0M30 56L66 100"),
    "T": (72, "M0 0H72M36 0V100"),
    "V": (84, "M0 0L42 100L84 0"),
    "Λ": (88, "M0 100L44 0L88 100"),
}
SMALL: dict[str, tuple[int, str]] = {
    "a": (60, "M60 40V100M60 70A30 30 0 1 0 0 70A30 30 0 1 0 60 70"),
    "b": (60, "M0 0V100M0 70A30 30 0 1 1 60 70A30 30 0 1 1 0 70"),
    "e": (60, "M1 70H59A30 30 0 1 0 50 92"),
    "f": (40, "M42 4A22 22 0 0 0 16 26V100M0 46H38"),
    "i": (0, "M0 44V100M0 12V12.1"),
    "l": (14, "M0 0V82A18 18 0 0 0 16 100"),
    "p": (60, "M0 42V134M0 70A30 30 0 1 1 60 70A30 30 0 1 1 0 70"),
    "q": (60, "M60 42V134M60 70A30 30 0 1 0 0 70A30 30 0 1 0 60 70"),
    "r": (36, "M0 42V100M0 70A28 28 0 0 1 36 44"),
    "t": (40, "M16 10V82A18 18 0 0 0 34 100H40M0 44H40"),
    "u": (56, "M0 42V72A28 28 0 0 0 56 72V42M56 72V100"),
}


def write(
    text: str,
    letters: dict[str, tuple[int, str]],
    inks: tuple[str, ...],
    weight: float,
    tracking: float,
    space: float = 60,
    cap: str = "round",
) -> tuple[str, float]:
    """The text as strokes, and its width. `inks` are used in turn, letter by letter. KeyError for a letter not drawn."""
    x, out, turn = 0.0, [], 0
    join = "round" if cap == "round" else "miter"
    for letter in text:
        if letter == " ":
            x += space
            continue
        advance, data = letters[letter]
        out.append(
            f'<path d="{data}" transform="translate({num(x)} 0)" fill="none" stroke="{inks[turn % len(inks)]}" '
            f'stroke-width="{num(weight)}" stroke-linecap="{cap}" stroke-linejoin="{join}"/>'
        )
        x += advance + tracking
        turn += 1
    return "".join(out), x - tracking
