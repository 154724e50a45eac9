"""Tests of sourcing, transports."""
