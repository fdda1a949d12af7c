"""Reads the budget disclosures of Chinese government departments (部门预算公开): PDF, Excel or text, into tables.

>>> import budget_disclosure as budget
>>> disclosure = budget.read("disclosure.pdf")             # a path, or the content of a file as bytes
>>> disclosure.entity, disclosure.year, disclosure.figure_count, disclosure.certain_count
>>> disclosure.tables[2]                                   # a table as it is printed; a notebook shows it

>>> import polars
>>> polars.DataFrame(disclosure.figures)                   # or pyarrow.table(…), duckdb.sql("FROM figures"), .to_pandas()

>>> for finding in disclosure.check():                     # does it agree with itself?
...     print(finding.severity, finding.message("en"))

>>> for disclosure in budget.read_many(paths, errors="skip", progress=True):
...     ...

Amounts are exact: decimals of Arrow in tables, ``decimal.Decimal`` elsewhere. Blank is null and never 0, codes are text, and of
what is in doubt no column has a guess. ``schemas()`` says what every column holds.

A file that is no disclosure raises a ``BudgetError``, one subclass for each reason.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ._native import (
    BudgetError,
    BudgetTable,
    Damaged,
    Dataset,
    DatasetError,
    Defect,
    Disclosure,
    EmptyFile,
    Encrypted,
    Finding,
    InvalidLayout,
    NoDisclosure,
    NoPicture,
    NotExported,
    NoText,
    Picture,
    Readings,
    Schema,
    Table,
    TooLarge,
    UnknownFormat,
    __version__,
    pack,
    read,
    read_many,
    schemas,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Buffer

__all__ = [
    "BudgetError",
    "BudgetTable",
    "Damaged",
    "Dataset",
    "DatasetError",
    "Defect",
    "Disclosure",
    "EmptyFile",
    "Encrypted",
    "Finding",
    "InvalidLayout",
    "NoDisclosure",
    "NoPicture",
    "NoText",
    "NotExported",
    "Picture",
    "Readings",
    "Schema",
    "Table",
    "TooLarge",
    "UnknownFormat",
    "__version__",
    "check",
    "pack",
    "read",
    "read_many",
    "schemas",
]


def check(
    source: str | os.PathLike[str] | Buffer,
    *,
    name: str | None = None,
    layouts: Sequence[str] | None = None,
) -> list[Finding]:
    """Reads a disclosure and checks that it agrees with itself.

    The arguments and exceptions are those of `read`; `read(source).check()` does the same and keeps the disclosure.

    Returns:
        The findings, the most serious first; an empty list says that nothing was found.
    """
    return read(source, name=name, layouts=layouts).check()
