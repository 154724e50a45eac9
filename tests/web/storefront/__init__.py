"""Tests of web, storefront."""
