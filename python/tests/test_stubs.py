"""The stubs say what the package has, in its own words."""

import ast
import inspect
import pathlib
import subprocess
import sys

import pytest

import budget_disclosure as budget
from budget_disclosure import _native

FOLDER = pathlib.Path(budget.__file__).parent
STUBS = ast.parse((FOLDER / "_native.pyi").read_text(encoding="utf-8"))

# Their meaning is that of Python.
OF_PROTOCOLS = {"__len__", "__bool__", "__iter__", "__next__", "__enter__", "__exit__", "__new__", "__class_getitem__"}


def classes():
    return {node.name: node for node in STUBS.body if isinstance(node, ast.ClassDef) if not node.name.startswith("_")}


def test_the_package_says_that_it_is_typed():
    assert (FOLDER / "py.typed").exists()
    assert budget.__all__ == sorted(budget.__all__)
    assert set(budget.__all__) == {*_native.__all__, "check"}
    assert all(hasattr(budget, name) for name in budget.__all__)


@pytest.mark.parametrize("name", classes())
def test_a_class_has_the_members_that_its_stub_has(name):
    stub, thing = classes()[name], getattr(_native, name)
    assert inspect.getdoc(thing) == ast.get_docstring(stub) and name in budget.__all__
    functions = {node.name: node for node in stub.body if isinstance(node, ast.FunctionDef)}
    for member, node in functions.items():
        assert member in vars(thing), f"{name}.{member}"
        if member not in OF_PROTOCOLS:
            assert inspect.getdoc(vars(thing)[member]) == ast.get_docstring(node), f"{name}.{member}"
    if not issubclass(thing, Exception):
        public = {
            member for member in vars(thing) if not member.startswith("_") or member.startswith(("_repr", "__arrow"))
        }
        assert public <= set(functions)


def test_functions_are_those_of_the_stubs():
    functions = [node for node in STUBS.body if isinstance(node, ast.FunctionDef)]
    assert {node.name for node in functions} == {"pack", "read", "read_many", "schemas"}
    for node in functions:
        thing = getattr(_native, node.name)
        names = [argument.arg for argument in node.args.args + node.args.kwonlyargs]
        assert names == list(inspect.signature(thing).parameters)
        # Of functions with several forms the first one has the words.
        first = next(other for other in functions if other.name == node.name)
        assert inspect.getdoc(thing) == ast.get_docstring(first)
    assert all(inspect.getdoc(thing) for thing in (budget, budget.check, budget.read, budget.read_many, budget.schemas))


def test_schemas_describe_every_column():
    for name, schema in budget.schemas().items():
        assert schema.name == name and schema.title and schema.description
        assert set(schema.key) <= {column["name"] for column in schema.columns}
        for column in schema.columns:
            assert column["name"] and column["title"] and column["description"]
            assert (column["type"] == "word") == ("words" in column) and isinstance(column["required"], bool)


def test_mypy_finds_nothing_that_differs():
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy.stubtest", "budget_disclosure", "--ignore-disjoint-bases"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
