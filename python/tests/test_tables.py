"""Tables go to every library that takes Arrow data, with the types that are meant."""

import decimal
import subprocess
import sys

import pytest

import budget_disclosure as budget

NAMES = list(budget.schemas())


def arrow_type(column):
    import pyarrow

    types = {"integer": pyarrow.int64(), "year": pyarrow.int32(), "flag": pyarrow.bool_()}
    return types.get(column["type"], pyarrow.decimal128(38, 10) if column["type"] == "number" else pyarrow.string())


def test_the_tables_are_those_of_a_data_set(disclosure):
    assert NAMES == list(disclosure.records()) == [
        "figures", "columns", "statements", "projects", "funds", "indicators", "findings", "finding_figures", "unread",
    ]  # fmt: skip
    for name, table in disclosure.records().items():
        assert table.name == name == getattr(disclosure, name).name == disclosure.table(name).name
        assert table.columns == [column["name"] for column in budget.schemas()[name].columns]
        assert len(table) == len(disclosure.table(name)) and table
    with pytest.raises(KeyError, match='no table "figure", but figures'):
        disclosure.table("figure")


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_taken_by_every_library(name, wrong):
    duckdb, pandas = pytest.importorskip("duckdb"), pytest.importorskip("pandas")
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    table = wrong.table(name)
    arrow = pyarrow.table(table)
    assert arrow.num_rows == len(table) and arrow.column_names == table.columns
    assert arrow.schema == pyarrow.schema(table) == pyarrow.schema(budget.schemas()[name]) == table.to_arrow().schema
    for column in budget.schemas()[name].columns:
        field = arrow.schema.field(column["name"])
        assert field.type == arrow_type(column) and field.nullable != column["required"], field
    assert polars.DataFrame(table).equals(table.to_polars())
    assert polars.from_arrow(arrow).equals(table.to_polars())
    assert len(table.to_pandas()) == len(pandas.DataFrame.from_arrow(table)) == len(table)
    rows = table  # noqa: F841, queries name it
    assert duckdb.sql("SELECT count(*) FROM rows").fetchall() == [(len(table),)]
    assert duckdb.sql("FROM rows").fetchall() == [tuple(row.values()) for row in arrow.to_pylist()]


def test_amounts_are_exact_codes_are_text_and_blank_is_null(disclosure):
    pyarrow = pytest.importorskip("pyarrow")
    figures = pyarrow.table(disclosure.figures).to_pylist()
    assert all(isinstance(row["value"], decimal.Decimal) for row in figures)
    codes = [row["row_code"] for row in figures if row["row_code"]]
    assert codes and all(isinstance(code, str) and code.isdigit() for code in codes)
    assert not any(value == "" for row in figures for value in row.values())
    assert any(row["row_code"] is None for row in figures)
    assert all((row["doubt"] is None) == (row["certainty"] == "certain") for row in figures)
    # Pandas would make floats of decimals and of whole numbers with gaps.
    pandas = pytest.importorskip("pandas")
    frame = disclosure.figures.to_pandas()
    assert isinstance(frame["value"].sum(), decimal.Decimal)
    assert frame["column_no"].dtype == pandas.ArrowDtype(pyarrow.int64())


def test_leaves_add_up_to_their_total(disclosure):
    duckdb = pytest.importorskip("duckdb")
    figures = disclosure.figures  # noqa: F841, the query names it
    totals = duckdb.sql(
        """
        WITH certain AS (SELECT * FROM figures WHERE certainty = 'certain' AND value_yuan IS NOT NULL),
        leaves AS (
            SELECT table_no, column_no, total_row, sum(value_yuan) AS total, sum(half_unit_yuan) AS slack
            FROM certain WHERE is_leaf GROUP BY ALL)
        SELECT abs(value_yuan - total) <= slack + half_unit_yuan FROM certain JOIN leaves
        ON certain.table_no = leaves.table_no AND certain.column_no = leaves.column_no AND row_no = leaves.total_row
        """
    ).fetchall()
    assert len(totals) > 20 and all(agrees for (agrees,) in totals)


def test_a_stream_is_given_as_often_as_it_is_asked_for(disclosure):
    pyarrow = pytest.importorskip("pyarrow")
    figures = disclosure.figures
    first, second = pyarrow.table(figures), pyarrow.table(figures)
    assert first.equals(second)
    address = [table["value"].chunk(0).buffers()[1].address for table in (first, second)]
    assert address[0] == address[1], "the buffers are shared, not copied"
    # A wish for other types is not granted, and no error.
    assert pyarrow.RecordBatchReader.from_stream(figures).read_all().equals(first)
    wish = pyarrow.schema([("value", pyarrow.float64())]).__arrow_c_schema__()
    assert figures.__arrow_c_stream__(wish) is not None
    # What nobody takes is freed.
    for _ in range(1000):
        figures.__arrow_c_stream__(None), figures.__arrow_c_schema__()


def test_rows_outlive_their_document(text):
    pyarrow = pytest.importorskip("pyarrow")
    figures = pyarrow.table(budget.read(text).figures)
    assert sum(value.as_py() for value in figures["value"]) > 0


def test_a_budget_table_is_as_it_is_printed(disclosure):
    pyarrow = pytest.importorskip("pyarrow")
    figures = pyarrow.table(disclosure.figures).to_pylist()
    tables = disclosure.tables
    assert [table.table_no for table in tables] == list(range(1, len(tables) + 1))
    assert sum(table.figure_count for table in tables) == len(figures)
    for table in tables:
        assert isinstance(table, budget.Table) and table.title == table.name and table.kind and table.page
        rows = pyarrow.table(table).to_pylist()
        of_table = [row for row in figures if row["table_no"] == table.table_no]
        assert {row["unit"] for row in of_table} <= {table.unit, "%", None}
        placed = [row for row in of_table if row["column_no"] is not None]
        for row in placed:
            assert rows[row["row_no"] - 1][row["column_label"]] == row["value"]
        printed = [label for label in table.columns[6:-1] if isinstance(rows[0][label], (decimal.Decimal, type(None)))]
        numbers = [value for row in rows for label in printed if isinstance(value := row[label], decimal.Decimal)]
        assert len(numbers) == len(placed)


def test_what_is_in_doubt_stands_in_no_column(text):
    pyarrow = pytest.importorskip("pyarrow")
    read = budget.read(text)
    ambiguous = [row for row in pyarrow.table(read.figures).to_pylist() if row["column_no"] is None]
    assert ambiguous
    for row in ambiguous:
        printed = pyarrow.table(read.tables[row["table_no"] - 1]).to_pylist()[row["row_no"] - 1]
        assert f"{row['value'].quantize(decimal.Decimal(10) ** -row['decimals'])}: column" in printed["doubt"]


def test_nothing_else_need_be_installed(pdf):
    program = f"""
import sys
import budget_disclosure as budget
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("pandas", "polars", "pyarrow", "numpy"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Nothing())
figures = budget.read({str(pdf)!r}).figures
assert "arrow_array_stream" in repr(figures.__arrow_c_stream__())
for make, package in ((figures.to_pandas, "pandas"), (figures.to_polars, "polars"), (figures.to_arrow, "pyarrow")):
    try:
        make()
    except ImportError as error:
        assert f"pip install {{package}}" in str(error) and error.__cause__ is not None
    else:
        raise AssertionError(package)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
