"""What is compiled of the package; import `budget_disclosure` instead."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from os import PathLike
from pathlib import Path
from types import GenericAlias
from typing import Any, Generic, Literal, TypeVar, final, overload

from typing_extensions import Buffer, CapsuleType, Self

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
    "pack",
    "read",
    "read_many",
    "schemas",
]

__version__: str

class BudgetError(Exception):
    """A file was not read, or an output not made."""

    code: str
    """What is wrong, as a word that does not change: ``no-text``."""
    message: str
    """What is wrong and what to do, without the path."""
    place: str | None
    """Where in the file, if that is known."""
    path: str | None
    """The file, or the name that was given."""

class EmptyFile(BudgetError):
    """The file has no bytes, or nothing but white space."""

class TooLarge(BudgetError):
    """The file exceeds a limit of reading."""

class UnknownFormat(BudgetError):
    """Nothing is known of the format, or nobody reads it."""

class Damaged(BudgetError):
    """The file is of a known format and damaged."""

class Encrypted(BudgetError):
    """The file is protected with a password."""

class NoText(BudgetError):
    """The file has pages and no text on them: a scan."""

class NoDisclosure(BudgetError):
    """The file was read, and is no budget disclosure."""

class InvalidLayout(BudgetError):
    """A layout cannot be used."""

class NoPicture(BudgetError):
    """There is no such page, or it cannot be drawn."""

class NotExported(BudgetError):
    """A format cannot hold the disclosure."""

class DatasetError(BudgetError):
    """A data set cannot be written."""

class Defect(BudgetError):
    """This software failed on the file; please report it."""

class Table:
    """A table of a disclosure.

    Whatever takes Arrow data takes it as it is, without a copy and without further packages: `polars.DataFrame(figures)`,
    `pyarrow.table(figures)`, `pandas.DataFrame.from_arrow(figures)`, `duckdb.sql("FROM figures")`.
    """

    @property
    def name(self) -> str:
        """Name of the table: `figures`; of a budget table its printed title."""
    @property
    def columns(self) -> list[str]:
        """Names of its columns."""
    def __len__(self) -> int: ...
    def __bool__(self) -> Literal[True]: ...
    def __arrow_c_schema__(self) -> CapsuleType:
        """Its columns, as the Arrow PyCapsule interface hands them over."""
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> CapsuleType:
        """Its rows, as the Arrow PyCapsule interface hands them over.

        Args:
            requested_schema: a wish for other types, which is not granted; whoever asks casts.
        """
    def to_pandas(self) -> Any:
        """The table as a `pandas.DataFrame` with the types of Arrow. Needs pandas and pyarrow.

        Raises:
            ImportError: one of them is not installed.
        """
    def to_polars(self) -> Any:
        """The table as a `polars.DataFrame`. Needs polars.

        Raises:
            ImportError: it is not installed.
        """
    def to_arrow(self) -> Any:
        """The table as a `pyarrow.Table`. Needs pyarrow.

        Raises:
            ImportError: it is not installed.
        """
    def _repr_html_(self) -> str:
        """The first rows, for a notebook."""

@final
class BudgetTable(Table):
    """A budget table of a disclosure as it is printed, for looking at it: one row for each of its rows.

    Its columns are `row_no`, `side`, `row_code`, `row_label`, `role` and `level` as in `Disclosure.figures`, then the printed columns of
    words and of figures by their names, and `doubt`, which says for each row what is in doubt of which figure. A figure whose
    column is in doubt stands in no column, but in `doubt`. For computing take `Disclosure.figures`, which has the same columns for
    every document.
    """

    @property
    def table_no(self) -> int:
        """Order of the table in the document, from 1: `figures.table_no`."""
    @property
    def title(self) -> str:
        """The printed title."""
    @property
    def kind(self) -> str:
        """What the table is about, as in `figures.table_kind`: `expenditure`."""
    @property
    def unit(self) -> str | None:
        """Unit of its figures: `万元`; None if it is in doubt."""
    @property
    def page(self) -> int | None:
        """Page of its title; None where the source has no pages."""
    @property
    def figure_count(self) -> int:
        """Number of printed figures."""
    @property
    def certain_count(self) -> int:
        """Number of figures of which nothing is in doubt."""

@final
class Schema:
    """What a table of a disclosure holds, of whatever document.

    Whatever takes an Arrow schema takes it: `pyarrow.schema(schema)`.
    """

    @property
    def name(self) -> str:
        """Name of the table: `figures`."""
    @property
    def title(self) -> str:
        """Its name in Chinese."""
    @property
    def description(self) -> str:
        """What one row is."""
    @property
    def key(self) -> list[str]:
        """Names of the columns that tell the rows apart."""
    @property
    def columns(self) -> list[dict[str, Any]]:
        """Its columns, each a dict: `name`, `title` (its name in Chinese), `type` (`key`, `text`, `word`, `code`, `integer`, `number`,
        `year` or `flag`), `required` (whether it is never null), `description`, and of a column of words `words`, which are all
        that it can hold.
        """
    def __arrow_c_schema__(self) -> CapsuleType:
        """Its columns, as the Arrow PyCapsule interface hands them over."""

@final
class Finding:
    """Something that does not agree in a disclosure."""

    @property
    def key(self) -> str:
        """Key of the finding in the tables `findings` and `finding_figures`."""
    @property
    def rule(self) -> str:
        """Id of the rule: `parts-do-not-add-up`."""
    @property
    def severity(self) -> Literal["info", "warning", "error"]:
        """`info`, `warning` or `error`."""
    @property
    def fingerprint(self) -> str:
        """Number by which it is known again in another version of the file."""
    @property
    def defect(self) -> str | None:
        """What happened to the figure, where the numbers show it: `digits-swapped`."""
    @property
    def is_decided(self) -> bool:
        """Whether the checks say which figure is likeliest wrong: the first of `cells` or `statements`."""
    @property
    def places(self) -> list[str]:
        """The places it speaks of, the most important first: `p7@72.0,310.5` (page, points from the left and from above),
        `表3!D12`, or line and column of a text.
        """
    @property
    def cells(self) -> list[str]:
        """Keys of the figures of tables that it speaks of, as in `figures.cell`, the likeliest wrong first."""
    @property
    def statements(self) -> list[str]:
        """Keys of the figures of the text that it speaks of, as in `statements.statement`."""
    @property
    def expected(self) -> Decimal | None:
        """What the figure should be, as a `decimal.Decimal`; None where nothing is computed."""
    @property
    def found(self) -> Decimal | None:
        """What it is."""
    @property
    def difference(self) -> Decimal | None:
        """Found less expected."""
    def message(self, language: Literal["zh", "en"] = "zh") -> str:
        """What is wrong, in Chinese (`zh`) or English (`en`)."""

@final
class Picture:
    """A page of a PDF with what was found on it; `str()` of it is SVG.

    Lines of text are blue, cells of tables green; figures are filled green, and red where something of them is in doubt. Text that
    nobody sees stands in a dashed box.
    """

    @property
    def page(self) -> int:
        """Number of the page, from 1."""
    def _repr_svg_(self) -> str:
        """The picture, for a notebook."""

@final
class Disclosure:
    """A budget disclosure: what was read of one file."""

    @property
    def entity(self) -> str | None:
        """Name of the entity; None if the document does not say it."""
    @property
    def region(self) -> str | None:
        """Where the entity is: names from the province down; None if the document does not say it."""
    @property
    def region_code(self) -> str | None:
        """Code of the region in GB/T 2260, six digits as text; None if it is not known."""
    @property
    def year(self) -> int | None:
        """Year of the budget or of the accounts; None if the document does not say it."""
    @property
    def stage(self) -> Literal["budget", "final"]:
        """`budget` (预算) or `final` (决算)."""
    @property
    def scope(self) -> Literal["department", "unit", "own"]:
        """`department` (部门), `unit` (单位) or `own` (本级)."""
    @property
    def unit(self) -> str | None:
        """Unit of the tables: `万元`; None if it is not known."""
    @property
    def path(self) -> str | None:
        """The file that was read, or the name that was given; None for bytes without a name."""
    @property
    def sha256(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
    @property
    def key(self) -> str:
        """Key of the document in tables and data sets, made of the content of its file."""
    @property
    def is_complete(self) -> bool:
        """Whether every page was read. If not, what is missing may stand on the others."""
    @property
    def unread_pages(self) -> list[int]:
        """Pages that could not be read (images of text, mostly), from 1."""
    @property
    def figure_count(self) -> int:
        """Number of figures printed in the budget tables."""
    @property
    def certain_count(self) -> int:
        """Number of figures of which nothing is in doubt: value, row, column, unit and table are certain."""
    @property
    def tables(self) -> list[BudgetTable]:
        """The budget tables as they are printed, in the order of the document."""
    @property
    def figures(self) -> Table:
        """One row for each figure printed in a budget table, totals among them: sum over `is_leaf`."""
    @property
    def columns(self) -> Table:
        """One row for each column of a budget table: its printed header, and what it means."""
    @property
    def statements(self) -> Table:
        """One row for each figure that the text states."""
    @property
    def projects(self) -> Table:
        """One row for each place that describes a project."""
    @property
    def funds(self) -> Table:
        """One row for each amount that a performance table divides further."""
    @property
    def indicators(self) -> Table:
        """One row for each performance indicator."""
    @property
    def findings(self) -> Table:
        """One row for each thing that does not agree (`origin` is `check`), or was unusual in reading (`reading`)."""
    @property
    def finding_figures(self) -> Table:
        """One row for each finding and figure that takes part in it."""
    @property
    def unread(self) -> Table:
        """One row for each thing that stands in the file and is in no other table."""
    def table(self, name: str) -> Table:
        """A table by name: `figures`, `columns`, `statements`, `projects`, `funds`, `indicators`, `findings`, `finding_figures`,
        `unread`. Their columns are the same for every document, see `schemas()`.

        Raises:
            KeyError: there is no such table.
        """
    def records(self) -> dict[str, Table]:
        """All of these tables by name: what a data set has of this document."""
    def check(self) -> list[Finding]:
        """Checks that the disclosure agrees with itself.

        Returns:
            The findings, the most serious first; an empty list says that nothing was found.
        """
    def to_json(self) -> str:
        """Everything that was read, as JSON.

        Returns:
            An object in the format that `budget extract --to json` writes.
        """
    def export(self, format: Literal["json", "xlsx", "csv"], path: str | PathLike[str]) -> list[Path]:
        """Writes the disclosure as `json`, `xlsx` (the tables as the official form prints them) or `csv` (a Data Package of several
        files).

        Args:
            format: one of these words.
            path: the file, or a folder, where it is named after the document; of `csv` always a folder. Folders are made.

        Returns:
            The files that were written. What existed under their names is replaced.

        Raises:
            ValueError: there is no such format.
            NotExported: the format cannot hold the disclosure.
            OSError: a file cannot be written.
        """
    def picture(self, page: int) -> Picture:
        """A page of a PDF, with the lines, cells and figures that were found on it.

        Args:
            page: its number, from 1, as in `figures.page`.

        Returns:
            A picture that a notebook shows; `str()` of it is SVG.

        Raises:
            NoPicture: the file is no PDF, or has no such page.
        """
    def _repr_html_(self) -> str:
        """What it is and what is in it, for a notebook."""

_Read = TypeVar("_Read")

@final
class Readings(Generic[_Read]):
    """The disclosures of many files, in the order of the paths: an iterator, and a context that ends its threads."""

    def __iter__(self) -> Self: ...
    def __next__(self) -> _Read: ...
    def __len__(self) -> int: ...
    @property
    def failures(self) -> list[BudgetError | OSError]:
        """The exceptions of the files so far that are no disclosures, in the order of the paths."""
    def close(self) -> None:
        """Ends the threads, each with the file that it is at, and the iterator. Dropping it does the same."""
    @classmethod
    def __class_getitem__(cls, of: object) -> GenericAlias: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> Literal[False]: ...

@final
class Dataset:
    """A data set (Parquet files in a folder, as `budget extract --dataset` writes them) that is being written from files that were read
    elsewhere.

    Nothing of it is seen before `finish`; what was in the folder before stays until then, and for good if `finish` is not called. As
    a context manager it is finished at the end of the block, or closed if the block raises.

    Args:
        folder: the folder of the set; it is made.
        append: add to the set that is there.
        replace: replace the set that is there.
        by_year: give each year files of its own.
        layouts: the layouts that `pack` is given, for the manifest.

    Raises:
        DatasetError: the folder has a set, or none to append to, or another program is writing it.
        OSError: the folder cannot be written.
    """

    def __new__(
        cls,
        folder: str | PathLike[str],
        *,
        append: bool = False,
        replace: bool = False,
        by_year: bool = False,
        layouts: Sequence[str] | None = None,
    ) -> Self: ...
    def add(self, entry: bytes) -> Literal["new", "copy", "known", "failed", "skipped"]:
        """Adds a file that `pack` has read.

        Args:
            entry: what `pack` returned.

        Returns:
            `new`; `copy` of a document in the set; `known`, if the set has this very file; `failed` or `skipped`, if it is listed in
            `failures`.

        Raises:
            DatasetError: it was packed by another version of this package, or is no entry; nothing is added.
            OSError: a file cannot be written; the set is closed.
        """
    def has(self, path: str, sha256: str) -> bool:
        """Whether the set had a file when it was opened: then it need not be read.

        Args:
            path: what it is called in the set.
            sha256: the SHA-256 of its content, in hexadecimal.
        """
    def remove(self, name: str) -> None:
        """Takes out a document and its copies, before anything is added.

        Args:
            name: its key, or its path as the table `documents` has it.

        Raises:
            DatasetError: the set has no such document, or something was added already.
        """
    def finish(self) -> dict[Literal["documents", "set_aside", "files"], int]:
        """Completes the set and shows it: at once, or not at all.

        Returns:
            A dict: `documents` in the set, of which `set_aside` count for nothing, as another one counts for them; `files`.

        Raises:
            OSError: a file cannot be written; the folder is as it was.
        """
    def close(self) -> None:
        """Ends the set without showing it: the folder is as it was."""
    def __enter__(self) -> Self: ...
    def __exit__(self, exception: object, _value: object, _traceback: object) -> Literal[False]: ...

def pack(
    source: str | PathLike[str] | Buffer,
    *,
    name: str | None = None,
    layouts: Sequence[str] | None = None,
) -> bytes:
    """Reads a file for a data set: its records, or why it has none, as bytes for `Dataset.add`.

    This is how a set is made by many processes or machines: each packs the files that it has, and one adds what they made, in the
    order in which the files shall stand. A file that is no disclosure is no error but an entry of `failures`: `failed`, or `skipped`
    where `budget extract` would pass over it in a folder. The bytes are for the same version of this package only.

    Args:
        source: a path, or the content of a file as bytes or anything else that has a buffer.
        name: what the file is called in the set, and for its ending; by default the path.
        layouts: further layouts (descriptions of forms) as TOML.

    Returns:
        The entry.

    Raises:
        InvalidLayout: a layout cannot be used.
    """

def read(
    source: str | PathLike[str] | Buffer,
    *,
    name: str | None = None,
    layouts: Sequence[str] | None = None,
) -> Disclosure:
    """Reads a disclosure: a PDF, a workbook or a text, told by its content.

    The interpreter is not held meanwhile: other threads go on.

    Args:
        source: a path, or the content of a file as bytes or anything else that has a buffer (bytearray, memoryview, mmap).
        name: what the file is called; it stands in tables and messages, and its ending is a hint. By default the path.
        layouts: further layouts (descriptions of forms) as TOML.

    Returns:
        The disclosure.

    Raises:
        BudgetError: the file is no disclosure; the subclass says why, `code`, `message`, `place` and `path` say more.
        OSError: the file cannot be opened.
    """

@overload
def read_many(
    paths: Iterable[str | PathLike[str]],
    *,
    jobs: int | None = None,
    progress: bool | Callable[[int, int], object] | None = None,
    errors: Literal["raise", "skip"] = "raise",
    layouts: Sequence[str] | None = None,
) -> Readings[Disclosure]:
    """Reads many files in threads, without the interpreter being held.

    One bad file stops nothing if `errors` says so; a panic of this software on a file is a `Defect` of that file.

    Args:
        paths: the files.
        jobs: threads [default: one for each processor].
        progress: True writes a line on the standard error that counts files; a function is called with the number of files done
            and of all files after each.
        errors: what happens to a file that is no disclosure, or cannot be opened: `raise` its exception (the iterator goes on if it
            is caught), `skip` it, or `yield` the exception in its place. `Readings.failures` lists them.
        layouts: further layouts (descriptions of forms) as TOML.

    Returns:
        An iterator over disclosures in the order of the paths. No more than eight for each thread wait to be taken.

    Raises:
        InvalidLayout: a layout cannot be used.
    """

@overload
def read_many(
    paths: Iterable[str | PathLike[str]],
    *,
    jobs: int | None = None,
    progress: bool | Callable[[int, int], object] | None = None,
    errors: Literal["yield"],
    layouts: Sequence[str] | None = None,
) -> Readings[Disclosure | BudgetError | OSError]: ...
def schemas() -> dict[str, Schema]:
    """What the tables of a disclosure hold, of whatever document.

    Returns:
        The schema of each table by name: `figures`, `columns`, `statements`, `projects`, `funds`, `indicators`, `findings`,
        `finding_figures`, `unread`.
    """
