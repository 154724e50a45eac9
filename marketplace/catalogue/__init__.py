"""What a merchant sells: listings made of offers, priced, followed and matched."""
