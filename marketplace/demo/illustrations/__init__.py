"""Every picture of the demo world, drawn in code: no file is downloaded and no font is needed."""

from marketplace.demo.illustrations.pictures import (
    NoSuchPicture,
    all_pictures,
    picture,
    picture_svg,
    pictures_of,
    render_png,
)

__all__ = ["NoSuchPicture", "all_pictures", "picture", "picture_svg", "pictures_of", "render_png"]
