"""Tests of sourcing, sync."""
