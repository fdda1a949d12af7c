"""Writes a Word document of lines and tables as a person with python-docx would: by_hand.py BLOCKS.json TARGET.docx"""

import json
import sys

from docx import Document

source, target = sys.argv[1:]
document = Document()
with open(source, encoding="utf-8") as file:
    blocks = json.load(file)
for block in blocks:
    if isinstance(block, str):
        document.add_paragraph(block)
        continue
    rows = max(row + height for row, _, height, _, _ in block)
    columns = max(column + width for _, column, _, width, _ in block)
    table = document.add_table(rows=rows, cols=columns)
    grid = [list(row.cells) for row in table.rows]
    for row, column, height, width, text in block:
        cell = grid[row][column]
        if height > 1 or width > 1:
            cell = cell.merge(grid[row + height - 1][column + width - 1])
        cell.text = text
document.save(target)
