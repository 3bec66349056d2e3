"""Ask for a review: of one change or many, from named people or from everyone who may review."""
