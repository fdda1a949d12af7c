"""Reads the budget disclosures of Chinese government departments (部门预算公开) into tables.

>>> import budget_disclosure as budget
>>> disclosure = budget.read("disclosure.pdf")          # PDF, workbook or text; a path or bytes
>>> disclosure.entity, disclosure.year
>>> import polars
>>> polars.DataFrame(disclosure.figures)                # or pyarrow.table, duckdb.sql("FROM figures"), .to_pandas()
>>> for finding in disclosure.check():                  # does it agree with itself?
...     print(finding.severity, finding.message("en"))
>>> for disclosure in budget.read_many(paths, errors="skip"):
...     ...

Amounts are exact: decimals of Arrow in tables, ``decimal.Decimal`` elsewhere. Blank is null and never 0, and of what is in doubt
no column has a guess. What every column holds is in ``schemas()``.
"""

from ._native import (
    BudgetError,
    Damaged,
    Defect,
    Disclosure,
    EmptyFile,
    Encrypted,
    Finding,
    InvalidLayout,
    NoDisclosure,
    NoText,
    Picture,
    Readings,
    Table,
    TooLarge,
    UnknownFormat,
    __version__,
    read,
    read_many,
    schemas,
)

__all__ = [
    "BudgetError",
    "Damaged",
    "Defect",
    "Disclosure",
    "EmptyFile",
    "Encrypted",
    "Finding",
    "InvalidLayout",
    "NoDisclosure",
    "NoText",
    "Picture",
    "Readings",
    "Table",
    "TooLarge",
    "UnknownFormat",
    "__version__",
    "check",
    "read",
    "read_many",
    "schemas",
]


def check(source, *, name=None, layouts=None):
    """Reads a disclosure and checks that it agrees with itself.

    The arguments and exceptions are those of `read`.

    Returns:
        The findings, the most serious first; an empty list says that nothing was found.
    """
    return read(source, name=name, layouts=layouts).check()
