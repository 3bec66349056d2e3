"""The REST API. It resolves keys, checks permissions and serializes values; ``api`` does the work."""
