"""What drf-spectacular has to be told, to describe the REST APIs that plugins bring."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

# These describe their endpoints for another tool, and drf-spectacular could but guess.
_OF_THE_PLATFORM = ("/api/authz/", "/api/tasks/")


def without_the_platforms_own(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """Leave out what a Studio has without plugins."""
    return [endpoint for endpoint in endpoints if not endpoint[0].startswith(_OF_THE_PLATFORM)]


class JwtScheme(OpenApiAuthenticationExtension):
    """``Authorization: JWT …``. Registered by being defined."""

    target_class = "edx_rest_framework_extensions.auth.jwt.authentication.JwtAuthentication"
    name = "jwtAuth"
    match_subclasses = True

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Describe the header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`JWT` and a token that the LMS has signed. Scripts get one from `/oauth2/access_token`.",
        }
