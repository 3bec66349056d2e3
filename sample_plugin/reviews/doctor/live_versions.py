"""
The place for checks of what is live: versions whose publish nobody can explain.

They need the gate's records of its judgements. Until the plugin keeps these, there is nothing to ask.
"""

from __future__ import annotations

from .findings import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = ()
