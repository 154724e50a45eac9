"""The built-in test gateway: no money, the same life as a real one, its own books. See `cards.py` for the numbers."""
