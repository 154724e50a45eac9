"""Tests of sourcing, screens."""
