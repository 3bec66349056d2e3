"""The gate: it keeps unreviewed changes from being published."""
