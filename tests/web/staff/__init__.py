"""Tests of web, staff."""
