"""The history of the marketplace's tables."""
