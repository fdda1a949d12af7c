"""Reads a set with everything people read one with, and holds the types against those that are meant.

Called with the folder of a set and the program that is to read it.
"""

import decimal
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1]).resolve()
package = json.loads((folder / "datapackage.json").read_text())
TABLES = {resource["name"]: resource for resource in package["resources"]}


def paths(resource):
    given = resource["path"]
    return [str(folder / path) for path in ([given] if isinstance(given, str) else given)]


def fields(resource):
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def is_parquet(resource):
    return resource["format"] == "parquet"


def same(found, meant, where):
    assert found == meant, f"{where}: {found} and not {meant}"


def pyarrow():
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "year": pa.int32(),
        "number": pa.decimal128(38, 10),
        "boolean": pa.bool_(),
    }
    for name, resource in TABLES.items():
        if is_parquet(resource):
            table = pa.concat_tables([pq.read_table(path, partitioning=None) for path in paths(resource)])
        else:
            import pyarrow.csv as csv

            convert = csv.ConvertOptions(
                column_types={field: types[kind] for field, kind in fields(resource).items()},
                strings_can_be_null=True,
                null_values=[""],
            )
            newlines = csv.ParseOptions(newlines_in_values=True)
            table = pa.concat_tables([csv.read_csv(path, convert_options=convert, parse_options=newlines) for path in paths(resource)])
        for field, kind in fields(resource).items():
            same(table.schema.field(field).type, types[kind], f"{name}.{field}")


def polars():
    import polars as pl

    types = {
        "string": pl.String,
        "integer": pl.Int64,
        "year": pl.Int32,
        "number": pl.Decimal(38, 10),
        "boolean": pl.Boolean,
    }
    for name, resource in TABLES.items():
        schema = {field: types[kind] for field, kind in fields(resource).items()}
        if is_parquet(resource):
            table = pl.concat([pl.read_parquet(path, hive_partitioning=False) for path in paths(resource)])
        else:
            table = pl.concat([pl.read_csv(path, schema=schema) for path in paths(resource)])
        for field, kind in schema.items():
            same(table.schema[field], kind, f"{name}.{field}")


def pandas():
    import pandas as pd

    for name, resource in TABLES.items():
        if is_parquet(resource):
            table = pd.concat([pd.read_parquet(path, dtype_backend="pyarrow", partitioning=None) for path in paths(resource)])
        else:
            texts = {field: "string" for field, kind in fields(resource).items() if kind in ("string", "number")}
            table = pd.concat([pd.read_csv(path, dtype=texts, keep_default_na=False, na_values=[""]) for path in paths(resource)])
        for field, kind in fields(resource).items():
            if kind == "number" and is_parquet(resource):
                values = table[field].dropna()
                assert all(isinstance(value, decimal.Decimal) for value in values), f"{name}.{field}"
            if kind == "string":
                assert pd.api.types.is_string_dtype(table[field]), f"{name}.{field}: {table[field].dtype}"


def duckdb():
    import duckdb

    types = {"string": "VARCHAR", "integer": "BIGINT", "year": "INTEGER", "number": "DECIMAL(38,10)", "boolean": "BOOLEAN"}
    import os

    os.chdir(folder)
    database = duckdb.connect()
    reserved = database.sql("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved' AND keyword_category <> 'column_name'")
    words = {word for (word,) in reserved.fetchall()}
    database.execute((folder / "views.sql").read_text()).fetchall()
    for name, resource in TABLES.items():
        described = database.execute(f"DESCRIBE FROM {name}").fetchall()
        found = {column: kind for column, kind, *_ in described}
        same(found, {field: types[kind] for field, kind in fields(resource).items()}, name)
        assert not words & {*found}, words & {*found}
        empty = " OR ".join(f"{column} = ''" for column, kind in found.items() if kind == "VARCHAR")
        ((count,),) = database.execute(f"SELECT count(*) FROM {name} WHERE {empty}").fetchall()
        same(count, 0, f"{name}: texts without characters")
        keys = ", ".join(resource["schema"]["primaryKey"])
        twice = database.execute(f"SELECT {keys} FROM {name} GROUP BY ALL HAVING count(*) > 1").fetchall()
        same(twice, [], f"{name}: keys that are there twice")
        for foreign in resource["schema"].get("foreignKeys", []):
            here, there = foreign["fields"], foreign["reference"]
            on = " AND ".join(f"h.{own} = t.{other}" for own, other in zip(here, there["fields"]))
            known = " AND ".join(f"h.{own} IS NOT NULL" for own in here)
            lost = f"SELECT count(*) FROM {name} h ANTI JOIN {there['resource']} t ON {on} WHERE {known}"
            same(database.execute(lost).fetchall(), [(0,)], f"{name}: {here} that {there['resource']} does not have")
    for view in database.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
        database.execute(f"FROM {view[0]}").fetchall()


globals()[sys.argv[2]]()
print(f"{sys.argv[2]}: {len(TABLES)} tables")
