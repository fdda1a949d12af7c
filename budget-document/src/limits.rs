//! Bounds on what a reader may use.

use std::time::{Duration, Instant};

use crate::{ReadError, ReadErrorKind};

/// Bounds on what a reader may use. All of them can be set; reading beyond one ends with [`ReadErrorKind::TooLarge`].
///
/// ```
/// use budget_document::Limits;
///
/// let limits = Limits::default().with_pages(500).with_input_bytes(8 << 20);
/// assert_eq!((limits.pages, limits.lines), (500, 1_000_000));
/// assert!(limits.check_lines(1_000_000).is_ok() && limits.check_pages(501).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Largest input in bytes. Default 64 MiB.
    pub input_bytes: usize,
    /// Largest content after decompression in bytes. Default 256 MiB.
    pub unpacked_bytes: u64,
    /// Most pages. Default 20,000.
    pub pages: usize,
    /// Most lines of text. Default 1,000,000.
    pub lines: usize,
    /// Most sheets of a workbook. Default 1,000.
    pub sheets: usize,
    /// Most cells of all grids. Default 2,000,000.
    pub cells: usize,
    /// How deep things may stand inside each other (tables in tables, forms in forms, elements of markup). Default 200.
    pub depth: usize,
    /// How long reading may take. None by default, because then nothing depends on the machine.
    pub time: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 64 << 20,
            unpacked_bytes: 256 << 20,
            pages: 20_000,
            lines: 1_000_000,
            sheets: 1_000,
            cells: 2_000_000,
            depth: 200,
            time: None,
        }
    }
}

impl Limits {
    /// The same limits with another largest input in bytes.
    #[must_use]
    pub fn with_input_bytes(mut self, bytes: usize) -> Self {
        self.input_bytes = bytes;
        self
    }

    /// The same limits with another largest content after decompression in bytes.
    #[must_use]
    pub fn with_unpacked_bytes(mut self, bytes: u64) -> Self {
        self.unpacked_bytes = bytes;
        self
    }

    /// The same limits with another number of pages.
    #[must_use]
    pub fn with_pages(mut self, pages: usize) -> Self {
        self.pages = pages;
        self
    }

    /// The same limits with another number of lines.
    #[must_use]
    pub fn with_lines(mut self, lines: usize) -> Self {
        self.lines = lines;
        self
    }

    /// The same limits with another number of sheets.
    #[must_use]
    pub fn with_sheets(mut self, sheets: usize) -> Self {
        self.sheets = sheets;
        self
    }

    /// The same limits with another number of cells.
    #[must_use]
    pub fn with_cells(mut self, cells: usize) -> Self {
        self.cells = cells;
        self
    }

    /// The same limits with another depth.
    #[must_use]
    pub fn with_depth(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    /// The same limits with another time.
    #[must_use]
    pub fn with_time(mut self, time: Duration) -> Self {
        self.time = Some(time);
        self
    }

    /// Ends reading if an input has more bytes than allowed.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooLarge`], as for all checks of limits.
    pub fn check_input(&self, bytes: usize) -> Result<(), ReadError> {
        check(bytes <= self.input_bytes, || format!("input of {bytes} bytes, at most {}", self.input_bytes))
    }

    /// Ends reading if there are more pages than allowed.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooLarge`]
    pub fn check_pages(&self, count: usize) -> Result<(), ReadError> {
        check(count <= self.pages, || format!("more than {} pages", self.pages))
    }

    /// Ends reading if there are more lines than allowed.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooLarge`]
    pub fn check_lines(&self, count: usize) -> Result<(), ReadError> {
        check(count <= self.lines, || format!("more than {} lines", self.lines))
    }

    /// Ends reading if there are more cells than allowed.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooLarge`]
    pub fn check_cells(&self, count: usize) -> Result<(), ReadError> {
        check(count <= self.cells, || format!("more than {} cells", self.cells))
    }

    /// Ends reading if things stand deeper inside each other than allowed.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooLarge`]
    pub fn check_depth(&self, depth: usize) -> Result<(), ReadError> {
        check(depth <= self.depth, || format!("nested more than {} deep", self.depth))
    }

    /// A clock that starts now, for a reader to look at between pages or sheets.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock { limit: self.time.map(|time| (Instant::now(), time)) }
    }
}

/// How long reading may still take.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    limit: Option<(Instant, Duration)>,
}

impl Clock {
    /// Ends reading if it took longer than allowed.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooLarge`]
    pub fn check(&self) -> Result<(), ReadError> {
        match self.limit {
            Some((start, time)) => check(start.elapsed() <= time, || format!("reading takes longer than {time:?}")),
            None => Ok(()),
        }
    }
}

fn check(is_within: bool, limit: impl FnOnce() -> String) -> Result<(), ReadError> {
    if is_within { Ok(()) } else { Err(ReadError::new(ReadErrorKind::TooLarge(limit()))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exceeds_a_limit_names_it() {
        let limits = Limits::default().with_cells(5).with_depth(3);
        assert!(limits.check_cells(5).is_ok() && limits.check_depth(3).is_ok());
        assert!(limits.check_cells(6).unwrap_err().to_string().contains("more than 5 cells"));
        assert!(limits.check_depth(4).unwrap_err().to_string().contains("more than 3 deep"));
        assert!(limits.check_input(usize::MAX).unwrap_err().to_string().contains("at most 67108864"));
    }

    #[test]
    fn a_clock_without_a_limit_never_ends_reading() {
        assert!(Limits::default().clock().check().is_ok());
        let clock = Limits::default().with_time(Duration::ZERO).clock();
        std::thread::sleep(Duration::from_millis(1));
        assert!(matches!(clock.check().unwrap_err().kind(), ReadErrorKind::TooLarge(_)));
    }
}
