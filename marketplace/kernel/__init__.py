"""What the other packages stand on; no business words."""
