"""Suppliers' offers: agreements, feeds, their reading and their runs."""
