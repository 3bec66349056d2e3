"""Many at once, and what breaks in the middle: on MariaDB, with real connections. ``make races`` runs it for long."""
