"""Pictures on a storefront: the same as on every other host."""

from marketplace.web.media import EXTENSION, media_path, picture

__all__ = ["EXTENSION", "media_path", "picture"]
