"""What our publishing house wants beyond a review: the plugin that the how-tos write."""
