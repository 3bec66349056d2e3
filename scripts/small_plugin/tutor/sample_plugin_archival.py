"""
A Tutor plugin in one file: the Python package in the LMS, and the npm package in the learner's dashboard.

Each block adds text to a file that Tutor renders at "tutor config save". README.rst says how to install it.
"""

from tutor import hooks
from tutormfe.hooks import PLUGIN_SLOTS

# --- Settings ---------------------------------------------------------------------------------------------------------

hooks.Filters.CONFIG_DEFAULTS.add_items(
    [
        # Where the Python package comes from.
        ("SAMPLE_PLUGIN_ARCHIVAL_PIP_REQUIREMENT", "git+https://github.com/openedx/sample-plugin.git"),
        # The URL of the file that "npm pack" makes in frontend/. If it is empty, the dashboard stays as it is.
        ("SAMPLE_PLUGIN_ARCHIVAL_NPM_REQUIREMENT", ""),
    ]
)

# --- Images -----------------------------------------------------------------------------------------------------------

hooks.Filters.ENV_PATCHES.add_items(
    [
        (
            "openedx-dockerfile-post-python-requirements",
            """
RUN --mount=type=cache,target=/openedx/.cache/pip,sharing=shared \
    $PIP_COMMAND install '{{ SAMPLE_PLUGIN_ARCHIVAL_PIP_REQUIREMENT }}'
""",
        ),
        (
            "mfe-dockerfile-post-npm-install-learner-dashboard",
            """
{%- if SAMPLE_PLUGIN_ARCHIVAL_NPM_REQUIREMENT %}
RUN --mount=type=cache,target=/root/.npm,sharing=shared \
    npm install --no-audit --no-fund --registry=$NPM_REGISTRY '{{ SAMPLE_PLUGIN_ARCHIVAL_NPM_REQUIREMENT }}'
{%- endif %}
""",
        ),
    ]
)

# --- Front end --------------------------------------------------------------------------------------------------------

# In env.config.jsx the slots of all plugins share one "try": if this import failed there, no slot would be filled.
hooks.Filters.ENV_PATCHES.add_item(
    (
        "mfe-env-config-runtime-definitions-learner-dashboard",
        """
{%- if SAMPLE_PLUGIN_ARCHIVAL_NPM_REQUIREMENT %}
      const samplePluginArchival = await import('frontend-plugin-sample-archival/learner-dashboard').catch((error) => {
        console.error('The front end of sample_plugin_archival could not be loaded:', error);
      });
{%- else %}
      const samplePluginArchival = undefined;
{%- endif %}
""",
    )
)

# frontend/src/learner-dashboard/pluginSlots.tsx decides what goes into which slot.
PLUGIN_SLOTS.add_items(
    [
        ("learner-dashboard", slot, f"...(samplePluginArchival?.pluginSlots['{slot}'].plugins ?? [])")
        for slot in (
            "org.openedx.frontend.learner_dashboard.course_list.v1",
            "org.openedx.frontend.learner_dashboard.course_card_action.v1",
        )
    ]
)
