"""Conversations about changes: comments, replies, and whether they are resolved."""
