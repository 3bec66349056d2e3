"""
Importing courses into libraries, as the platform's app ``modulestore_migrator`` does.

It has that app's label, the names of its models and those of its Celery tasks: they are what a plugin can know.
"""
