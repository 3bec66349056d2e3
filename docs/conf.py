"""How ``make docs`` makes pages of the documentation. What the reference shows comes from the code itself."""

import os
import sys
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]
# With the apps that only the LMS loads, too: the workbench is a Studio.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.setdefault("WORKBENCH_VAR", tempfile.mkdtemp())
# For the commands whose output is shown: this Python, and the same lines on every machine.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
os.environ.update(COLUMNS="80", NO_COLOR="1")
django.setup()

from django.core.management import call_command  # noqa: E402, takes Django
from docutils import nodes  # noqa: E402
from openapi_pages import write_pages  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402

from sample_plugin import __version__  # noqa: E402

project = "Reviewed before published"
author = "the Open edX community"
project_copyright = "Apache-2.0"
release = version = __version__
root_doc = "index"
exclude_patterns = ["build"]
# In a line of text, what is in single backticks is code of ours, and has to exist.
default_role = "py:obj"
nitpicky = True
# But not what a signature names: that may be in a package whose documentation we do not link to.
nitpick_ignore_regex = [("py:(?!obj).*", ".*")]

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",  # "Raises:" in docstrings
    "sphinx.ext.viewcode",
    "code_annotations.contrib.sphinx.extensions.settings",
    "sphinxcontrib.openapi",
    "sphinxcontrib.programoutput",
]

html_theme = "sphinx_book_theme"  # docs.openedx.org's
html_title = project
html_theme_options = {
    "repository_url": "https://github.com/openedx/sample-plugin",
    "use_repository_button": True,
    "home_page_in_toc": True,
    "show_toc_level": 2,
}
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["docs.css"]

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True

# For the settings, whose descriptions are comments in the code.
settings_source_path = str(ROOT)
settings_repo_url = html_theme_options["repository_url"]
settings_repo_version = "main"

# The one that takes "markup".
openapi_default_renderer = "httpdomain"


def write_openapi_schema(app: Sphinx) -> None:
    """Write down what the REST API says about itself, for the reference."""
    schema = ROOT / "build" / "openapi.yaml"
    schema.parent.mkdir(exist_ok=True)
    call_command("spectacular", file=str(schema), validate=True, fail_on_warn=True)
    write_pages(schema, schema.parent)


def drop_paths_from_diffs(app: Sphinx, page: nodes.document) -> None:
    """Take the two lines out of each diff that name files on the machine on which the page is made."""
    for block in page.findall(nodes.literal_block):
        if block.get("language") == "udiff":
            text = "\n".join(block.astext().splitlines()[2:])
            block.rawsource, block.children = text, [nodes.Text(text)]


def setup(app: Sphinx) -> None:
    """Do what no extension does."""
    app.connect("builder-inited", write_openapi_schema)
    app.connect("doctree-read", drop_paths_from_diffs)
