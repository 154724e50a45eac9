"""The demo suppliers' web servers: a feed that can be asked conditionally, and the pictures it names."""
