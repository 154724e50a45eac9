"""One file for each shelf of things; importing them registers the drawings."""

from marketplace.demo.illustrations.drawings import (
    building,
    camp,
    carry,
    desk,
    devices,
    glass,
    lights,
    play,
    rooms,
    table,
    textiles,
    vessels,
    wear,
    wooden,
)

__all__ = [
    "building",
    "camp",
    "carry",
    "desk",
    "devices",
    "glass",
    "lights",
    "play",
    "rooms",
    "table",
    "textiles",
    "vessels",
    "wear",
    "wooden",
]
