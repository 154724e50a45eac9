"""The history of the tenants' tables."""
