"""What this plugin adds to openedx-authz: the YAML files beside this one."""


def get_schema_resources() -> list[str]:
    """Return where the files are: a package, and folders in it. The entry point names this function."""
    return ["house_rules/authz_schema"]
