"""Many at once, and what breaks in the middle: on MariaDB and MySQL, with real connections. Longer: ``make races``."""
