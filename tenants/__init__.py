"""Who is asking: accounts, people, roles, sessions, scopes, row security."""
