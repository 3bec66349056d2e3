"""The URLs that plugins have in the LMS, as the LMS finds them, beside those of the workbench, which is a Studio."""

from edx_django_utils.plugins import get_plugin_url_patterns

from workbench.urls import urlpatterns as of_studio

urlpatterns = [*get_plugin_url_patterns("lms.djangoapp"), *of_studio]
