"""A file or bytes become a disclosure, or an exception that says why not."""

import array
import os
import pathlib
import pickle
import re
import threading

import pytest

import budget_disclosure as budget


def test_a_path_and_its_bytes_are_one_document(pdf, disclosure):
    content = pdf.read_bytes()
    for source in (str(pdf), pdf, content, bytearray(content), memoryview(content), array.array("B", content)):
        again = budget.read(source, name="disclosure.pdf")
        assert (again.key, again.sha256, again.entity) == (disclosure.key, disclosure.sha256, disclosure.entity)
        assert again.path == "disclosure.pdf"
    assert disclosure.path == str(pdf)
    assert budget.read(content).path is None


def test_a_disclosure_says_what_it_is(disclosure):
    assert (disclosure.entity, disclosure.year, disclosure.stage) == ("云溪县文化和旅游局", 2025, "budget")
    assert disclosure.unit == "万元" and disclosure.is_complete and disclosure.unread_pages == []
    assert re.fullmatch(r"d[0-9a-f]{16}", disclosure.key) and disclosure.sha256.startswith(disclosure.key[1:])
    assert 0 < disclosure.certain_count <= disclosure.figure_count == len(disclosure.figures)
    assert "云溪县文化和旅游局" in repr(disclosure)
    with pytest.raises(AttributeError):
        disclosure.year = 2026


def test_every_format_is_read(text, workbook, disclosure):
    assert budget.read(text).entity == budget.read(workbook).entity == disclosure.entity
    assert budget.read(workbook.read_bytes()).certain_count > 0, "told by its content, whatever it is called"


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", budget.EmptyFile, "empty"),
        (b"%PDF-1.7\nnothing else", budget.Damaged, "damaged"),
        (bytes(range(256)), budget.UnknownFormat, "unknown-format"),
        (b"<html>not found</html>", budget.NoDisclosure, "nothing-found"),
        (b"{\\rtf1 2025}", budget.UnknownFormat, "no-reader"),
        ("一封来信\n".encode(), budget.NoDisclosure, "nothing-found"),
        (b" " * (64 << 20) + b"1", budget.TooLarge, "too-large"),
    ],
)
def test_errors_say_what_is_wrong_and_where(content, kind, code, tmp_path):
    path = tmp_path / "given.bin"
    path.write_bytes(content)
    for source, shown in ((content, "given.bin"), (path, str(path))):
        with pytest.raises(kind) as caught:
            budget.read(source, name=None if source is path else "given.bin")
        error = caught.value
        assert isinstance(error, budget.BudgetError)
        assert (error.code, error.path) == (code, shown)
        assert str(error) == f"{shown}: {error.message}" and error.message
        assert error.place is None or isinstance(error.place, str)


def blank_page(trailer=""):
    """A PDF of one page with nothing on it; its fourth object is how it is encrypted, if the trailer says that it is."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        f"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >>",
    ]
    content, places = "%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{thing}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    content += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return content.encode()


def test_a_pdf_without_text_and_one_with_a_password_are_told_apart():
    with pytest.raises(budget.NoText) as caught:
        budget.read(blank_page())
    assert caught.value.code == "no-text"
    with pytest.raises(budget.Encrypted) as caught:
        budget.read(blank_page("/Encrypt 4 0 R /ID [<00> <00>]"))
    assert caught.value.code == "encrypted"


def test_an_error_of_bytes_without_a_name_has_no_path():
    with pytest.raises(budget.EmptyFile) as caught:
        budget.read(b"")
    assert caught.value.path is None and str(caught.value) == caught.value.message


def test_an_error_crosses_processes():
    with pytest.raises(budget.Damaged) as caught:
        budget.read(b"%PDF-1.7", name="a.pdf")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is budget.Damaged
    assert (copy.code, copy.message, copy.path) == ("damaged", caught.value.message, "a.pdf")


def test_errors_of_the_system_are_those_of_python(tmp_path):
    missing = tmp_path / "nothing.pdf"
    with pytest.raises(FileNotFoundError) as caught:
        budget.read(missing)
    assert caught.value.filename == str(missing) and caught.value.errno
    with pytest.raises(OSError, match=re.escape(str(tmp_path))):
        budget.read(tmp_path)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no device without an end")
def test_a_device_that_never_ends_is_too_large():
    with pytest.raises(budget.TooLarge):
        budget.read("/dev/zero")


def test_other_arguments_are_refused(text):
    for source in (7, None, [1, 2], object()):
        with pytest.raises(TypeError, match="path or the content"):
            budget.read(source)
    with pytest.raises(budget.InvalidLayout) as caught:
        budget.read(text, layouts=["no layout"])
    assert caught.value.code == "invalid-layout"


def test_a_layout_of_ones_own_is_used(text):
    layout = (pathlib.Path(__file__).parents[2] / "budget-parse/layouts").glob("xinjiang-2025.toml")
    own = next(layout).read_text(encoding="utf-8").replace('id = "xinjiang-2025"', 'id = "own"', 1)
    assert budget.read(text, layouts=[own]).figure_count == budget.read(text).figure_count


def test_the_interpreter_is_not_held_while_a_file_is_read(pdf):
    counted, over = 0, threading.Event()

    def read():
        for _ in range(20):
            budget.read(pdf)
        over.set()

    reader = threading.Thread(target=read)
    reader.start()
    while not over.is_set():
        counted += 1
        over.wait(0.0005)
    reader.join()
    # Held, this thread would have its turn once for each file at most.
    assert counted > 60
