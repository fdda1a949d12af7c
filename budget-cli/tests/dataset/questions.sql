-- The questions that people ask, a line each. docs/dataset.md has the same.
SELECT entity, total_yuan FROM total_by_entity_year WHERE year = 2025 AND stage = 'budget' AND scope = 'department' ORDER BY total_yuan DESC LIMIT 10;
SELECT entity, year, value_yuan FROM three_public_by_entity_year WHERE item = 'all' AND stage = 'budget' ORDER BY entity, year;
SELECT entity, project, coalesce(table_yuan, target_yuan, text_yuan) AS yuan FROM project_amounts WHERE year = 2025 ORDER BY yuan DESC NULLS LAST LIMIT 20;
SELECT entity, year, personnel_share FROM personnel_share ORDER BY personnel_share DESC;
SELECT entity, year, change_yuan, change_share FROM year_on_year_totals WHERE stage = 'budget' ORDER BY abs(change_share) DESC;
SELECT class_name, sum(yuan) AS yuan FROM spending_by_function WHERE is_whole AND year = 2025 AND stage = 'budget' AND scope = 'department' GROUP BY class_name ORDER BY yuan DESC;
SELECT doubt, count(*) AS figures FROM uncertain_figures GROUP BY doubt ORDER BY figures DESC;
SELECT path, table_title, column_label, apart_yuan, has_finding FROM leaf_sums WHERE NOT is_equal;
