"""What the pages about feeds, runs, offers and agreements read. Nothing here writes."""
