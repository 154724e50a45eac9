"""Pages and the API; controllers only."""
