"""How fast it is, each against a floor measured in the same run."""
