"""Reads the disclosures below a folder with Daft, and writes one data set.

    python daft_dataset.py DISCLOSURES SET [--append] [--by-year]

As `spark_dataset.py`: workers read, the program that was started writes, and the set is that of
`budget extract DISCLOSURES --dataset SET --to parquet`. Daft has a runner for clusters of Ray, with which this was not tried.
"""

import argparse

import daft

import budget_disclosure as budget


@daft.func(return_dtype=daft.DataType.binary())
def pack(path: str, content: bytes):
    """Reads a file. What is wrong with it stands in its entry."""
    return budget.pack(content, name=local(path))


def local(path):
    """`/data/a.pdf` of `file:///data/a.pdf`: files are named as the command names them. Other addresses are kept."""
    return path.removeprefix("file://")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("disclosures", help="the folder, or whatever Daft takes for one: s3://…")
    parser.add_argument("set", help="the folder of the set, on a disk of this machine")
    parser.add_argument("--append", action="store_true", help="add to the set that is there")
    parser.add_argument("--by-year", action="store_true", help="give each year files of its own")
    options = parser.parse_args()

    files = daft.from_glob_path(f"{options.disclosures}/**")
    # Folder after folder: `a/b` comes before `a-b`.
    files = files.sort(files["path"].replace("/", "\0"))
    packed = files.select(pack(files["path"], files["path"].download()).alias("entry"))
    with budget.Dataset(options.set, append=options.append, by_year=options.by_year) as dataset:
        for row in packed.iter_rows():
            dataset.add(row["entry"])
        print(dataset.finish())


if __name__ == "__main__":
    main()
