"""Tests of web, api."""
