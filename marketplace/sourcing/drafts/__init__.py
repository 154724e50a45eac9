"""A mapping that somebody is working on: the file it is tried on, how it could be read, what a trial of it gives."""
