"""Sentences about people and what they get; the folders mirror the source."""
