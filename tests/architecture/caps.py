"""The size caps of the house, as a check that `make lint` runs.

A module has at most 350 lines, a function 50 lines and 6 parameters, a template 120
lines, a test file 400 lines; migrations are written by Django and do not count.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("winkelstraat", "dorpen", "ketens", "tests")
MODULE_LINES = 350
TEST_LINES = 400
FUNCTION_LINES = 50
PARAMETERS = 6
TEMPLATE_LINES = 120


def check_tree(project: Path) -> Iterator[str]:
    """Yield one sentence for each file or function past its cap."""
    for package in PACKAGES:
        for path in sorted((project / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from check_module(path, TEST_LINES if package == "tests" else MODULE_LINES)
    for path in sorted((project / "themes").rglob("templates/**/*.*")):
        lines = len(path.read_text().splitlines())
        if lines > TEMPLATE_LINES:
            yield f"{path}: {lines} lines, a template has at most {TEMPLATE_LINES}"


def check_module(path: Path, most_lines: int) -> Iterator[str]:
    """Yield what is too long in one Python file."""
    text = path.read_text()
    lines = len(text.splitlines())
    if lines > most_lines:
        yield f"{path}: {lines} lines, at most {most_lines}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from check_function(path, node)


def check_function(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """Yield what is too large in one function; `self` and `cls` are no parameters."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    if length > FUNCTION_LINES:
        yield f"{path}:{node.lineno} {node.name}: {length} lines, at most {FUNCTION_LINES}"
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    count = len([name for name in names if name not in {"self", "cls"}])
    if count > PARAMETERS and "tests" not in path.parts:
        yield f"{path}:{node.lineno} {node.name}: {count} parameters, at most {PARAMETERS}"


def main() -> int:
    """Print what is past a cap; exit non-zero when anything is."""
    faults = list(check_tree(Path(__file__).resolve().parents[2]))
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
