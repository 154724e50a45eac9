"""The parts of curation: reading what was picked, finding what is sold already, writing products."""
