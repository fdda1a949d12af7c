//! What a format could not carry.

use std::fmt;

use budget_model::Language;

macro_rules! omission_kinds {
    ($($(#[$doc:meta])* $kind:ident = $text:literal, $zh:literal, $en:literal;)*) => {
        /// What was left out of an export. The texts use `{0}` for the count.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum OmissionKind {
            $($(#[$doc])* $kind,)*
        }

        impl OmissionKind {
            /// The stable name: `contacts`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $text),* }
            }

            fn template(self, language: Language) -> &'static str {
                match language {
                    Language::Chinese => match self { $(Self::$kind => $zh),* },
                    Language::English => match self { $(Self::$kind => $en),* },
                }
            }
        }
    };
}

omission_kinds! {
    /// Contact persons of performance tables, left out because the options say so.
    Contacts = "contacts",
        "按要求略去 {0} 张绩效表的联系人", "contact persons of {0} performance tables left out as asked";
    /// How the parts of a table add up, and the coordinates that its rows and columns fix.
    Arithmetic = "arithmetic",
        "{0} 张表的加总关系和坐标未完整保留", "how the parts of {0} tables add up is not fully kept";
    /// What the column of a figure was inferred from.
    Evidence = "evidence",
        "{0} 个数字的归栏依据未保留", "what the columns of {0} figures were inferred from is not kept";
    /// A figure whose column the table does not have.
    CellWithoutColumn = "cell-without-column",
        "{0} 个数字没有对应的栏目", "{0} figures have no column in their table";
    /// A second figure in the same row and column.
    CellRepeated = "cell-repeated",
        "{0} 个数字与同一单元格的另一个数字重复，未写入", "{0} figures share a cell with another figure and are not written";
    /// A row without a side in a table with two sides.
    RowWithoutSide = "row-without-side",
        "{0} 行没有收支方向，排在左侧", "{0} rows belong to no side and are shown on the left";
    /// Where row labels and figures stood in the source.
    Places = "places",
        "{0} 处行名或数字的出处未保留", "the places of {0} row labels and figures are not kept";
    /// Text beyond 32,767 characters, the limit of a workbook cell.
    LongText = "long-text",
        "{0} 处文字超过单元格上限，已截断", "{0} texts are cut at the limit of a workbook cell";
}

/// Something that is in the document but not in the exported files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omission {
    /// What was left out.
    pub kind: OmissionKind,
    /// How often.
    pub count: usize,
}

impl Omission {
    /// The omission in words.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.kind.template(language).replace("{0}", &self.count.to_string())
    }
}

impl fmt::Display for Omission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}
