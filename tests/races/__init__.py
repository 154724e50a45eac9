"""Many people at once: each race is shown without its lock first."""
