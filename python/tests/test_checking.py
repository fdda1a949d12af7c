"""A disclosure says where it does not agree with itself."""

import decimal

import pytest

import budget_disclosure as budget


def test_a_document_that_agrees_has_no_error(text):
    findings = budget.read(text).check()
    assert all(finding.severity != "error" for finding in findings)
    assert [finding.fingerprint for finding in budget.check(text)] == [finding.fingerprint for finding in findings]


def test_findings_are_exact_and_in_both_languages(wrong):
    findings = wrong.check()
    assert findings
    severities = [("error", "warning", "info").index(finding.severity) for finding in findings]
    assert severities == sorted(severities), "the most serious first"
    first = findings[0]
    assert first.rule and first.places and first.message() == first.message("zh") != first.message("en")
    assert first.message() in repr(first)
    exact = [finding for finding in findings if finding.difference is not None]
    assert exact
    for finding in exact:
        assert all(
            isinstance(number, decimal.Decimal) for number in (finding.expected, finding.found, finding.difference)
        )
        assert finding.found - finding.expected == finding.difference
    with pytest.raises(ValueError, match='"zh" or "en", not "fr"'):
        first.message("fr")


def test_findings_are_those_of_the_tables(wrong):
    pyarrow = pytest.importorskip("pyarrow")
    rows = [row for row in pyarrow.table(wrong.findings).to_pylist() if row["origin"] == "check"]
    findings = wrong.check()
    names = ("rule", "severity", "fingerprint", "expected", "found", "difference", "defect", "is_decided")
    for finding, row in zip(findings, rows, strict=True):
        assert finding.key == row["finding"] and finding.message("en") == row["message_en"]
        assert all(getattr(finding, name) == row[name] for name in names)
    cells = {row["cell"] for row in pyarrow.table(wrong.figures).to_pylist()}
    statements = {row["statement"] for row in pyarrow.table(wrong.statements).to_pylist()}
    assert any(finding.cells for finding in findings)
    for finding in findings:
        assert set(finding.cells) <= cells and set(finding.statements) <= statements
