"""Read openedx-core's records of drafts: their changes, who made them, and what they pin."""
