//! Links to files that a page leads to.

/// Endings of files that hold documents.
const ENDINGS: [&str; 12] = ["pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "zip", "rar", "7z", "ofd", "rtf"];

/// A link that is being read.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) address: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

impl Link {
    /// The name and address of the file the link leads to, if it leads to one: its address ends like that of a file
    /// (`/upload/1.pdf?v=2`, `/down.jsp?name=1.pdf`), or its text or title is the name of one.
    pub(crate) fn attachment(self) -> Option<(String, String)> {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = self.title.trim();
        let address = self.address.trim();
        let path = address.split(['?', '#']).next().unwrap_or(address);
        let leads_nowhere = address.is_empty() || address.starts_with('#') || is_script(address);
        let is_file = [path, address, text.as_str(), title].into_iter().any(is_name_of_file);
        if leads_nowhere || !is_file {
            return None;
        }
        let last = path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path);
        let name = [text.as_str(), title, last].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        Some((name.to_owned(), address.to_owned()))
    }
}

/// `javascript:window.print()` leads to no file, `mailto:a@b.zip` neither.
fn is_script(address: &str) -> bool {
    ["javascript:", "mailto:", "data:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|front| front.eq_ignore_ascii_case(scheme)))
}

/// `附件1：预算公开表.xlsx`
fn is_name_of_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && ENDINGS.iter().any(|known| ending.trim().eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(address: &str, title: &str, text: &str) -> Option<(String, String)> {
        Link { address: address.to_owned(), title: title.to_owned(), text: text.to_owned() }.attachment()
    }

    #[test]
    fn a_link_leads_to_a_file_if_its_address_or_its_text_says_so() {
        let some = |name: &str, address: &str| Some((name.to_owned(), address.to_owned()));
        assert_eq!(attachment("/a/1.PDF", "", " 附件 1 "), some("附件 1", "/a/1.PDF"));
        assert_eq!(attachment("./1.pdf?v=2#p3", "", ""), some("1.pdf", "./1.pdf?v=2#p3"));
        assert_eq!(attachment("/down.jsp?f=1.xls", "表", ""), some("表", "/down.jsp?f=1.xls"));
        assert_eq!(attachment("/down?id=7", "", "预算公开表.xlsx"), some("预算公开表.xlsx", "/down?id=7"));
        for (address, text) in [
            ("/index.html", "首页"),
            ("javascript:a('1.pdf')", "1.pdf"),
            ("#", "1.pdf"),
            ("", "1.doc"),
            ("/x", "合计 17.00"),
        ] {
            assert_eq!(attachment(address, "", text), None, "{address}");
        }
    }
}
