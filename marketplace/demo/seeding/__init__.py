"""Filling an empty database with the demo world, by the very use cases people use: one module a chapter."""
