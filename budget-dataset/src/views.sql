-- Questions to one data set of budget disclosures (部门预算公开), for DuckDB. In the folder of the set:
--     duckdb -c ".read views.sql" -c "FROM total_by_entity_year"
-- Nothing here is added twice: what adds up over documents takes one of an entity, year, stage and scope
-- (documents.counts_figures), one printed figure for one amount, and sums over leaves alone. uncertain_figures, leaf_sums,
-- coverage, set_aside_documents and finding_cells list all documents, each by itself. Do not add over stage
-- (budget, final), scope (department, unit), source or items of the three public expenses by hand.
-- A figure of which anything is in doubt is in uncertain_figures and in no sum. Amounts are in yuan, to 0.01.

-- === tables ===
-- counted_documents 计入汇总的文件：每个单位、年度、阶段、口径只取一份
-- Which documents count, one for each entity, year, stage and scope?
CREATE OR REPLACE VIEW counted_documents AS
SELECT d.*, e.entity AS counted_entity
FROM documents d JOIN entities e ON e.entity_id = d.counted_as
WHERE d.counts_figures;

-- counted_figures 可用于分析的数字：计入的文件中全部确定、金额单位已知的数字（含合计与分项，相加前先筛选）
-- Which figures may be used: certain, in money, of documents that count? Wholes and parts are both here.
CREATE OR REPLACE VIEW counted_figures AS
SELECT d.counted_as, d.counted_entity, d.scope, f.* REPLACE (CAST(f.value_yuan AS DECIMAL(38,2)) AS value_yuan)
FROM figures f JOIN counted_documents d USING (document)
WHERE f.certainty = 'certain' AND f.value_yuan IS NOT NULL;

-- Figures that are of the budget or accounts of the document itself, and of its year: no 上年, no 增减, no 预算数 beside 决算数.
CREATE OR REPLACE VIEW own_figures AS
FROM counted_figures
WHERE year_ref = 'this' AND phase = CASE stage WHEN 'final' THEN 'final' ELSE 'budget' END;

-- total_by_entity_year 各单位各年度收支总额是多少？
-- What is the total of each entity in each year? total_yuan: 收支总计 with carry-over and balances; spending_yuan: 支出合计 of the year.
CREATE OR REPLACE VIEW total_by_entity_year AS
WITH printed AS (
  SELECT document, nature, flow, value_yuan, cell, table_no, row_no, column_no, table_kind IN ('overview', 'final_overview') AS is_overview
  FROM own_figures
  WHERE source = 'all' AND nature IN ('all', 'current-year')
    AND (flow IS NULL OR flow = 'expenditure') AND (side IS NULL OR side = 'expenditure')
    AND function IS NULL AND economic IS NULL AND economic_gov IS NULL
    AND item IS NULL AND project IS NULL AND budget_unit IS NULL
    AND table_kind IN ('overview', 'final_overview', 'expenditure', 'final_expenditure')
), totals AS (
  SELECT document, value_yuan, cell, row_number() OVER (PARTITION BY document
    ORDER BY NOT is_overview, flow IS NOT NULL, table_no, row_no, column_no) AS place_in_line
  FROM printed WHERE nature = 'all'
), spendings AS (
  SELECT document, value_yuan, cell, row_number() OVER (PARTITION BY document
    ORDER BY is_overview, table_no, row_no, column_no) AS place_in_line
  FROM printed WHERE NOT is_overview OR flow = 'expenditure' OR nature = 'current-year'
)
SELECT d.counted_as AS entity_id, d.counted_entity AS entity, d.region, d.region_code, d.year, d.stage, d.scope, d.document,
  t.value_yuan AS total_yuan, s.value_yuan AS spending_yuan, t.cell AS total_cell, s.cell AS spending_cell
FROM counted_documents d
LEFT JOIN totals t ON t.document = d.document AND t.place_in_line = 1
LEFT JOIN spendings s ON s.document = d.document AND s.place_in_line = 1;

-- spending_by_function 钱花在哪些功能类别上（类）？
-- What is money spent on, by class of function? The leaves of one table of each document: 支出总表, all sources, basic and project
-- together. is_whole says whether they add up to the spending of the document; leave out what does not.
CREATE OR REPLACE VIEW spending_by_function AS
WITH leaves AS (
  SELECT document, left(function, 3) AS class_code, value_yuan, half_unit_yuan,
    dense_rank() OVER (PARTITION BY document ORDER BY table_no, column_no) AS place_in_line
  FROM own_figures
  WHERE table_kind IN ('expenditure', 'final_expenditure') AND source = 'all' AND nature = 'all' AND is_leaf
    AND function IS NOT NULL AND economic IS NULL AND economic_gov IS NULL AND item IS NULL
), classes AS (
  SELECT document, class_code, sum(value_yuan) AS yuan, sum(half_unit_yuan) AS within_yuan
  FROM leaves WHERE place_in_line = 1 GROUP BY ALL
)
SELECT t.entity_id, t.entity, t.region, t.region_code, t.year, t.stage, t.scope, document, class_code, k.name AS class_name, yuan,
  abs(sum(yuan) OVER (PARTITION BY document) - coalesce(t.spending_yuan, t.total_yuan))
    <= sum(within_yuan) OVER (PARTITION BY document) + 50 AS is_whole
FROM classes JOIN total_by_entity_year t USING (document) LEFT JOIN codes k ON k.chart = 'function' AND k.code = class_code;

-- three_public_by_entity_year 各单位各年度“三公”经费是多少？
-- What are the three public expenses of each entity in each year? One figure for each item, from the widest source printed; where a
-- table has no total and lists units, the sum of the units (units_added says of how many). item 'all' is the sum of
-- 'travel-abroad', 'reception' and 'vehicles' (= 'vehicle-purchase' + 'vehicle-running'): do not add them to it.
CREATE OR REPLACE VIEW three_public_by_entity_year AS
WITH one AS (
  SELECT *, CASE source WHEN 'all' THEN 1 WHEN 'appropriation-with-carry-over' THEN 2 WHEN 'appropriation' THEN 3
      WHEN 'general-public-budget-with-carry-over' THEN 4 WHEN 'general-public-budget' THEN 5 ELSE 9 END AS width,
    row_number() OVER (PARTITION BY document, item, source, budget_unit
      ORDER BY role NOT IN ('total', 'unit'), table_no, row_no, column_no) AS place_in_line
  FROM own_figures
  WHERE item IS NOT NULL AND table_kind IN ('three_public', 'final_three_public') AND nature = 'all'
    AND function IS NULL AND economic IS NULL AND economic_gov IS NULL AND project IS NULL
), ranked AS (
  SELECT document, item, source, budget_unit IS NOT NULL AS is_of_units, sum(value_yuan) AS value_yuan,
    sum(half_unit_yuan) AS half_unit_yuan, count(budget_unit) AS units_added, min(cell) AS cell,
    row_number() OVER (PARTITION BY document, item ORDER BY budget_unit IS NOT NULL, width, source) AS place_in_line
  FROM one WHERE place_in_line = 1 GROUP BY document, item, source, width, budget_unit IS NOT NULL
)
SELECT d.counted_as AS entity_id, d.counted_entity AS entity, d.region, d.region_code, d.year, d.stage, d.scope, document,
  item, source, value_yuan, half_unit_yuan, units_added, CASE WHEN units_added <= 1 THEN cell END AS cell
FROM ranked JOIN counted_documents d USING (document) WHERE place_in_line = 1;

-- project_amounts 各单位有哪些项目，预算表、正文、绩效目标各写多少？
-- Which projects does an entity have, and how much do tables, text and targets say of each? The three are statements of one
-- amount and are never added to each other. Tables and words may be two documents, with brackets of their own in one name.
CREATE OR REPLACE VIEW project_amounts AS
WITH of_tables AS (
  SELECT document, project, sum(value_yuan) AS table_yuan, count(*) AS table_rows FROM (
    SELECT document, project, value_yuan, dense_rank() OVER (PARTITION BY document, project ORDER BY
        CASE source WHEN 'all' THEN 1 WHEN 'appropriation-with-carry-over' THEN 2 WHEN 'appropriation' THEN 3
          WHEN 'general-public-budget-with-carry-over' THEN 4 WHEN 'general-public-budget' THEN 5 ELSE 9 END,
        economic IS NOT NULL OR economic_gov IS NOT NULL, table_no, column_no) AS place_in_line,
      is_leaf
    FROM own_figures
    WHERE project IS NOT NULL AND nature IN ('project', 'all')
      AND table_kind IN ('project', 'general_project', 'appropriation_project', 'general_project_economic'))
  WHERE place_in_line = 1 AND is_leaf GROUP BY ALL
), of_words AS (
  SELECT document, project,
    CAST(max(amount_yuan) FILTER (origin = 'text') AS DECIMAL(38,2)) AS text_yuan,
    CAST(max(amount_yuan) FILTER (origin <> 'text') AS DECIMAL(38,2)) AS target_yuan,
    count(*) FILTER (origin <> 'text') AS target_tables
  FROM projects WHERE project IS NOT NULL AND origin NOT LIKE 'entity%' GROUP BY ALL
), named AS (
  SELECT *, regexp_replace(project, '[（）()〔〕［］\[\]【】〈〉《》<>“”"\s]', '', 'g') AS bare_name FROM (
    SELECT document, project, table_yuan, table_rows, NULL AS text_yuan, NULL AS target_yuan, NULL AS target_tables
    FROM of_tables WHERE document IN (SELECT document FROM documents WHERE counts_figures)
    UNION ALL
    SELECT document, project, NULL, NULL, text_yuan, target_yuan, target_tables
    FROM of_words WHERE document IN (SELECT document FROM documents WHERE counts_words OR counts_figures))
)
SELECT d.counted_as AS entity_id, any_value(e.entity) AS entity, any_value(e.region) AS region,
  any_value(e.region_code) AS region_code, d.year, d.stage, d.scope,
  min_by(n.project, (n.table_yuan IS NULL, n.project)) AS project,
  -- One name in two kinds of brackets in one table is two rows of it.
  CAST(sum(n.table_yuan) AS DECIMAL(38,2)) AS table_yuan, CAST(max(n.text_yuan) AS DECIMAL(38,2)) AS text_yuan,
  CAST(max(n.target_yuan) AS DECIMAL(38,2)) AS target_yuan,
  CAST(sum(n.table_rows) AS BIGINT) AS table_rows, CAST(sum(n.target_tables) AS BIGINT) AS target_tables,
  min(n.document) FILTER (n.table_yuan IS NOT NULL) AS table_document,
  min(n.document) FILTER (n.table_yuan IS NULL) AS words_document
FROM named n JOIN documents d USING (document) JOIN entities e ON e.entity_id = d.counted_as
GROUP BY d.counted_as, d.year, d.stage, d.scope, n.bare_name;

-- personnel_share 人员经费占基本支出的比例是多少？
-- What share of basic expenditure is personnel? Both figures have one source (the widest that prints both) and stand in one document.
CREATE OR REPLACE VIEW personnel_share AS
WITH printed AS (
  SELECT document, source, nature, arg_min(value_yuan, (table_no, row_no, column_no)) AS yuan
  FROM own_figures
  WHERE nature IN ('personnel', 'operating', 'basic') AND role = 'total'
    AND function IS NULL AND economic IS NULL AND economic_gov IS NULL
    AND item IS NULL AND project IS NULL AND budget_unit IS NULL
  GROUP BY ALL
), pairs AS (
  SELECT document, source,
    max(yuan) FILTER (nature = 'personnel') AS personnel_yuan,
    max(yuan) FILTER (nature = 'basic') AS basic_printed,
    max(yuan) FILTER (nature = 'operating') AS operating_yuan
  FROM printed GROUP BY ALL
), ranked AS (
  SELECT *, coalesce(basic_printed, personnel_yuan + operating_yuan) AS basic_yuan,
    row_number() OVER (PARTITION BY document ORDER BY
      CASE source WHEN 'all' THEN 1 WHEN 'appropriation-with-carry-over' THEN 2 WHEN 'appropriation' THEN 3
        WHEN 'general-public-budget-with-carry-over' THEN 4 WHEN 'general-public-budget' THEN 5 ELSE 9 END, source) AS place_in_line
  FROM pairs WHERE personnel_yuan IS NOT NULL AND coalesce(basic_printed, operating_yuan) IS NOT NULL
)
SELECT d.counted_as AS entity_id, d.counted_entity AS entity, d.region, d.region_code, d.year, d.stage, d.scope, document,
  source, personnel_yuan, basic_yuan, CAST(personnel_yuan AS DOUBLE) / nullif(basic_yuan, 0) AS personnel_share
FROM ranked JOIN counted_documents d USING (document) WHERE place_in_line = 1;

-- year_on_year_totals 与上年相比，各单位总额变化多少？
-- How did the total of each entity change from the year before? Both years from their own documents.
CREATE OR REPLACE VIEW year_on_year_totals AS
SELECT now.entity_id, now.entity, now.region, now.region_code, now.stage, now.scope, now.year,
  before.total_yuan AS last_yuan, now.total_yuan AS this_yuan, now.total_yuan - before.total_yuan AS change_yuan,
  CAST(now.total_yuan - before.total_yuan AS DOUBLE) / nullif(before.total_yuan, 0) AS change_share
FROM total_by_entity_year now JOIN total_by_entity_year before
  ON before.entity_id = now.entity_id AND before.stage = now.stage AND before.scope = now.scope AND before.year = now.year - 1;

-- year_on_year_rows 与上年相比，各科目（功能、经济、项目、“三公”）变化多少？
-- How did each row change from the year before? Rows are paired by what they are, not by where they stand; a row that only one year
-- has is there with the other side null, which is no zero. is_leaf says which rows may be added.
CREATE OR REPLACE VIEW year_on_year_rows AS
WITH one AS (
  SELECT counted_as, stage, scope, year, document, table_kind, side, flow, source, nature, function, economic, economic_gov,
    project, budget_unit, item,
    CASE WHEN min(value_yuan) = max(value_yuan) THEN min(value_yuan) END AS yuan,
    any_value(row_label) AS row_label, bool_and(is_leaf) AS is_leaf
  FROM own_figures WHERE source IS NOT NULL AND table_kind NOT LIKE '%overview'
  GROUP BY ALL
), keyed AS (
  SELECT *, concat_ws('|', table_kind, coalesce(side, '-'), coalesce(flow, '-'), source, nature, coalesce(function, '-'),
    coalesce(economic, '-'), coalesce(economic_gov, '-'), coalesce(project, '-'), coalesce(budget_unit, '-'), coalesce(item, '-')) AS what
  FROM one
), spans AS (
  SELECT now.counted_as, now.stage, now.scope, now.year FROM counted_documents now
  JOIN counted_documents before ON before.counted_as = now.counted_as AND before.stage = now.stage
    AND before.scope = now.scope AND before.year = now.year - 1
), sides AS (
  SELECT s.counted_as, s.stage, s.scope, s.year, k.what, k.year = s.year AS is_now, k.* EXCLUDE (counted_as, stage, scope, year, what)
  FROM spans s JOIN keyed k ON k.counted_as = s.counted_as AND k.stage = s.stage AND k.scope = s.scope AND k.year IN (s.year, s.year - 1)
)
SELECT counted_as AS entity_id, stage, scope, year, table_kind, side, flow, source, nature, function, economic, economic_gov,
  project, budget_unit, item, coalesce(max(row_label) FILTER (is_now), max(row_label)) AS row_label,
  max(yuan) FILTER (NOT is_now) AS last_yuan, max(yuan) FILTER (is_now) AS this_yuan,
  max(yuan) FILTER (is_now) - max(yuan) FILTER (NOT is_now) AS change_yuan, bool_and(is_leaf) AS is_leaf
FROM sides
GROUP BY counted_as, stage, scope, year, what, table_kind, side, flow, source, nature, function, economic, economic_gov, project, budget_unit, item;

-- uncertain_figures 哪些数字不确定，不确定在哪里？
-- Which figures are not certain, and of what? They have no coordinates and are in no sum.
CREATE OR REPLACE VIEW uncertain_figures AS
SELECT f.entity_id, f.entity, f.region, f.region_code, f.year, f.stage, f.document, f.cell, f.table_kind, f.row_code, f.row_label,
  f.value, f.unit, f.certainty, f.doubt, f.candidates, f.page, f.line, f.sheet, d.path
FROM figures f JOIN documents d USING (document) WHERE f.certainty <> 'certain';

-- leaf_sums 各表各栏末级之和与印出的合计是否相符（在四舍五入范围内）？
-- Do the leaves of each column add up to its printed total, within the half units of what was printed? is_equal is null where
-- they are no certain amounts of money, and where they do not add up and something of the table was not read or is blank; a
-- column whose total has no parts is not here.
CREATE OR REPLACE VIEW leaf_sums AS
WITH added AS (
  SELECT document, table_no, column_no, total_row,
    sum(value_yuan) FILTER (is_leaf) AS leaf_yuan,
    sum(half_unit_yuan) FILTER (is_leaf OR row_no = total_row) AS within_yuan,
    count(*) FILTER (is_leaf) AS leaves,
    bool_or(certainty <> 'certain' OR value_yuan IS NULL) FILTER (is_leaf OR row_no = total_row) AS is_open,
    max(value_yuan) FILTER (row_no = total_row) AS total_yuan,
    any_value(cell) FILTER (row_no = total_row) AS total_cell,
    bool_or(NOT is_leaf AND row_no = total_row) AS has_parts
  FROM figures WHERE column_no IS NOT NULL
  GROUP BY ALL
), gaps AS (
  -- What was not read may be a part of any sum of its column, and a figure whose column is in doubt of any of its table.
  SELECT document, table_no, column_no FROM unread WHERE table_no IS NOT NULL
  UNION SELECT document, table_no, NULL FROM figures WHERE column_no IS NULL
)
SELECT d.entity_id, d.entity, d.year, d.stage, d.scope, d.path, c.table_kind, c.table_title, c.column_label,
  a.document, a.table_no, a.column_no, a.total_cell, a.leaves,
  CAST(a.leaf_yuan AS DECIMAL(38,2)) AS leaf_yuan, CAST(a.total_yuan AS DECIMAL(38,2)) AS total_yuan,
  CAST(a.leaf_yuan - a.total_yuan AS DECIMAL(38,2)) AS apart_yuan, CAST(a.within_yuan AS DECIMAL(38,2)) AS within_yuan,
  CASE WHEN a.is_open THEN NULL
    WHEN abs(a.leaf_yuan - a.total_yuan) <= a.within_yuan THEN true
    WHEN EXISTS (FROM gaps g WHERE g.document = a.document AND g.table_no = a.table_no
      AND (g.column_no IS NULL OR g.column_no = a.column_no)) THEN NULL
    ELSE false END AS is_equal,
  EXISTS (FROM finding_figures n JOIN figures f ON f.cell = n.cell
    WHERE n.document = a.document AND f.table_no = a.table_no AND f.column_no = a.column_no) AS has_finding
FROM added a JOIN documents d USING (document) LEFT JOIN columns c USING (document, table_no, column_no)
WHERE a.has_parts;

-- coverage 数据集有多全：多少份文件、多少单位，读出多少，有多少没读、没计入？
-- How complete is the set, by region, year, stage and scope?
CREATE OR REPLACE VIEW coverage AS
SELECT coalesce(left(d.region_code, 2), '??') AS province_code, d.year, d.stage, d.scope,
  count(*) AS documents, count(DISTINCT d.counted_as) AS entities,
  count(*) FILTER (d.counts_figures) AS counted, count(*) FILTER (d.set_aside IS NOT NULL) AS set_aside,
  sum(d.figures) AS figures, sum(d.figures_certain) AS figures_certain,
  sum(d.unread_pages) AS unread_pages,
  CAST(sum(d.numbers_read) AS DOUBLE) / nullif(sum(d.numbers), 0) AS numbers_read_share
FROM documents d GROUP BY ALL;

-- set_aside_documents 哪些文件没有计入，为什么？
-- Which documents are set aside and why: same content, another version, another spelling, no entity or year?
CREATE OR REPLACE VIEW set_aside_documents AS
SELECT d.set_aside, d.document, d.path, d.entity, d.year, d.stage, d.scope, d.duplicate_of, k.document AS counted_document, k.path AS counted_path
FROM documents d LEFT JOIN documents k ON k.counts_figures AND k.counted_as = d.counted_as AND k.year = d.year
  AND k.stage = d.stage AND k.scope = d.scope
WHERE d.set_aside IS NOT NULL;

-- finding_cells 哪些数字有问题？
-- Which printed figures do the findings speak of? One row for each finding and figure.
CREATE OR REPLACE VIEW finding_cells AS
SELECT n.document, n.finding, n.rule, n.severity, n.message_zh, n.message_en, g.part, g.suspect_rank, f.*  EXCLUDE (document)
FROM findings n JOIN finding_figures g USING (finding) JOIN figures f ON f.cell = g.cell;
