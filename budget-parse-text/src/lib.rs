//! Reads budget disclosures from the plain text of a PDF, as `pdftotext` and similar tools write it.
//!
//! The reader knows encodings, pages and lines; everything about budgets is done by [`budget_parse`].
//!
//! ```
//! use budget_parse_text::read_text;
//!
//! let text = "第二部分 2025年部门预算公开表\n表 3\n部门支出总体情况表\n编制部门：云溪县文化馆 单位：万元\n\
//!             科目 支出预算\n类 款 项\n功能分类科目名称 合计 基本支出 项目支出\n※ ※ ※ ※ 1 2 3\n\
//!             总计 120.00 100.00 20.00\n207 文化旅游体育与传媒支出 120.00 100.00 20.00\n";
//! let disclosure = read_text(text.as_bytes()).unwrap();
//! assert_eq!(disclosure.entity.unwrap().text, "云溪县文化馆");
//! assert_eq!(disclosure.tables[0].rows[1].cells[2].amount.value.to_string(), "20.00");
//! ```

mod columns;
mod encoding;
mod lines;
mod reader;

pub use reader::{TextReader, read_text, source_lines};
