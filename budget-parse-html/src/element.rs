//! What the elements of a page are for a reader.

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Part of a line: `<span>`
    Inline,
    /// Begins and ends a paragraph: `<div>`, `<h1>`
    Block,
    /// A paragraph, which ends where another block begins: `<p>`
    Paragraph,
    /// A block whose white space is printed: `<pre>`
    Preformatted,
    /// A list, numbered or not: `<ol>`, `<ul>`, `<dl>`
    List,
    /// An item of a list: `<li>`, `<dt>`, `<dd>`
    Item,
    /// `<table>`
    Table,
    /// What is printed above a table: `<caption>`
    Caption,
    /// `<tr>`
    Row,
    /// `<td>`, `<th>`
    Cell,
    /// A part of a table that has rows: `<tbody>`
    Rows,
    /// What is no part of the text: `<nav>`, `<script>`, `<select>`
    LeftOut,
    /// The head or foot of a page, or of an article, of which it is a part: `<header>`
    PageEdge,
}

/// The elements that are looked at, sorted. All others are passed over with their tags: what they hold is part of the line.
const ELEMENTS: [(&str, Role); 88] = [
    ("a", Role::Inline),
    ("address", Role::Block),
    ("applet", Role::LeftOut),
    ("article", Role::Block),
    ("aside", Role::LeftOut),
    ("audio", Role::LeftOut),
    ("b", Role::Inline),
    ("big", Role::Inline),
    ("blockquote", Role::Block),
    ("button", Role::LeftOut),
    ("canvas", Role::LeftOut),
    ("caption", Role::Caption),
    ("center", Role::Block),
    ("datalist", Role::LeftOut),
    ("dd", Role::Item),
    ("details", Role::Block),
    ("dir", Role::List),
    ("div", Role::Block),
    ("dl", Role::List),
    ("dt", Role::Item),
    ("em", Role::Inline),
    ("embed", Role::LeftOut),
    ("fieldset", Role::Block),
    ("figcaption", Role::Block),
    ("figure", Role::Block),
    ("font", Role::Inline),
    ("footer", Role::PageEdge),
    ("form", Role::Block),
    ("frameset", Role::Block),
    ("h1", Role::Block),
    ("h2", Role::Block),
    ("h3", Role::Block),
    ("h4", Role::Block),
    ("h5", Role::Block),
    ("h6", Role::Block),
    ("header", Role::PageEdge),
    ("hgroup", Role::Block),
    ("i", Role::Inline),
    ("iframe", Role::LeftOut),
    ("label", Role::Inline),
    ("legend", Role::Block),
    ("li", Role::Item),
    ("listing", Role::Preformatted),
    ("main", Role::Block),
    ("map", Role::LeftOut),
    ("marquee", Role::LeftOut),
    ("math", Role::LeftOut),
    ("menu", Role::List),
    ("meter", Role::LeftOut),
    ("nav", Role::LeftOut),
    ("noembed", Role::LeftOut),
    ("noframes", Role::LeftOut),
    ("noscript", Role::LeftOut),
    ("object", Role::LeftOut),
    ("ol", Role::List),
    ("optgroup", Role::LeftOut),
    ("option", Role::LeftOut),
    ("p", Role::Paragraph),
    ("plaintext", Role::Preformatted),
    ("pre", Role::Preformatted),
    ("progress", Role::LeftOut),
    ("rp", Role::LeftOut),
    ("rt", Role::LeftOut),
    ("script", Role::LeftOut),
    ("section", Role::Block),
    ("select", Role::LeftOut),
    ("small", Role::Inline),
    ("span", Role::Inline),
    ("strong", Role::Inline),
    ("style", Role::LeftOut),
    ("sub", Role::Inline),
    ("summary", Role::Block),
    ("sup", Role::Inline),
    ("svg", Role::LeftOut),
    ("table", Role::Table),
    ("tbody", Role::Rows),
    ("td", Role::Cell),
    ("template", Role::LeftOut),
    ("textarea", Role::LeftOut),
    ("tfoot", Role::Rows),
    ("th", Role::Cell),
    ("thead", Role::Rows),
    ("title", Role::LeftOut),
    ("tr", Role::Row),
    ("u", Role::Inline),
    ("ul", Role::List),
    ("video", Role::LeftOut),
    ("xml", Role::LeftOut),
];

/// An element that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: &'static str,
    pub(crate) role: Role,
}

impl Element {
    /// The element of a tag, by its name in lower case.
    pub(crate) fn of(name: &[u8]) -> Option<Self> {
        let index = ELEMENTS.binary_search_by_key(&name, |(known, _)| known.as_bytes()).ok()?;
        ELEMENTS.get(index).map(|(name, role)| Self { name, role: *role })
    }

    /// Whether a paragraph ends where it begins: `<p>收入<table>` has the table below the paragraph.
    pub(crate) fn ends_a_paragraph(self) -> bool {
        matches!(self.role, Role::Block | Role::Paragraph | Role::Preformatted | Role::List | Role::Item | Role::Table)
            || matches!(self.name, "header" | "footer" | "nav" | "aside")
    }

    /// Whether no end tag is looked for beyond it: `</div>` in a cell ends nothing that stands around the table.
    pub(crate) fn is_wall(self) -> bool {
        matches!(self.role, Role::Table | Role::Cell | Role::Caption) || self.name == "template"
    }

    /// Whether the tags of parts of lines are not looked for beyond it: in `<span><div></span>` the end tag is one too many.
    pub(crate) fn is_wall_of_lines(self) -> bool {
        self.role != Role::Inline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_found_by_its_name() {
        for (name, role) in ELEMENTS {
            assert_eq!(Element::of(name.as_bytes()), Some(Element { name, role }));
        }
        assert_eq!(Element::of(b"o:p"), None);
    }
}
