"""What openedx-core has on record of drafts: their changes, who made them, and what they pin."""
