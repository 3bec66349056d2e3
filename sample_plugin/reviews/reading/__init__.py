"""What screens and commands show."""
