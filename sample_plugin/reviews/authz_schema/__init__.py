"""What this plugin adds to openedx-authz: the YAML files beside this one (openedx-authz ADR 0019)."""

__all__ = ["get_schema_resources"]


def get_schema_resources() -> list[str]:
    """Return where the files are; the entry point ``authz.schema`` names this function."""
    return ["sample_plugin/reviews/authz_schema"]
