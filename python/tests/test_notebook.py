"""A notebook shows documents, tables and pages, and nothing of a file is markup in it."""

import html.parser
import xml.etree.ElementTree

import pytest

import budget_disclosure as budget


class Checked(html.parser.HTMLParser):
    """Collects what stands in HTML, and sees that every element is closed."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.text = [], set(), []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


TAGS = {"div", "strong", "table", "thead", "tbody", "tr", "th", "td"}


def test_a_document_shows_what_it_is_and_its_tables(disclosure):
    shown = Checked(disclosure._repr_html_())
    assert shown.tags <= TAGS
    for value in (disclosure.figure_count, disclosure.certain_count, len(disclosure.check())):
        assert str(value) in shown.text
    assert disclosure.entity in " ".join(shown.text)
    for table in disclosure.tables:
        assert table.title in shown.text


def test_a_table_shows_its_first_rows(disclosure):
    for table in disclosure.records().values():
        shown = Checked(table._repr_html_())
        assert shown.tags <= TAGS and set(table.columns) <= set(shown.text)
    assert "… " in " ".join(Checked(disclosure.figures._repr_html_()).text)


def test_a_budget_table_shows_its_printed_decimals_and_what_is_in_doubt(disclosure, text):
    table = disclosure.tables[0]
    shown = Checked(table._repr_html_())
    assert table.title in shown.text and any(value.endswith(".00") for value in shown.text)
    doubtful = [table._repr_html_() for table in budget.read(text).tables if table.certain_count < table.figure_count]
    assert doubtful and all("存疑: " in html for html in doubtful)


def test_what_a_file_says_is_no_markup(text):
    content = text.read_text(encoding="utf-8").replace("其他支出", "<b>&\"'其他支出")
    read = budget.read(content.encode(), name="<script>alert(1)</script>.txt")
    shown = [thing._repr_html_() for thing in (read, *read.tables, *read.records().values())]
    assert all(Checked(html).tags <= TAGS for html in shown)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.txt" in shown[0]
    assert any("&lt;b&gt;&amp;&quot;&#39;其他支出" in html for html in shown)


def test_a_page_is_a_picture(disclosure, text):
    picture = disclosure.picture(5)
    svg = picture._repr_svg_()
    assert str(picture) == svg and picture.page == 5 and repr(picture).startswith("<Picture of page 5")
    root = xml.etree.ElementTree.fromstring(svg)
    assert root.tag.endswith("svg")
    boxes = [element.get("class") for element in root.iter() if element.tag.endswith("rect")]
    on_page = sum(page == 5 for page in disclosure.figures.to_polars()["page"]) if _has("polars") else 1
    assert boxes.count("certain") + boxes.count("doubtful") >= on_page
    for page in (0, 9999):
        with pytest.raises(budget.NoPicture) as caught:
            disclosure.picture(page)
        assert caught.value.code == "no-picture" and caught.value.path == disclosure.path
    with pytest.raises(budget.NoPicture, match="only pages of a PDF"):
        budget.read(text).picture(1)
    with pytest.raises(OverflowError):
        disclosure.picture(-1)


def _has(package):
    try:
        __import__(package)
    except ImportError:
        return False
    return True
