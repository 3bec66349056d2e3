"""
The LMS beside Studio, in one process: a learner's dashboard, and the apps that plugins have for the LMS only.

On the platform the two are processes of their own. ``settings.py`` puts them together.
"""
