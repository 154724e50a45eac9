"""Pictures of goods: wanted when an offer is taken up, fetched and rendered by a worker, laid out on listings."""
