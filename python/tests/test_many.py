"""Many files are read in threads and come in the order of their paths."""

import gc
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import pytest

import budget_disclosure as budget

THREADS = pathlib.Path("/proc/self/task")


def of_readers():
    """How many threads of `read_many` run."""
    names = []
    for thread in THREADS.iterdir():
        try:
            names.append((thread / "comm").read_text().strip())
        except OSError:
            pass  # it ended meanwhile
    return names.count("budget-read")


def ends(is_so, seconds=10):
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()


def test_files_come_in_the_order_of_their_paths(paths):
    done = []
    readings = budget.read_many(paths, jobs=3, errors="yield", progress=lambda *state: done.append(state))
    assert len(readings) == 40
    read = list(readings)
    assert len(read) == 40 and done == [(number + 1, 40) for number in range(40)]
    assert isinstance(read[7], budget.EmptyFile) and read[7].path == str(paths[7])
    assert readings.failures == [read[7]]
    del read[7]
    assert [one.path for one in read] == [str(path) for path in paths if path.name != "07.txt"]
    assert list(readings) == []


def test_the_number_of_threads_changes_nothing(paths):
    keys = [
        [one.key for one in budget.read_many(map(str, paths), jobs=jobs, errors="skip")] for jobs in (1, 2, 64, None)
    ]
    assert all(other == keys[0] for other in keys) and len(keys[0]) == 39


def test_a_bad_file_is_raised_skipped_or_given(paths, tmp_path):
    paths[9] = tmp_path / "nothing.pdf"
    readings = budget.read_many(paths)
    with pytest.raises(budget.EmptyFile):
        list(readings)
    assert next(readings).path == str(paths[8]), "it goes on behind the bad file"
    with pytest.raises(FileNotFoundError):
        next(readings)
    skipping = budget.read_many(paths, errors="skip")
    assert len(list(skipping)) == 38
    assert [type(error) for error in skipping.failures] == [budget.EmptyFile, FileNotFoundError]


def test_arguments_that_make_no_sense_are_refused(paths):
    with pytest.raises(ValueError, match='"raise", "skip" or "yield", not "ignore"'):
        budget.read_many(paths, errors="ignore")
    with pytest.raises(ValueError, match="at least 1"):
        budget.read_many(paths, jobs=0)
    for one in (str(paths[0]), paths[0], os.fsencode(paths[0])):
        with pytest.raises(TypeError, match="not one"):
            budget.read_many(one)
    with pytest.raises(TypeError, match="progress"):
        budget.read_many(paths, progress=7)
    with pytest.raises(TypeError):
        budget.read_many([7])
    with pytest.raises(budget.InvalidLayout):
        budget.read_many(paths, layouts=["no layout"])
    assert list(budget.read_many([])) == []


@pytest.mark.skipif(not THREADS.exists(), reason="the system does not list its threads")
def test_an_iterator_that_is_dropped_ends_its_threads(paths):
    gc.collect()
    before = of_readers()  # those of iterators that other tests hold
    readings = budget.read_many(paths, jobs=4)
    next(readings)
    time.sleep(0.5)
    assert of_readers() == before + 4, "they wait: no more than eight for each are read ahead"
    del readings
    assert ends(lambda: of_readers() == before)
    with budget.read_many(paths, jobs=4) as readings:
        next(readings)
    assert ends(lambda: of_readers() == before)
    assert list(readings) == []


def test_two_threads_may_take_from_one_iterator(paths):
    readings, taken = budget.read_many(paths, errors="skip"), []
    threads = [threading.Thread(target=lambda: taken.extend(one.path for one in readings)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(taken) == [str(path) for path in paths if path.name != "07.txt"]


def test_an_error_of_the_progress_is_raised(paths):
    def fail(done, total):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        list(budget.read_many(paths, progress=fail))


def test_progress_is_counted_on_the_standard_error(paths, capsys):
    assert len(list(budget.read_many(paths, errors="skip", progress=True))) == 39
    written = capsys.readouterr()
    assert written.out == "" and written.err.startswith("\r1 / 40") and written.err.endswith("\r40 / 40\n")
    list(budget.read_many(paths, errors="skip", progress=False))
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="no named pipes among files")
def test_waiting_is_interrupted_by_ctrl_c(tmp_path):
    pipe = tmp_path / "never-written.txt"
    os.mkfifo(pipe)
    program = (
        "import sys, budget_disclosure; print('ready', flush=True); next(budget_disclosure.read_many([sys.argv[1]]))"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", program, str(pipe)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert run.stdout.readline() == "ready\n"
    time.sleep(0.5)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=20)
    assert "KeyboardInterrupt" in err
