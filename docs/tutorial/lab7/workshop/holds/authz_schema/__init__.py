"""What the plugin adds to openedx-authz: the YAML file beside this one."""


def get_schema_resources() -> list[str]:
    """Return where it is; the entry point ``authz.schema`` names this function."""
    return ["holds/authz_schema"]
