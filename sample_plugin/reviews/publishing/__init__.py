"""Publish exactly what is reviewed, at once or in the background; or, explicitly, what is not reviewed."""
