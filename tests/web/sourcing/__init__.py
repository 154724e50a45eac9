"""Tests of web, sourcing."""
