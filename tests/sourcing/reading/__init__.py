"""Tests of sourcing, reading."""
