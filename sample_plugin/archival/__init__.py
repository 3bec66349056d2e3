"""A learner puts course cards away: a small plugin with every interface, to read first."""
