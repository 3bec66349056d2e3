"""
The rules of docs/reference/plugin_quality.rst that can be seen in the files of a plugin, ours or another.

Each function is one rule, and yields what breaks it. It reads files, and imports and runs nothing of the plugin. It
reports only what it can see: a plugin without findings can still break the rule.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

type Findings = Iterator[str]

METADATA = ("pyproject.toml", "setup.cfg", "setup.py")
SKIPPED = {"node_modules", "build", "dist", "docs", "tests", "test_utils"}
PLATFORM = {"lms", "cms", "common", "openedx", "xmodule"}
# Settings of the platform to which every plugin adds.
SHARED_SETTINGS = {"INSTALLED_APPS", "MIDDLEWARE", "OPEN_EDX_FILTERS_CONFIG", "FEATURES", "AUTHENTICATION_BACKENDS"}


class Plugin:
    """The files of a plugin: what its metadata says, and the Python of the packages that its entry points name."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def metadata(self) -> dict[Path, str]:
        """The metadata of the Python package: next to the README, or one folder below, as in ``backend/``."""
        found = [path for name in METADATA for path in (*self.root.glob(name), *self.root.glob(f"*/{name}"))]
        return {path: path.read_text(encoding="utf-8") for path in found}

    @cached_property
    def entry_points(self) -> dict[Path, set[str]]:
        """By file: the modules that entry points of the LMS and of Studio name."""
        named = {path: set(re.findall(r"=\s*[\"']?([\w.]+)\.apps:\w+", text)) for path, text in self.metadata.items()}
        return {path: names for path, names in named.items() if names and ".djangoapp" in self.metadata[path]}

    @cached_property
    def modules(self) -> dict[str, ast.Module]:
        """By path: the modules of the packages, without their tests."""
        found: dict[str, ast.Module] = {}
        for path, names in self.entry_points.items():
            for package in sorted({name.split(".")[0] for name in names}):
                for file in (*path.parent.glob(f"{package}/**/*.py"), *path.parent.glob(f"src/{package}/**/*.py")):
                    if not SKIPPED & set(file.relative_to(path.parent).parts):
                        found[str(file.relative_to(self.root))] = ast.parse(file.read_text(encoding="utf-8"))
        return found

    @cached_property
    def _walked(self) -> list[tuple[str, ast.AST]]:
        return [(path, node) for path, module in self.modules.items() for node in ast.walk(module)]

    def nodes[Node: ast.AST](self, kind: type[Node], within: str = "") -> Iterator[tuple[str, Node]]:
        """Yield where each node of the kind is, ``path:line``, and the node. ``within`` is a part of the path."""
        for path, node in self._walked:
            if within in path and isinstance(node, kind):
                yield f"{path}:{getattr(node, 'lineno', 1)}", node

    def classes(self, base: str, within: str = "") -> Iterator[tuple[str, ast.ClassDef]]:
        """Yield the classes with a base whose name ends so."""
        for place, node in self.nodes(ast.ClassDef, within):
            if any(ast.unparse(each).split("[")[0].endswith(base) for each in node.bases):
                yield place, node

    def has(self, *patterns: str) -> bool:
        """Return whether there is such a file, next to the README or one folder below."""
        return any(next(self.root.glob(f"{below}{each}"), None) for each in patterns for below in ("", "*/"))


def entry_point(plugin: Plugin) -> Findings:
    if not plugin.entry_points:
        yield "No setup.py, setup.cfg or pyproject.toml has an entry point in lms.djangoapp or cms.djangoapp."


def no_platform_imports(plugin: Plugin) -> Findings:
    for path, module in plugin.modules.items():
        for node in module.body:
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            for name in names:
                if name.split(".")[0] in PLATFORM:
                    yield f"{path}:{node.lineno}: {name} is the platform's. Import it where it is used."


def settings_merge(plugin: Plugin) -> Findings:
    for path, module in plugin.modules.items():
        names = [node for node in ast.walk(module) if isinstance(node, ast.Attribute | ast.Constant)]
        read = {node.attr for node in names if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}
        read |= {node.value for node in names if isinstance(node, ast.Constant)}
        for node in names:
            name = node.attr if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) else ""
            if name in SHARED_SETTINGS - read:
                yield f"{path}:{node.lineno}: {name} is replaced. Add to what is there."


def step_returns_a_dict(plugin: Plugin) -> Findings:
    for place, step in plugin.classes("PipelineStep"):
        for method in step.body:
            if isinstance(method, ast.FunctionDef) and method.name == "run_filter":
                arguments = {each.arg for each in (*method.args.args, *method.args.kwonlyargs)}
                for node in ast.walk(method):
                    value = node.value if isinstance(node, ast.Return) else None
                    # Of what other names and calls return nothing can be seen.
                    is_argument = isinstance(value, ast.Name) and value.id in arguments
                    if is_argument or isinstance(value, ast.Tuple | ast.List | ast.JoinedStr):
                        yield f"{place}: {step.name} returns {ast.unparse(value)}. Return it in a dict, by its name."


def primary_keys(plugin: Plugin) -> Findings:
    for place, config in plugin.classes("AppConfig", "apps"):
        folder = place.split("apps")[0]
        has_models = any(path.startswith(f"{folder}migrations") for path in plugin.modules)
        if has_models and not _assigned(config, "default_auto_field"):
            yield f"{place}: {config.name} does not set default_auto_field."


def migrations_reversible(plugin: Plugin) -> Findings:
    for place, call in plugin.nodes(ast.Call, "migrations"):
        name = ast.unparse(call.func).split(".")[-1]
        if name in ("RunPython", "RunSQL") and len(call.args) + len(call.keywords) < 2:
            yield f"{place}: {name} cannot be undone."


def personal_data(plugin: Plugin) -> Findings:
    for place, model in plugin.classes("Model", "models"):
        lines = ast.get_docstring(model) or ""
        is_abstract = any("abstract = True" in ast.unparse(node) for node in model.body)
        if ".. pii" not in lines and ".. no_pii" not in lines and not is_abstract and not _has_comment(plugin, place):
            yield f"{place}: {model.name} does not say whether it holds personal data (.. pii: or .. no_pii:)."


def user_model(plugin: Plugin) -> Findings:
    imports = plugin.nodes(ast.ImportFrom)
    djangos = {place.split(":")[0] for place, node in imports if node.module == "django.contrib.auth.models"}
    for place, call in plugin.nodes(ast.Call):
        if ast.unparse(call.func).split(".")[-1] in ("ForeignKey", "OneToOneField") and call.args:
            to = ast.unparse(call.args[0])
            if to == "'auth.User'" or (to == "User" and place.split(":")[0] in djangos):
                yield f"{place}: the key names {to}. Name settings.AUTH_USER_MODEL."


def licence_and_readme(plugin: Plugin) -> Findings:
    for what, patterns in {"licence": ("LICENSE*", "LICENCE*"), "README": ("README*",)}.items():
        if not plugin.has(*patterns):
            yield f"There is no {what}."
    if not any(re.search(r"requires-python|python_requires", text) for text in plugin.metadata.values()):
        yield "The metadata does not say which Python is needed (requires-python)."


def permissions(plugin: Plugin) -> Findings:
    bases = ("APIView", "ViewSet", "GenericAPIView")
    named = {node.name: node for _place, node in plugin.nodes(ast.ClassDef)}

    def are_said(view: ast.ClassDef) -> bool:
        parents = [named[name] for each in view.bases if (name := ast.unparse(each).split("[")[0]) in named]
        return _assigned(view, "permission_classes", "get_permissions") or any(map(are_said, parents))

    for base in bases:
        for place, view in plugin.classes(base):
            if not are_said(view):
                yield f"{place}: {view.name} does not say who may call it (permission_classes)."


def no_fail_open(plugin: Plugin) -> Findings:
    for place, handler in plugin.nodes(ast.ExceptHandler):
        caught = ast.unparse(handler.type) if handler.type else "everything"
        if caught in ("everything", "Exception", "BaseException") and all(map(_does_nothing, handler.body)):
            yield f"{place}: {caught} is caught and nobody is told."


def aware_times(plugin: Plugin) -> Findings:
    for place, call in plugin.nodes(ast.Call):
        if re.fullmatch(r"(datetime\.)?datetime\.(now\(\)|utcnow\(\))", ast.unparse(call)):
            yield f"{place}: {ast.unparse(call)} has no time zone. Use django.utils.timezone.now()."


def types(plugin: Plugin) -> Findings:
    folders = {(plugin.root / path).parent for path in plugin.modules}
    if not any((folder / "py.typed").exists() for folder in folders):
        yield "No package has a file py.typed."


def layers(plugin: Plugin) -> Findings:
    contracts = [*plugin.root.glob(".importlinter"), *plugin.root.glob("*/.importlinter")]
    if not contracts and not any(re.search(r"\[(tool\.)?importlinter", text) for text in plugin.metadata.values()):
        yield "No configuration of import-linter says which module may import which."


def real_neighbours(plugin: Plugin) -> Findings:
    neighbours = r"patch(\.object)?\(\s*[\"'](openedx_content|openedx_filters|openedx_authz|django\.db)\b"
    for file in (*plugin.root.glob("tests/**/*.py"), *plugin.root.glob("*/tests/**/*.py")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(neighbours, line):
                yield f"{file.relative_to(plugin.root)}:{number}: a neighbour is mocked."


def _assigned(node: ast.ClassDef, *names: str) -> bool:
    """Return whether the class itself has an attribute or a method of one of these names."""
    found = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    for each in node.body:
        targets = (
            each.targets if isinstance(each, ast.Assign) else [each.target] if isinstance(each, ast.AnnAssign) else []
        )
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return bool(found & set(names))


def _has_comment(plugin: Plugin, place: str) -> bool:
    """Return whether the annotation is a comment in the four lines above the class."""
    path, line = place.rsplit(":", 1)
    above = (plugin.root / path).read_text(encoding="utf-8").splitlines()[max(0, int(line) - 5) : int(line)]
    return any(re.search(r"\.\. (no_)?pii", each) for each in above)


def _does_nothing(node: ast.stmt) -> bool:
    is_nothing = isinstance(node, ast.Pass | ast.Continue) or (isinstance(node, ast.Return) and node.value is None)
    return is_nothing or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


RULES: dict[str, Callable[[Plugin], Findings]] = {
    rule.__name__: rule
    for rule in (
        entry_point,
        no_platform_imports,
        settings_merge,
        step_returns_a_dict,
        primary_keys,
        migrations_reversible,
        personal_data,
        user_model,
        licence_and_readme,
        permissions,
        no_fail_open,
        aware_times,
        types,
        layers,
        real_neighbours,
    )
}
