"""Notifications: mails about what a person waits for or is asked for. They use the events of the apps beside them."""
