from tests.catalogue.album import album

__all__ = ["album"]
