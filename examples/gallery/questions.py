# %% [markdown]
# # The questions, with charts
#
#     python questions.py SET OUT
#
# SET is a data set that `budget extract … --dataset SET --to parquet` (or `panel.py`) has written. Each question is a line of SQL over
# the views that come with it; a chart is made where there is something to show, and said so where there is not.
#
# Needs duckdb and matplotlib.

# %%
import pathlib
import sys

import duckdb
from charts import chinese, in_words, save

folder, out = map(pathlib.Path, sys.argv[1:3])
out.mkdir(parents=True, exist_ok=True)
database = duckdb.connect()
database.execute(f"SET file_search_path = '{folder}'")
database.execute((folder / "views.sql").read_text(encoding="utf-8"))
plt = chinese()


def bars(name, title, unit, rows, label):
    """A bar for each row: a name and a number."""
    if not rows:
        print(f"{name}: nothing certain in this set")
        return
    figure, axes = plt.subplots(figsize=(9, 1 + 0.34 * len(rows)))
    names, numbers = [row[0] for row in reversed(rows)], [float(row[1]) for row in reversed(rows)]
    places = range(len(rows))
    axes.barh(places, numbers, color="#2b6cb0")
    axes.set_yticks(places, names)
    for place, number in zip(places, numbers):
        axes.text(max(number, 0), place, f" {label(number)}", va="center", fontsize=9)
    axes.margins(x=0.18)
    axes.xaxis.set_major_formatter(lambda number, _: label(number))
    axes.tick_params(axis="x", labelsize=8)
    axes.set_title(title)
    axes.set_xlabel(unit)
    save(figure, out / f"{name}.png")


def ask(question):
    return database.sql(question).fetchall()


def share(number):
    return f"{number:.1%}"


# %% [markdown]
# ## 各单位的收支总额是多少？ What is the total of each entity?

# %%
rows = ask("""
    FROM total_by_entity_year SELECT entity || ' ' || year, total_yuan
    WHERE stage = 'budget' AND total_yuan IS NOT NULL ORDER BY total_yuan DESC, 1 LIMIT 20
""")
bars("totals", "预算收支总额，前 20", "元", rows, in_words)

# %% [markdown]
# ## 钱花在哪些功能类别上？ What is money spent on?
#
# A unit's money is in its department's budget as well, so only departments are added up, only of one year, and only tables that are
# whole.

# %%
((year,),) = ask("FROM counted_documents SELECT mode(year)")
rows = ask(f"""
    FROM spending_by_function SELECT class_code || ' ' || class_name, sum(yuan) AS yuan
    WHERE is_whole AND year = {year or 0} AND stage = 'budget' AND scope = 'department' GROUP BY ALL ORDER BY yuan DESC LIMIT 20
""")
bars("functions", f"{year} 年部门预算支出，按功能分类", "元", rows, in_words)

# %% [markdown]
# ## “三公”经费占多少？ How large are the three public expenses?

# %%
rows = ask("""
    FROM three_public_by_entity_year JOIN total_by_entity_year USING (entity_id, year, stage, scope)
    SELECT total_by_entity_year.entity || ' ' || year, max(value_yuan / total_yuan) AS part
    WHERE item = 'all' AND stage = 'budget' AND total_yuan > 0
    GROUP BY ALL HAVING count(DISTINCT value_yuan) = 1 ORDER BY part DESC, 1 LIMIT 20
""")
bars("three-public", "“三公”经费占预算收支总额的比例，前 20", "", rows, share)

# %% [markdown]
# ## 有哪些大项目？ Which projects are large?

# %%
rows = ask("""
    FROM project_amounts SELECT entity || '：' || project, max(coalesce(table_yuan, target_yuan, text_yuan)) AS yuan
    WHERE stage = 'budget' GROUP BY ALL HAVING yuan IS NOT NULL ORDER BY yuan DESC, 1 LIMIT 20
""")
bars("projects", "项目支出，前 20", "元", [(name[:40], yuan) for name, yuan in rows], in_words)

# %% [markdown]
# ## 人员经费占基本支出的比例？ What share of basic expenditure is personnel?

# %%
rows = ask("""
    FROM personnel_share SELECT entity || ' ' || year, max(personnel_share) AS part
    WHERE stage = 'budget' GROUP BY ALL HAVING count(*) = 1 AND part IS NOT NULL ORDER BY part DESC, 1 LIMIT 30
""")
bars("personnel", "人员经费占基本支出的比例，前 30", "", rows, share)

# %% [markdown]
# ## 与上年相比变化多少？ How did it change from the year before?

# %%
rows = ask("""
    FROM year_on_year_totals SELECT entity || ' ' || year, change_share
    WHERE stage = 'budget' AND change_share IS NOT NULL ORDER BY abs(change_share) DESC, 1 LIMIT 20
""")
bars("year-on-year", "预算总额比上年的变化，变化最大的 20 个", "", rows, share)

# %% [markdown]
# ## 哪些数字不确定？ Which figures are not certain?

# %%
rows = ask("FROM uncertain_figures SELECT coalesce(doubt, '?'), count(*) AS figures GROUP BY ALL ORDER BY figures DESC, 1 LIMIT 20")
bars("uncertain", "存疑的数字，按存疑之处", "个", rows, lambda number: f"{number:,.0f}")

# %% [markdown]
# ## 末级之和与印出的合计是否相符？ Do the parts add up to the printed totals?

# %%
equal, apart, known, open_ = ask("""
    FROM leaf_sums SELECT count(*) FILTER (is_equal), count(*) FILTER (NOT is_equal),
        count(*) FILTER (NOT is_equal AND has_finding), count(*) FILTER (is_equal IS NULL)
""")[0]
print(f"{equal:,} columns add up, {apart} do not ({known} of these are findings), of {open_} it cannot be said")
