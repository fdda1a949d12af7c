"""A disclosure is written in the formats of the command line."""

import json
import pathlib

import pytest

import budget_disclosure as budget


def test_json_has_everything(disclosure):
    document = json.loads(disclosure.to_json())
    assert document["format"] == "budget-disclosure"
    assert document["document"]["sha256"] == disclosure.sha256


@pytest.mark.parametrize("format", ["json", "xlsx"])
def test_one_file_gets_the_path_that_is_given(disclosure, tmp_path, format):
    path = tmp_path / "new" / f"other.{format}"
    assert disclosure.export(format, path) == [path] and path.is_file()
    before = path.read_bytes()
    assert disclosure.export(format, str(path)) == [path], "what is there is replaced"
    assert path.read_bytes() == before, "equal documents make equal bytes"
    # In a folder it is named after the document.
    named = tmp_path / "new" / f"disclosure.{format}"
    assert disclosure.export(format, tmp_path / "new") == [named] and named.read_bytes() == before


def test_a_bare_name_goes_into_the_current_folder(disclosure, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert disclosure.export("json", "a.json") == [pathlib.Path("a.json")] and (tmp_path / "a.json").is_file()


def test_csv_is_a_folder_that_is_a_data_package(disclosure, tmp_path):
    files = disclosure.export("csv", tmp_path / "package")
    assert tmp_path / "package" / "datapackage.json" in files and all(file.is_file() for file in files)


def test_a_workbook_reads_as_its_document(disclosure, workbook):
    assert budget.read(workbook).year == disclosure.year


def test_what_cannot_be_written_says_why(disclosure, tmp_path):
    with pytest.raises(ValueError, match='"json", "xlsx" or "csv", not "pdf"'):
        disclosure.export("pdf", tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        disclosure.export("csv", tmp_path / "file" / "below")
