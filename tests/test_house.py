"""The floors of the house: what may import what, how large things may grow, what may not lie about."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import journeymap as jm

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "journeymap"
FILES = sorted(PACKAGE.rglob("*.py"))

FLOORS = [  # a file imports only from floors above its own
    ["errors"],
    ["durations", "writing"],
    ["values"],
    ["rules", "yaml_text"],
    ["conditions", "wording"],
    ["journeys"],
    ["notation"],
    ["events"],
    ["counting"],
    ["analyses"],
    ["questions"],
    ["maps"],
    ["charts"],
    ["report"],
    ["workbook"],
    ["cli"],
]
FLOOR_OF = {name: height for height, names in enumerate(FLOORS) for name in names}
LAZY = {("journeys", "notation")}  # Journey.load and save, imported when called
ANALYSES = {"funnel", "flow", "reconcile", "sensitivity", "suggestions", "retention"}
PANELS = {"funnel_panel", "flow_panel", "data_panel"}
KNOWN_ONLY_IN = {
    "altair": {"charts", "report"},
    "ipywidgets": {"workbook"},
    "anywidget": {"workbook"},
    "vl_convert": {"charts", "report", "workbook"},
    "voila": {"workbook"},
    "duckdb": {"events"},
    "pptx": {"report"},
    "numba": {"counting", "events"},
    "ibis": {"counting", "events"},
}
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "notebooks", "journeymap", "tests"}


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE)).removesuffix(".py")


def imports(path: Path) -> list[str]:
    """List the modules that a file imports, except for types alone."""
    tree = ast.parse(path.read_text())
    types_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in types_only:
            continue
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def floor(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.splitlines()]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_import_only_from_floors_above(path):
    here = name_of(path).split("/")[0]
    if here == "__init__":
        return
    for module in imports(path):
        there = floor(module) if module.startswith("journeymap.") else ""
        if there in FLOOR_OF and (here, there) not in LAZY:
            assert FLOOR_OF[there] <= FLOOR_OF[here], f"{name_of(path)} imports {module}"


def test_a_result_knows_its_chart_only_at_the_first_display():
    assert "journeymap.charts" not in run("import journeymap as jm; jm.funnel; jm.flow; jm.ask")


@pytest.mark.parametrize(("folder", "names"), [("analyses", ANALYSES), ("workbook", PANELS)])
def test_no_analysis_imports_another_and_no_panel_another(folder, names):
    for name in names:
        others = {f"journeymap.{folder}.{other}" for other in names - {name}}
        assert not others & set(imports(PACKAGE / folder / f"{name}.py"))


@pytest.mark.parametrize("library", KNOWN_ONLY_IN)
def test_libraries_are_known_on_their_floor_only(library):
    users = {
        name_of(path).split("/")[0]
        for path in FILES
        if any(m.split(".")[0] == library for m in imports(path))
    }
    assert users <= KNOWN_ONLY_IN[library]


def test_importing_the_package_loads_nothing_heavy():
    assert not run("import journeymap") & {"pandas", "numba", "altair", "duckdb", "ipywidgets", "jupyterlab"}


def run(code: str) -> set[str]:
    """Return the modules that are loaded after some code."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys, json; print(json.dumps(list(sys.modules)))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(shown.stdout))


def test_files_and_functions_stay_small():
    long = []
    for path in FILES:
        text = path.read_text()
        if text.count("\n") > 300:
            long.append(f"{name_of(path)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and not is_kernel(node):
                body = node.end_lineno - node.body[0].lineno + 1 - docstring_lines(node)
                if body > 50:
                    long.append(f"{name_of(path)}: {node.name} is {body} lines")
    assert not long


def is_kernel(node: ast.FunctionDef) -> bool:
    return any("njit" in ast.dump(decorator) for decorator in node.decorator_list)


def docstring_lines(node: ast.FunctionDef) -> int:
    first = node.body[0]
    is_doc = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    return first.end_lineno - first.lineno + 1 if is_doc else 0


def test_nothing_is_named_for_what_it_is_not():
    assert not [
        name_of(path)
        for path in FILES
        if path.stem in {"utils", "helpers", "base", "manager", "common", "misc"}
    ]


def test_no_colour_is_typed_outside_the_theme():
    typed = []
    for path in [*FILES, *PACKAGE.rglob("*.css"), *PACKAGE.rglob("*.j2"), *PACKAGE.rglob("*.js")]:
        text = re.sub(r">>>.*|^\s*'#[0-9A-Fa-f]{6}'$", "", path.read_text(), flags=re.M)
        if path.name not in {"runtime.js", "theme.py"} and re.search(
            r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?![\w-])", text
        ):
            typed.append(str(path.relative_to(PACKAGE)))
    assert not typed


def test_the_page_asks_nobody_outside():
    known = re.compile(r"https?://(127\.0\.0\.1|localhost|\{|www\.w3\.org/|vega\.github\.io/schema/)")
    kinds = {".py", ".js", ".css", ".html", ".j2", ".json", ".ipynb"}
    paths = [path for path in PACKAGE.rglob("*") if path.suffix in kinds and path.name != "runtime.js"]
    addresses = [
        (path.name, found)
        for path in paths
        for found in re.findall(r"https?://[^\s\"'<>)]+", path.read_text())
    ]
    calling = [(name, address) for name, address in addresses if not known.match(address)]
    assert not calling


def test_the_top_level_is_as_asked():
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_notebooks_are_short_stories_without_outputs():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text())["cells"]
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), path.name
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        assert not any(re.search(r"^\s*(def|class) ", text, flags=re.M) for text in code), path.name
        assert len(cells) <= 30, path.name


def test_no_path_of_a_machine_is_committed():
    private = re.compile(r"/(?:root|home/\w+|work)/|\b10\.\d+\.\d+\.\d+\b")
    texts = {".py", ".md", ".toml", ".ipynb", ".yaml", ".css", ".js", ".j2", ".json", ""}
    found = [
        p.name
        for p in tracked()
        if p.exists()
        and p.suffix in texts
        and p.name not in {"runtime.js", Path(__file__).name}
        and private.search(p.read_text())
    ]
    assert not found


def test_public_names_exist_and_say_what_they_are():
    for name in jm.__all__:
        documented = getattr(jm, name).__doc__ or ""
        assert len(documented) > 20, name


@pytest.mark.parametrize(
    "command", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join
)
def test_linters_are_silent(command):
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-2000:]
