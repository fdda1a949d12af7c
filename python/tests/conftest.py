"""Sample documents: those of the repository, which speak of departments that do not exist."""

import pathlib

import pytest

import budget_disclosure as budget

SAMPLES = pathlib.Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def pdf():
    return SAMPLES / "disclosure.pdf"


@pytest.fixture(scope="session")
def text():
    return SAMPLES / "disclosure.txt"


@pytest.fixture(scope="session")
def disclosure(pdf):
    return budget.read(pdf)


@pytest.fixture(scope="session")
def workbook(disclosure, tmp_path_factory):
    (path,) = disclosure.export("xlsx", tmp_path_factory.mktemp("workbook") / "disclosure.xlsx")
    return path


@pytest.fixture(scope="session")
def wrong(text):
    """The text with a total that does not agree."""
    content = text.read_text(encoding="utf-8")
    total = next(line for line in content.splitlines() if line.startswith("总计 "))
    first = total.split()[1]
    return budget.read(content.replace(total, total.replace(first, "9" + first, 1)).encode(), name="wrong.txt")


@pytest.fixture
def paths(text, tmp_path):
    """Forty small documents, of which the eighth is empty."""
    content = text.read_text(encoding="utf-8")
    made = []
    for number in range(40):
        path = tmp_path / f"{number:02}.txt"
        path.write_text(content.replace("2025", str(2010 + number)), encoding="utf-8")
        made.append(path)
    made[7].write_bytes(b"")
    return made
