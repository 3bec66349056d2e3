"""Shows learners who reviewed what they read, where the site, the library and the reviewers want it."""
