"""Tests of web, dashboard, catalogue."""
