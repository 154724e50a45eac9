"""Tests of sourcing, mapping."""
