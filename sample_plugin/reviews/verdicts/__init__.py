"""Verdicts: give one, withdraw it, and carry it over a save that changes nothing."""
