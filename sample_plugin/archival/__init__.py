"""Learners archive the cards of courses on their dashboard: a small plugin for the LMS, to read first."""
