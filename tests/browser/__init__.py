"""What people see and do, in a browser: the workbench as a user runs it, with the packed plugin in its page."""
