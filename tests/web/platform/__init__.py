"""Tests of web, platform."""
