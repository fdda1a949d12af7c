"""The examples for Spark and Daft make the set that the command makes, whatever is in the folder."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
EXAMPLES = ROOT / "python" / "examples"
COMMAND = pathlib.Path(os.environ.get("BUDGET_COMMAND", ROOT / "target/debug/budget"))
GENERATOR = pathlib.Path(os.environ.get("BUDGET_GENERATOR", ROOT / "target/debug/examples/budget-gen"))
REAL = pathlib.Path(os.environ.get("BUDGET_REAL_DIR", ROOT.parent / "shared/real")) / "pdf"

GENERATED = 2000


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Generated documents, real ones where they are, and what else lies in folders; names that need care."""
    if not COMMAND.exists() or not GENERATOR.exists():
        pytest.skip("needs `cargo build --examples --bins` of the repository")
    tree = tmp_path_factory.mktemp("tree")
    generated = ["--seed", "1", "--count", str(GENERATED), "--layout", "xinjiang-2025", "--format", "text"]
    subprocess.run([GENERATOR, *generated, "--out", tree / "a"], check=True, capture_output=True)
    (tree / "a-b").mkdir()
    sample = ROOT / "examples/disclosure.pdf"
    shutil.copy(sample, tree / "a-b" / "预算 100%20#1?.pdf")
    shutil.copy(sample, tree / "copy.pdf")
    (tree / "cut.pdf").write_bytes(sample.read_bytes()[:3000])
    (tree / "empty.pdf").write_bytes(b"")
    (tree / "note.txt").write_text("今天下雨。", encoding="utf-8")
    (tree / "code.py").write_text("print('支出总表')", encoding="utf-8")
    if REAL.is_dir():
        shutil.copytree(REAL, tree / "real")
    return tree


def run(*command, **environment):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    # 2 says that some files could not be read.
    assert done.returncode in (0, 2), done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def of_command(tree):
    """The set that the command makes of the folder."""
    folder = tree.parent / "of-command"
    run(COMMAND, "extract", tree, "--dataset", folder, "--to", "parquet", "--lang", "en")
    return folder


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(folder):
    """Its lines: those of documents and files as they are, and what is said of failures but for the words, in any order."""
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    failures = sorted(
        (line["failure"]["path"], line["failure"]["code"], line["failure"]["outcome"]) for line in lines if "failure" in line
    )
    is_other = lambda line: "failure" in line or line.get("file", {}).get("table") == "failures"
    return [line for line in lines if not is_other(line)], failures


@pytest.mark.parametrize("engine", ["pyspark", "daft"])
def test_an_engine_makes_the_set_of_the_command(engine, tree, of_command, tmp_path):
    pytest.importorskip(engine)
    if engine == "pyspark" and not shutil.which("java"):
        pytest.skip("Spark needs Java")
    script = EXAMPLES / {"pyspark": "spark_dataset.py", "daft": "daft_dataset.py"}[engine]
    run(sys.executable, script, tree, tmp_path / "set", PYSPARK_PYTHON=sys.executable)
    made, expected = files(tmp_path / "set"), files(of_command)
    assert made.keys() == expected.keys()
    # Failures are told in other words and in another order.
    same = expected.keys() - {pathlib.Path("manifest.jsonl"), pathlib.Path("failures.parquet")}
    assert [str(name) for name in same if made[name] != expected[name]] == []
    assert manifest(tmp_path / "set") == manifest(of_command)
    outcomes = {pathlib.Path(path).name: outcome for path, _, outcome in manifest(tmp_path / "set")[1]}
    assert outcomes["cut.pdf"] == outcomes["empty.pdf"] == "failed"
    assert outcomes["note.txt"] == outcomes["code.py"] == "skipped"
