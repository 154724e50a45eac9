"""Carts, checkout and orders, and the routing of their lines to suppliers."""
