"""Pages that a dashboard and a portal share: the team, and who the business is."""
