"""Fills in some sheets of the official form the way people do, with another library than the one that exports them.

Usage: by_hand.py OUTPUT.xlsx
"""

import sys

from openpyxl import Workbook
from openpyxl.styles import Alignment

book = Workbook()


def fill(sheet, rows, merges):
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                sheet.cell(row, column, value)
    for merge in merges:
        sheet.merge_cells(merge)


# Revenue and expenditure side by side; the caption stands below the title, the number above.
sheet = book.active
sheet.title = "收支总表"
fill(
    sheet,
    [
        ["表1"],
        ["部门收支总体情况表"],
        ["编制部门：云溪县文化馆", None, None, "单位：万元"],
        [],
        ["收    入", None, "支    出", None],
        ["项目", "预算数", "功能分类", "预算数"],
        ["一、本年收入", 120.5, "201 一般公共服务支出", "-"],
        ["1.一般公共预算拨款", "120.50", "207 文化旅游体育与传媒支出", " 100.50 "],
        ["其中：一般财力", "１００．５０", "208 社会保障和就业支出", 20],
        ["    上级一般公共预算安排转移支付", 20],
        ["收  入  总  计", 120.5, "支  出  总  计", 120.5],
    ],
    ["A2:D2", "A3:C3", "A5:B5", "C5:D5"],
)

# Codes in three columns, some as numbers; a column of the form is hidden; the unit stands below the table.
sheet = book.create_sheet("支出总表")
fill(
    sheet,
    [
        ["表3"],
        ["部门支出总体情况表"],
        [],
        ["科目", None, None, None, "支出预算"],
        ["功能分类科目编码", None, None, "功能分类\n科目名称", "合计", "基本支出", "项目支出"],
        ["类", "款", "项"],
        ["※", "※", "※", "※", 1, 2, 3],
        ["总计", None, None, None, 120.5, 100.5, 20],
        [207, None, None, "文化旅游体育与传媒支出", 100.5, 80.5, 20],
        [207, 1, None, "  文化和旅游", 100.5, 80.5, 20],
        [207, 1, 9, "    群众文化", 100.5, 80.5, 20],
        ["208", None, None, "社会保障和就业支出", 20, 20, "—"],
        ["208", "05", None, "  行政事业单位养老支出", 20, 20, "/"],
        ["208", "05", "05", "    机关事业单位基本养老保险缴费支出", 20, 20, None],
        ["编制部门：云溪县文化馆", None, None, None, None, None, "单位：万元"],
    ],
    ["A2:G2", "A4:D4", "E4:G4", "A5:C5", "D5:D6", "E5:E6", "F5:F6", "G5:G6", "A8:D8"],
)
sheet.column_dimensions["F"].hidden = True
for row in range(8, 15):
    for column in "EFG":
        sheet[f"{column}{row}"].number_format = "#,##0.00"
        sheet[f"{column}{row}"].alignment = Alignment(horizontal="right")

# Four levels of header words, and the whole code in one column is not used: rows by name.
sheet = book.create_sheet("结转结余")
fill(
    sheet,
    [
        ["上年结转结余情况明细表"],
        ["编制部门：", "云溪县文化馆", None, None, None, None, None, None, "单位：", "万元"],
        ["项目", "合计", "财政拨款", None, None, None, "非财政拨款"],
        [None, None, "小计", "基本支出", None, "项目支出", "小计", "基本支出", None, "项目支出"],
        [None, None, None, "人员经费", "公用经费", None, None, "人员经费", "公用经费"],
        ["总计", 8, 8, None, None, 8],
        ["云溪县文化馆", 8, 8, None, None, 8],
        ["非遗保护项目", 8, 8, None, None, 8],
    ],
    ["A1:J1", "A3:A5", "B3:B5", "C3:F3", "G3:J3", "C4:C5", "D4:E4", "F4:F5", "G4:G5", "H4:I4", "J4:J5"],
)
for row in range(6, 9):
    for column in "BCDEFGHIJ":
        sheet[f"{column}{row}"].number_format = "0.00"

book.save(sys.argv[1])
