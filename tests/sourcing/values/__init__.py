"""Tests of sourcing, values."""
