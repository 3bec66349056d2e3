"""The workbench's own commands."""
