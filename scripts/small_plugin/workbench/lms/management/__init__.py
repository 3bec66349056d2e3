"""Management commands of the workbench."""
