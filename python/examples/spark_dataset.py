"""Reads the disclosures below a folder with Spark, and writes one data set.

    spark-submit spark_dataset.py DISCLOSURES SET [--append] [--by-year]

Each executor reads the files that it is given; what it makes of a file goes to the driver as a row, which writes the set in the
order in which `budget extract DISCLOSURES --dataset SET --to parquet` would, so that the set is the same. A file that cannot be read
is a row of its table `failures`. The package must be installed in the same version wherever Python runs.
"""

import argparse
from urllib.parse import unquote

import pyarrow
from pyspark import StorageLevel
from pyspark.sql import SparkSession, functions

import budget_disclosure as budget

PACKED = pyarrow.schema([("path", pyarrow.string()), ("entry", pyarrow.binary())])


def pack(batches):
    """Reads the files of a task. Never fails for a file: what is wrong with one stands in its entry."""
    for batch in batches:
        for path, content in zip(batch["path"], batch["content"]):
            name = local(path.as_py())
            entry = budget.pack(content.as_buffer(), name=name)
            yield pyarrow.record_batch([[name], [entry]], schema=PACKED)


def local(path):
    """`/data/a.pdf` of `file:/data/a.pdf`: files are named as the command names them. Other addresses are kept."""
    return "/" + path.removeprefix("file:").lstrip("/") if path.startswith("file:") else path


def found(spark, folder):
    """The files below a folder with their content. Those without content, which Spark leaves out, are added: they are failures."""
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(folder).select("path", "content")
    with_content = {local(row.path) for row in files.select("path").toLocalIterator()}
    empty = {local(unquote(path)) for path in files.inputFiles()} - with_content
    return files.union(spark.createDataFrame([(path, b"") for path in sorted(empty)], files.schema))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("disclosures", help="the folder, or whatever Spark takes for one: hdfs://…, s3a://…")
    parser.add_argument("set", help="the folder of the set, on a disk of the driver")
    parser.add_argument("--append", action="store_true", help="add to the set that is there")
    parser.add_argument("--by-year", action="store_true", help="give each year files of its own")
    options = parser.parse_args()

    # A batch has the bytes of all its files.
    builder = SparkSession.builder.appName("budget disclosures").config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
    with builder.getOrCreate() as spark:
        packed = found(spark, options.disclosures).mapInArrow(pack, "path string, entry binary")
        # Kept, since sorting looks at it twice. By path, folder after folder.
        packed = packed.persist(StorageLevel.DISK_ONLY)
        ordered = packed.orderBy(functions.split("path", "/"))
        with budget.Dataset(options.set, append=options.append, by_year=options.by_year) as dataset:
            for row in ordered.select("entry").toLocalIterator():
                dataset.add(bytes(row.entry))
            print(dataset.finish())


if __name__ == "__main__":
    main()
