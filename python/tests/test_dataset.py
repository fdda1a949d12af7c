"""A data set from files that others read: packed, carried as bytes, added, and equal to that of the command."""

import hashlib
import pickle
import shutil

import pytest

import budget_disclosure as budget


def added(folder, entries, **options):
    with budget.Dataset(folder, **options) as dataset:
        return [dataset.add(entry) for entry in entries]


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(folder, table, columns="*"):
    duckdb = pytest.importorskip("duckdb")
    return duckdb.sql(f"SELECT {columns} FROM read_parquet('{folder}/{table}.parquet')").fetchall()


def test_files_are_packed_added_and_listed(paths, tmp_path):
    folder = tmp_path / "set"
    outcomes = added(folder, map(budget.pack, paths))
    assert outcomes.count("new") == 39 and outcomes[7] == "failed"
    assert len(rows(folder, "documents")) == 39
    assert rows(folder, "failures", "path, code, outcome") == [(str(paths[7]), "empty", "failed")]


def test_a_set_is_made_of_the_same_bytes_whoever_packed_the_files(paths, tmp_path):
    entries = [budget.pack(path) for path in paths]
    of_bytes = [pickle.loads(pickle.dumps(budget.pack(path.read_bytes(), name=str(path)))) for path in paths]
    assert entries == of_bytes
    added(tmp_path / "one", entries)
    added(tmp_path / "two", of_bytes)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_what_is_no_disclosure_is_an_entry_and_no_error(tmp_path):
    entries = {
        "missing.pdf": budget.pack(tmp_path / "missing.pdf"),
        "~$a.xlsx": budget.pack(b"whatever", name="~$a.xlsx"),
        "a.png": budget.pack(b"\x89PNG\r\n\x1a\n", name="a.png"),
        "a.pdf": budget.pack(b"%PDF-1.7\nbroken", name="a.pdf"),
        "note.txt": budget.pack("今天下雨。".encode(), name="note.txt"),
    }
    assert added(tmp_path / "set", entries.values()) == ["failed", "skipped", "skipped", "failed", "skipped"]
    codes = {path.rsplit("/", 1)[-1]: code for path, code in rows(tmp_path / "set", "failures", "path, code")}
    assert codes == {
        "missing.pdf": "not-found",
        "~$a.xlsx": "lock-file",
        "a.png": "no-reader",
        "a.pdf": "damaged",
        "note.txt": "nothing-found",
    }


def test_copies_and_known_files_are_told(paths, tmp_path):
    shutil.copy(paths[0], tmp_path / "copy.txt")
    entries = [budget.pack(path) for path in (paths[0], tmp_path / "copy.txt", paths[0])]
    assert added(tmp_path / "set", entries) == ["new", "copy", "known"]


def test_a_set_is_added_to_and_taken_from(paths, tmp_path):
    folder = tmp_path / "set"
    added(folder, [budget.pack(paths[0]), budget.pack(paths[1])])
    sha256 = hashlib.sha256(paths[0].read_bytes()).hexdigest()
    with budget.Dataset(folder, append=True) as dataset:
        assert dataset.has(str(paths[0]), sha256) and not dataset.has("elsewhere", sha256)
        dataset.remove(str(paths[1]))
        assert dataset.add(budget.pack(paths[2])) == "new"
        with pytest.raises(budget.DatasetError):
            dataset.remove(str(paths[0]))
        assert dataset.finish()["documents"] == 2
    assert len(rows(folder, "documents")) == 2


def test_what_is_not_finished_is_not_seen(paths, tmp_path):
    folder = tmp_path / "set"
    added(folder, [budget.pack(paths[0])])
    before = files(folder)
    with pytest.raises(KeyError), budget.Dataset(folder, replace=True) as dataset:
        dataset.add(budget.pack(paths[1]))
        raise KeyError
    assert files(folder) == before
    with pytest.raises(ValueError, match="closed"):
        dataset.add(budget.pack(paths[1]))


@pytest.mark.parametrize(
    ("options", "code"), [({}, "set-exists"), ({"append": True}, None), ({"replace": True}, None)]
)
def test_nothing_is_replaced_unless_it_is_asked_for(options, code, paths, tmp_path):
    folder = tmp_path / "set"
    with pytest.raises(budget.DatasetError) as nothing_there:
        budget.Dataset(folder, append=True)
    assert nothing_there.value.code == "no-set"
    added(folder, [budget.pack(paths[0])])
    if code is None:
        assert added(folder, [budget.pack(paths[1])], **options) == ["new"]
        return
    with pytest.raises(budget.DatasetError) as raised:
        budget.Dataset(folder, **options)
    assert raised.value.code == code and str(folder) in str(raised.value)


def test_bytes_that_are_no_entry_are_told(paths, tmp_path):
    entry = budget.pack(paths[0])
    other = entry.replace(budget.__version__.encode(), b"99.0.0", 1)
    with budget.Dataset(tmp_path / "set") as dataset:
        for damaged in (b"", b"whatever", other, entry[: len(entry) // 2], entry + b"1"):
            with pytest.raises(budget.DatasetError) as raised:
                dataset.add(damaged)
            assert raised.value.code in ("not-packed", "cannot-write-set")
        assert dataset.add(entry) == "new"
    assert len(rows(tmp_path / "set", "documents")) == 1


def test_two_do_not_write_one_set(tmp_path):
    with budget.Dataset(tmp_path / "set"):
        with pytest.raises(budget.DatasetError) as raised:
            budget.Dataset(tmp_path / "set")
        assert raised.value.code == "busy"
