//! What figures are about: names and the wholes they are parts of.

use std::borrow::Cow;

/// A path of names, from the whole to its parts: 收入预算, 一般公共预算. Means nothing without its [`Names`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject(u32);

impl Subject {
    /// The empty path.
    pub(super) const NONE: Self = Self(0);
}

/// The subjects of a section: what paragraphs that follow are parts of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Subjects {
    /// What a new subject is a part of.
    pub(super) whole: Subject,
    /// What is spoken of.
    pub(super) current: Subject,
}

impl Subjects {
    /// A whole that is spoken of.
    pub(super) fn of(subject: Subject) -> Self {
        Self { whole: subject, current: subject }
    }
}

/// All subjects of a text, as a tree; going back to one that was spoken of before costs nothing.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    nodes: Vec<Node<'t>>,
}

#[derive(Debug)]
struct Node<'t> {
    whole: Subject,
    /// How many names the path has.
    depth: usize,
    name: Cow<'t, str>,
}

impl<'t> Names<'t> {
    fn node(&self, subject: Subject) -> Option<&Node<'t>> {
        self.nodes.get((subject.0 as usize).checked_sub(1)?)
    }

    /// A part of a subject.
    pub(super) fn part(&mut self, whole: Subject, name: impl Into<Cow<'t, str>>) -> Subject {
        self.nodes.push(Node { whole, depth: self.depth(whole) + 1, name: name.into() });
        Subject(self.nodes.len() as u32)
    }

    /// What a subject is a part of.
    pub(super) fn whole(&self, subject: Subject) -> Subject {
        self.node(subject).map_or(Subject::NONE, |node| node.whole)
    }

    /// What of a whole a subject is a part of, or is: 支出预算 of 支出预算, 项目支出 below everything.
    pub(super) fn below(&self, whole: Subject, subject: Subject) -> Subject {
        let (mut at, depth) = (subject, self.depth(whole) + 1);
        while self.depth(at) > depth {
            at = self.whole(at);
        }
        at
    }

    /// The name of a subject, without what it is a part of; empty if there is none.
    pub(super) fn last(&self, subject: Subject) -> &str {
        self.node(subject).map_or("", |node| &node.name)
    }

    /// How many names a subject has.
    pub(super) fn depth(&self, subject: Subject) -> usize {
        self.node(subject).map_or(0, |node| node.depth)
    }

    /// The names of a subject.
    pub(super) fn path(&self, subject: Subject) -> Vec<String> {
        let mut path = vec![String::new(); self.depth(subject)];
        let mut at = subject;
        for name in path.iter_mut().rev() {
            *name = self.last(at).to_owned();
            at = self.whole(at);
        }
        path
    }

    /// Whether names begin with those of a subject.
    pub(super) fn begin(&self, subject: Subject, names: &[String]) -> bool {
        let Some(names) = names.get(..self.depth(subject)) else { return false };
        let mut at = subject;
        names.iter().rev().all(|name| {
            let is_same = self.last(at) == name;
            at = self.whole(at);
            is_same
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_the_names_of_its_wholes() {
        let mut names = Names::default();
        let budget = names.part(Subject::NONE, "支出预算");
        let basic = names.part(budget, "基本支出");
        let staff = names.part(basic, "人员经费");
        assert_eq!(names.path(staff), ["支出预算", "基本支出", "人员经费"]);
        assert_eq!((names.whole(staff), names.whole(budget)), (basic, Subject::NONE));
        assert_eq!((names.last(staff), names.last(Subject::NONE)), ("人员经费", ""));
        let path = names.path(staff);
        assert!(names.begin(basic, &path) && names.begin(Subject::NONE, &path) && names.begin(staff, &path));
        let other = names.part(budget, "项目支出");
        assert!(!names.begin(other, &path) && !names.begin(staff, &path[..2]));
    }
}
