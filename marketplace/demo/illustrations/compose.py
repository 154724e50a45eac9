"""A picture from a thing: on its ground, close up, beside another colour of itself, or in its place."""

import zlib

from marketplace.demo.illustrations import drawings  # noqa: F401  (registers them)
from marketplace.demo.illustrations.backdrop import backdrop, ground_for
from marketplace.demo.illustrations.look import KINDS, Look
from marketplace.demo.illustrations.scenes import scene
from marketplace.demo.illustrations.sheet import Sheet, group

# Some things are drawn small for their frame, some reach its edge; the floor or the middle stays where it is.
ZOOM = {
    "mug": 1.16, "tumbler": 1.14, "candle": 1.18, "bottle": 1.1, "knife": 1.06, "carafe": 1.08, "jar": 1.1,
    "planter": 1.08, "speaker": 1.06, "train": 0.88, "car": 0.9, "tent": 0.94, "jacket": 1.04, "socks": 1.1,
    "wallet": 1.06, "beanie": 1.14, "cap": 1.04, "top": 1.0, "lamp": 1.06, "multitool": 1.0, "crayons": 0.94,
    "watch": 1.0, "pullalong": 0.94, "blocks": 0.98, "vase": 1.02, "basket": 1.04, "cushion": 1.04,
}  # fmt: skip


def placed(sheet: Sheet, look: Look, scale: float = 1.0) -> str:
    """The thing alone, at its proper size in the frame; no two products quite the same size."""
    kind = KINDS[look.kind]
    about = (600.0, 940.0) if kind.pose == "standing" else (600.0, 600.0)
    own = 0.965 + (_seed(look, "size") % 8) / 100
    return group(kind.draw(sheet, look), about=about, scale=ZOOM.get(look.kind, 1.0) * own * scale)


def _seed(look: Look, salt: str = "") -> int:
    return zlib.crc32(f"{look.name}{salt}".encode())


def main(look: Look) -> str:
    """The thing on a tinted ground."""
    sheet = Sheet(look.name)
    ground = ground_for(look.family, (look.base, look.accent), _seed(look))
    back = backdrop(sheet, look.family, KINDS[look.kind].pose, ground)
    return sheet.document(back + placed(sheet, look))


def detail(look: Look) -> str:
    """Close up, where the making shows."""
    sheet = Sheet(look.name)
    kind = KINDS[look.kind]
    ground = ground_for(look.family, (look.base, look.accent), _seed(look) + 1)
    x, y = kind.focus
    near = group(
        placed(sheet, look),
        move=(600 - x, 620 - y),
        turn=-4 if kind.pose == "flat" else 0,
        about=(x, y),
        scale=1.9,
    )
    return sheet.document(backdrop(sheet, look.family, "flat", ground) + near)


def pair(look: Look, other: Look) -> str:
    """Two colours of it: the other one behind, smaller."""
    sheet = Sheet(look.name)
    kind = KINDS[look.kind]
    ground = ground_for(look.family, (look.base, other.base), _seed(look) + 2)
    standing = kind.pose == "standing"
    behind = group(placed(sheet, other, 0.66), move=(200, -84 if standing else -190))
    front = group(placed(sheet, look, 0.78), move=(-170, 30 if standing else 130))
    return sheet.document(backdrop(sheet, look.family, kind.pose, ground) + behind + front)


def in_place(look: Look, shelf: str) -> str:
    """The thing where it will live."""
    sheet = Sheet(look.name)
    ground = ground_for(look.family, (look.base, look.accent), _seed(look) + 1)
    back = scene(sheet, look.family, shelf, ground)
    return sheet.document(back + group(placed(sheet, look, 0.9), move=(0, 50)))
