"""
The doctor: it tells an operator in plain sentences whether the gate holds, and what it has checked.

One module for each subject. Each ends with its list of checks, and ``examination.py`` runs them all.
"""
