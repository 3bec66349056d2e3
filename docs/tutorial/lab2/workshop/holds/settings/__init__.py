"""What the app adds to the settings of the platform."""
