# The questions in R, with nothing but base R and the command `duckdb`:
#
#     Rscript questions.R SET OUT
#
# SET is a data set in Parquet. DuckDB reads it and hands over text, in which codes stay codes (`201`, `0501`) and amounts are exact;
# they become numbers where they are drawn.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
out <- arguments[2]
dir.create(out, recursive = TRUE, showWarnings = FALSE)
out <- normalizePath(out)
setwd(folder)

# The answer to a question: every column as text, blank as NA.
ask <- function(question) {
  command <- paste("duckdb -csv -c", shQuote(".output /dev/null"), "-c", shQuote(".read views.sql"), "-c", shQuote(".output"), "-c", shQuote(question))
  read.csv(pipe(command), colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)
}

bars <- function(name, title, names, numbers, unit) {
  if (length(numbers) == 0) {
    cat(name, ": nothing certain in this set\n", sep = "")
    return(invisible())
  }
  png(file.path(out, paste0(name, ".png")), width = 1100, height = 160 + 34 * length(numbers), res = 110, type = "cairo", family = "Noto Sans CJK SC")
  par(mar = c(4, 20, 3, 1))
  barplot(rev(numbers), names.arg = rev(names), horiz = TRUE, las = 1, cex.names = 0.8, col = "#2b6cb0", border = NA, main = title, xlab = unit)
  invisible(dev.off())
  cat(file.path(out, paste0(name, ".png")), "\n", sep = "")
}

# 各单位的收支总额是多少？ What is the total of each entity?
totals <- ask("FROM total_by_entity_year SELECT entity, year, total_yuan WHERE stage = 'budget' AND total_yuan IS NOT NULL ORDER BY total_yuan DESC, entity LIMIT 15")
bars("totals-r", "预算收支总额，前 15", paste(totals$entity, totals$year), as.numeric(totals$total_yuan) / 1e8, "亿元")

# 钱花在哪些功能类别上？ What is money spent on?
functions <- ask("FROM spending_by_function SELECT class_code, class_name, sum(yuan) AS yuan WHERE is_whole AND year = (FROM counted_documents SELECT mode(year)) AND stage = 'budget' AND scope = 'department' GROUP BY ALL ORDER BY yuan DESC LIMIT 15")
stopifnot(is.character(functions$class_code))
bars("functions-r", "部门预算支出，按功能分类，文件最多的年度", paste(functions$class_code, functions$class_name), as.numeric(functions$yuan) / 1e8, "亿元")

# 数字有多确定？ How sure are the figures?
sure <- ask("FROM documents SELECT stage, sum(figures) AS figures, sum(figures_certain) AS certain GROUP BY ALL ORDER BY ALL")
sure$share <- as.numeric(sure$certain) / as.numeric(sure$figures)
print(sure)
