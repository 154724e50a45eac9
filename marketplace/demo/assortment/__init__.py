"""What the demo world sells: four hundred invented products, written in the TOML files of this folder."""

from marketplace.demo.assortment.build import by_slug, products
from marketplace.demo.assortment.model import Brand, Colour, Material, Picture, Product, Shelf, Variant

__all__ = ["Brand", "Colour", "Material", "Picture", "Product", "Shelf", "Variant", "by_slug", "products"]
