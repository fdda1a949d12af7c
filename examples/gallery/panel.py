# %% [markdown]
# # A panel of disclosures
#
#     python panel.py DISCLOSURES OUT
#
# Reads every disclosure below a folder, writes them as one data set (`OUT/set`), and makes a panel of it: one row for each entity and
# year (`OUT/panel.csv`), and a picture of what is there and how sure it is (`OUT/panel.png`).
#
# Needs budget_disclosure, duckdb and matplotlib.

# %%
import csv
import pathlib
import sys
from concurrent.futures import ThreadPoolExecutor

import budget_disclosure as budget
import duckdb
from charts import chinese, save

disclosures, out = map(pathlib.Path, sys.argv[1:3])
out.mkdir(parents=True, exist_ok=True)

# %% [markdown]
# ## Reading
#
# Files are read in threads. What is no disclosure is not an error here: it is a row of the table `failures`.

# %%
paths = sorted((path for path in disclosures.rglob("*") if path.is_file()), key=lambda path: path.parts)
with ThreadPoolExecutor() as threads, budget.Dataset(out / "set", replace=True) as dataset:
    for entry in threads.map(budget.pack, paths):
        dataset.add(entry)

# %% [markdown]
# ## One row for each entity and year
#
# The views take one document of an entity and year, certain figures only, and add up no figure twice. A cell is blank where the
# documents do not say it, or not for certain.

# %%
database = duckdb.connect()
database.execute(f"SET file_search_path = '{out / 'set'}'")
database.execute((out / "set" / "views.sql").read_text(encoding="utf-8"))
panel = database.sql("""
    WITH three_public AS (
        FROM three_public_by_entity_year SELECT entity_id, year, stage, scope, max(value_yuan) AS three_public_yuan
        WHERE item = 'all' GROUP BY ALL HAVING count(DISTINCT value_yuan) = 1
    ), personnel AS (
        FROM personnel_share SELECT entity_id, year, stage, scope, max(personnel_share) AS personnel_share
        GROUP BY ALL HAVING count(*) = 1
    )
    FROM total_by_entity_year
    LEFT JOIN three_public USING (entity_id, year, stage, scope)
    LEFT JOIN personnel USING (entity_id, year, stage, scope)
    SELECT region, entity, year, stage, scope, total_yuan, three_public_yuan, personnel_share
    ORDER BY region, entity, year
""")
rows = panel.fetchall()
with (out / "panel.csv").open("w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(panel.columns)
    writer.writerows(rows)
print(f"{len(rows)} rows of entity and year in {out / 'panel.csv'}")

# %% [markdown]
# ## What is there, and how sure

# %%
regions = database.sql("""
    FROM documents SELECT coalesce(region, '地区不详') AS region, count(*) AS documents, sum(figures)::BIGINT AS figures,
        sum(figures_certain)::BIGINT AS certain
    WHERE counts_figures GROUP BY ALL ORDER BY figures
""").fetchall()

plt = chinese()
figure, axes = plt.subplots(figsize=(9, 0.5 + 0.38 * max(len(regions), 4)))
names = [f"{region}（{documents} 份）" for region, documents, _, _ in regions]
axes.barh(names, [certain for *_, certain in regions], color="#2b6cb0", label="确定")
axes.barh(
    names,
    [count - certain for *_, count, certain in regions],
    left=[certain for *_, certain in regions],
    color="#dd6b20",
    label="存疑",
)
for place, (*_, count, certain) in enumerate(regions):
    axes.text(count, place, f" {count:,}，其中存疑 {count - certain:,}", va="center", fontsize=9)
axes.set_xlim(right=1.3 * max((count for *_, count, _ in regions), default=1))
axes.set_xlabel("读到的数字（个）")
axes.set_title("各地区的公开文件：读到多少数字，其中多少是确定的")
axes.legend(loc="lower right")
save(figure, out / "panel.png")
