"""Tests of sourcing, agreements."""
