"""A world to test in: databases, people, feeds, servers on loopback."""
