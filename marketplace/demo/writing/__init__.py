"""How each demo supplier writes its feed: four formats, with the oddities that real files have."""
