"""Tests of ordering, routing."""
