"""Read what screens and commands show."""
