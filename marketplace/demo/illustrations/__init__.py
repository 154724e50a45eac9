"""Every picture of the demo world, drawn in code: no file is downloaded and no font is needed."""

from marketplace.demo.illustrations.logos import mark, wordmark
from marketplace.demo.illustrations.pictures import (
    NoSuchPicture,
    all_pictures,
    picture,
    picture_svg,
    pictures_of,
    render_png,
)
from marketplace.demo.illustrations.stills import SHELVES, hero, shelf_picture

__all__ = [
    "SHELVES",
    "NoSuchPicture",
    "all_pictures",
    "hero",
    "mark",
    "picture",
    "picture_svg",
    "pictures_of",
    "render_png",
    "shelf_picture",
    "wordmark",
]
