"""The gallery: every script runs to its end and makes what it says, of generated documents and of the real ones where they are."""

import csv
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
GALLERY = ROOT / "examples" / "gallery"
REAL = pathlib.Path(os.environ.get("BUDGET_REAL_DIR", ROOT.parent / "shared/real")) / "pdf"


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def is_picture(path):
    return path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 5_000


@pytest.fixture(params=["sample", "real"])
def panel(request, paths, tmp_path):
    """What `panel.py` makes of documents of one department over forty years, or of the real ones."""
    pytest.importorskip("duckdb")
    pytest.importorskip("matplotlib")
    if subprocess.run([sys.executable, "-c", "from charts import chinese; chinese()"], cwd=GALLERY).returncode != 0:
        pytest.skip("no font with Chinese characters")
    if request.param == "real" and not REAL.is_dir():
        pytest.skip("the real documents are not here")
    out = tmp_path / "out"
    said = run(sys.executable, GALLERY / "panel.py", REAL if request.param == "real" else paths[0].parent, out)
    return request.param, out, said


def test_the_panel_has_a_row_for_each_entity_and_year(panel):
    which, out, said = panel
    with (out / "panel.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert f"{len(rows)} rows" in said and is_picture(out / "panel.png")
    keys = [(row["entity"], row["year"], row["stage"], row["scope"]) for row in rows]
    assert len(keys) == len(set(keys))
    # One of the forty is empty.
    assert len(rows) == 39 if which == "sample" else len({row["region"] for row in rows}) >= 10


def test_the_questions_are_answered_with_charts(panel):
    which, out, _ = panel
    said = run(sys.executable, GALLERY / "questions.py", out / "set", out / "charts")
    charts = {path.stem for path in (out / "charts").iterdir() if is_picture(path)}
    assert {"totals", "functions", "three-public", "projects", "personnel"} <= charts
    assert ("year-on-year" in charts) == (which == "sample")
    assert "columns add up" in said


def test_r_answers_them_with_codes_as_text(panel):
    if not shutil.which("Rscript") or not shutil.which("duckdb"):
        pytest.skip("needs R and the command duckdb")
    _, out, _ = panel
    said = run("Rscript", GALLERY / "questions.R", out / "set", out / "charts")
    assert is_picture(out / "charts/totals-r.png") and is_picture(out / "charts/functions-r.png")
    assert "budget" in said
