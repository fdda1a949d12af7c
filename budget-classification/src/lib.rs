//! The classes of Chinese government budgets (政府收支分类科目): their codes, their names, and the years they are used in.
//!
//! Three classifications share one form of code: by function (支出功能分类, codes that begin with 2), by economic use in the
//! budget of a department (部门预算支出经济分类, 3) and in that of the government (政府预算支出经济分类, 5). Every year has an
//! edition; most classes stay, some are renamed, given up or added.
//!
//! ```
//! use budget_classification::Dictionary;
//!
//! let dictionary = Dictionary::official();
//! let culture = dictionary.class("207".parse().unwrap()).unwrap();
//! let names: Vec<_> = culture.names().iter().map(|name| name.text()).collect();
//! assert_eq!(names[..2], ["文化旅游体育与传媒支出", "文化体育与传媒支出"]);
//! assert_eq!(culture.names()[1].until(), Some(2018));
//! ```
//!
//! The data is one file a finance officer can read, `data/classes.toml`. It was written down from knowledge of the editions from
//! 2017 to 2026 and held against real disclosures; it is no copy of the volumes of the Ministry of Finance, and not complete: a
//! code that is not listed may exist, and a name without years was used in every edition that is known, or its years are not.

mod class;
mod dictionary;

pub use class::{Class, Name};
pub use dictionary::{Dictionary, InvalidDictionary};
