"""Tests of sourcing, formats."""
