//! Which of several documents is the one before another.

use std::collections::HashMap;

use budget_model::{Disclosure, Scope, Stage, entity_name_key};

/// What two documents of consecutive years have in common: the [key](entity_name_key) of the name of their entity, stage and scope.
pub(crate) type Series = (String, Stage, Scope);

/// The series and the year of a document.
pub(crate) type Volume = (Series, u16);

/// The documents of each series by year.
#[derive(Default)]
pub(crate) struct Years {
    by_year: HashMap<Volume, usize>,
}

impl Years {
    /// Sorts documents by entity and year.
    pub(crate) fn new<'d>(disclosures: impl IntoIterator<Item = &'d Disclosure>) -> Self {
        let mut years = Self::default();
        for (index, disclosure) in disclosures.into_iter().enumerate() {
            years.extend(volume(disclosure).map(|volume| (volume, index)));
        }
        years
    }

    /// The index of the document of the same entity for the year before.
    pub(crate) fn before(&self, disclosure: &Disclosure) -> Option<usize> {
        let year = disclosure.year?.checked_sub(1)?;
        self.by_year.get(&(series(disclosure)?, year)).copied()
    }
}

impl Extend<(Volume, usize)> for Years {
    /// Adds documents. Of two of one entity and year, the first counts.
    fn extend<I: IntoIterator<Item = (Volume, usize)>>(&mut self, volumes: I) {
        for (volume, index) in volumes {
            self.by_year.entry(volume).or_insert(index);
        }
    }
}

/// The series and the year of a document. `None` if it does not say them.
pub(crate) fn volume(disclosure: &Disclosure) -> Option<Volume> {
    Some((series(disclosure)?, disclosure.year?))
}

/// The series of a document. `None` if it does not say whose it is.
pub(crate) fn series(disclosure: &Disclosure) -> Option<Series> {
    let name = entity_name_key(&disclosure.entity.as_ref()?.text);
    (!name.is_empty()).then_some((name, disclosure.stage, disclosure.scope))
}

#[cfg(test)]
mod tests {
    use budget_model::{Label, Place};

    use super::*;

    fn disclosure(entity: &str, year: u16) -> Disclosure {
        let place = Place::Text { page: 1, line: 1, column: 1 };
        Disclosure { entity: Some(Label::new(entity, place)), year: Some(year), ..Disclosure::default() }
    }

    #[test]
    fn only_the_year_before_of_the_same_entity_counts() {
        let documents = [
            disclosure("云溪县文化馆", 2025),
            disclosure("云溪县文化馆", 2023),
            disclosure("云溪县图书馆", 2024),
            disclosure("云溪县文化馆", 2026),
            disclosure("", 2024),
            Disclosure { stage: Stage::Final, ..disclosure("云溪县文化馆", 2024) },
        ];
        let years = Years::new(&documents);
        let before: Vec<_> = documents.iter().map(|document| years.before(document)).collect();
        assert_eq!(before, [None, None, None, Some(0), None, None]);
        assert_eq!(years.before(&disclosure("云溪县 文化馆", 2024)), Some(1));
        assert_eq!(years.before(&disclosure("云溪县“文化馆”", 2024)), Some(1));
        assert_eq!(years.before(&disclosure("云溪县文化馆（本级）", 2024)), None);
    }
}
