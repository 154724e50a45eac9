"""Three shops and four suppliers to look at, all of it drawn for the project."""
