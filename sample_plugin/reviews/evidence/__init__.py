"""Explain what is live, and what has been: by the record of that time, never by today's policy."""
