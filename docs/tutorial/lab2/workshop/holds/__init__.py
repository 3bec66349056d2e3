"""Items of a library that are on hold: they are not published, reviewed or not."""
