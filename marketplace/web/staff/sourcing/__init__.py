"""What the supplier's and the merchant's pages about feeds, offers and agreements share."""
