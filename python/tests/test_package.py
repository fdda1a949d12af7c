"""The package reads the samples of the repository, and hands its tables to everything that takes Arrow data."""

import decimal
import inspect
import pathlib
import threading

import pytest

import budget_disclosure as budget

SAMPLES = pathlib.Path(__file__).parents[2] / "examples"
PDF, TEXT = SAMPLES / "disclosure.pdf", SAMPLES / "disclosure.txt"


@pytest.fixture(scope="module")
def disclosure():
    return budget.read(PDF)


def test_a_path_and_its_bytes_are_one_document(disclosure):
    content = PDF.read_bytes()
    for source in (str(PDF), content, bytearray(content), memoryview(content)):
        again = budget.read(source, name="disclosure.pdf")
        assert (again.key, again.sha256, again.entity) == (disclosure.key, disclosure.sha256, disclosure.entity)
        assert again.path == "disclosure.pdf"
    assert disclosure.path == str(PDF) and disclosure.year == 2025 and disclosure.stage == "budget"
    assert disclosure.is_complete


def test_tables_come_with_the_types_meant_everywhere(disclosure):
    import duckdb
    import pandas
    import polars
    import pyarrow

    numbers = {"value", "value_yuan", "half_unit_yuan"}
    for name, table in disclosure.tables.items():
        arrow = pyarrow.table(table)
        assert arrow.num_rows == len(table) and arrow.column_names == table.columns, name
        assert pyarrow.schema(table) == arrow.schema
        assert polars.DataFrame(table).height == len(table)
        assert duckdb.sql("FROM table").fetchall() is not None
        assert len(table.to_pandas()) == len(table) and isinstance(table.to_pandas(), pandas.DataFrame)
    figures = pyarrow.table(disclosure.figures)
    for field in figures.schema:
        if field.name in numbers:
            assert field.type == pyarrow.decimal128(38, 10), field
    assert figures.schema.field("function").type == pyarrow.string()
    assert figures.schema.field("is_leaf").type == pyarrow.bool_()
    values = [value.as_py() for value in figures["value"]]
    assert all(isinstance(value, decimal.Decimal) for value in values)
    texts = [value.as_py() for column in ("function", "source", "doubt") for value in figures[column]]
    assert "" not in texts and None in texts


def test_leaves_add_up_to_the_total(disclosure):
    import polars

    figures = polars.DataFrame(disclosure.figures)
    certain = figures.filter((polars.col("certainty") == "certain") & polars.col("value_yuan").is_not_null())
    by_total = certain.filter(polars.col("is_leaf")).group_by("table_no", "column_no", "total_row").agg(
        polars.col("value_yuan").sum(), polars.col("half_unit_yuan").sum()
    )
    totals = certain.join(by_total, left_on=["table_no", "column_no", "row_no"], right_on=["table_no", "column_no", "total_row"])
    assert totals.height > 20
    apart = (totals["value_yuan"] - totals["value_yuan_right"]).abs() <= totals["half_unit_yuan_right"] + totals["half_unit_yuan"]
    assert apart.all()


def test_findings_are_exact_and_in_both_languages(disclosure):
    assert disclosure.check() == [] or all(finding.severity != "error" for finding in disclosure.check())
    # Every amount of a total is in the table and in the text.
    text = TEXT.read_text(encoding="utf-8")
    total = next(line for line in text.splitlines() if line.startswith("总计 "))
    wrong = text.replace(total, total.replace(total.split()[1], "9" + total.split()[1], 1))
    findings = budget.check(wrong.encode(), name="wrong.txt")
    assert findings
    first = findings[0]
    assert first.message() != first.message("en") and first.places and first.rule
    exact = [finding.difference for finding in findings if finding.difference is not None]
    assert exact and all(isinstance(number, decimal.Decimal) for number in exact)
    with pytest.raises(ValueError, match="language"):
        first.message("fr")


def test_errors_are_typed_and_say_what_to_do(tmp_path):
    for content, kind, code in [
        (b"", budget.EmptyFile, "empty"),
        (b"%PDF-1.7\nnothing else", budget.Damaged, "damaged"),
        (b"\x00\x01\x02\x03", budget.UnknownFormat, "unknown-format"),
        ("一封来信\n".encode(), budget.NoDisclosure, "nothing-found"),
    ]:
        with pytest.raises(kind) as caught:
            budget.read(content, name="given.bin")
        error = caught.value
        assert isinstance(error, budget.BudgetError)
        assert (error.code, error.path) == (code, "given.bin") and "given.bin" in str(error)
    with pytest.raises(FileNotFoundError):
        budget.read(tmp_path / "nothing.pdf")
    with pytest.raises(TypeError, match="path or bytes"):
        budget.read(7)
    with pytest.raises(budget.InvalidLayout):
        budget.read(TEXT, layouts=["no layout"])


@pytest.fixture
def paths(tmp_path):
    text = TEXT.read_text(encoding="utf-8")
    made = []
    for number in range(40):
        path = tmp_path / f"{number:02}.txt"
        path.write_text(text.replace("2025", str(2010 + number)), encoding="utf-8")
        made.append(path)
    (tmp_path / "07.txt").write_bytes(b"")
    return made


def test_many_files_come_in_the_order_of_their_paths(paths):
    done = []
    read = list(budget.read_many(paths, jobs=2, errors="yield", progress=lambda *state: done.append(state)))
    assert len(read) == 40 and done == [(number + 1, 40) for number in range(40)]
    assert isinstance(read[7], budget.EmptyFile) and read[7].path == str(paths[7])
    del read[7]
    assert [one.path for one in read] == [str(path) for path in paths if path.name != "07.txt"]
    assert len(list(budget.read_many(paths, errors="skip"))) == 39
    readings = budget.read_many(paths)
    with pytest.raises(budget.EmptyFile):
        list(readings)
    assert next(readings).path == str(paths[8]), "it goes on behind the bad file"
    with pytest.raises(ValueError, match="errors"):
        budget.read_many(paths, errors="ignore")


def test_an_iterator_that_is_dropped_ends_its_threads(paths):
    before = threading.active_count()
    readings = budget.read_many(paths, jobs=4)
    next(readings)
    del readings
    assert threading.active_count() == before
    assert list(budget.read_many([])) == []


def test_the_interpreter_is_not_held_while_a_file_is_read():
    counted = 0
    over = threading.Event()

    def read():
        for _ in range(20):
            budget.read(PDF)
        over.set()

    reader = threading.Thread(target=read)
    reader.start()
    while not over.is_set():
        counted += 1
        over.wait(0.0005)
    reader.join()
    # Held, this thread would have its turn once for each file at most.
    assert counted > 60


def test_a_notebook_shows_documents_tables_and_pages(disclosure):
    html = disclosure._repr_html_()
    assert disclosure.entity in html and "<script" not in html
    assert "<th" in disclosure.figures._repr_html_()
    svg = disclosure.picture(5)._repr_svg_()
    assert svg.lstrip().startswith(("<svg", "<?xml"))
    with pytest.raises(budget.BudgetError):
        disclosure.picture(9999)
    shown = budget.read(TEXT.read_bytes().replace("云溪县".encode(), "<b>县".encode()))._repr_html_()
    assert "<b>" not in shown


def test_exports_are_those_of_the_command(disclosure, tmp_path):
    import json

    assert json.loads(disclosure.to_json())["format"] == "budget-disclosure"
    for format, name in [("json", "disclosure.json"), ("xlsx", "disclosure.xlsx"), ("csv", "tables.csv")]:
        files = disclosure.export(format, tmp_path / format)
        assert (tmp_path / format / name) in [pathlib.Path(file) for file in files]
    with pytest.raises(ValueError, match="format"):
        disclosure.export("pdf", tmp_path)


def test_the_stubs_have_what_the_package_has():
    stubs = pathlib.Path(budget.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    for name in budget.__all__:
        assert name in stubs, name
        thing = getattr(budget, name)
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            for member in vars(thing):
                shown = not member.startswith("_") or member.startswith(("_repr", "__arrow"))
                assert not shown or f"def {member}(" in stubs, f"{name}.{member}"
        if callable(thing) and not inspect.isclass(thing):
            assert inspect.getdoc(thing), name
    for columns in budget.schemas().values():
        assert all(len(column) == 5 for column in columns)
