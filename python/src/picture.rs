//! A page with what was found on it.

use budget_model::Place;
use budget_parse::Limits;
use budget_parse_pdf::Outline;
use pyo3::prelude::*;

use crate::document::Document;
use crate::errors::Failure;

/// A page of a PDF with what was found on it; `str()` of it is SVG.
///
/// Lines of text are blue, cells of tables green; figures are filled green, and red where something of them is in doubt. Text that
/// nobody sees stands in a dashed box.
#[pyclass(frozen, module = "budget_disclosure")]
pub(crate) struct Picture {
    page: u32,
    svg: String,
}

impl Picture {
    pub(crate) fn draw(document: &Document, page: u32) -> Result<Self, Failure> {
        let Some(content) = document.pdf() else {
            let why = "only pages of a PDF can be drawn, and this is none".to_owned();
            return Err(Failure::Picture { place: None, why });
        };
        let figures = document.model().tables.iter().flat_map(|table| table.figures()).map(|figure| {
            let outline = if figure.is_certain() { Outline::Certain } else { Outline::Doubtful };
            (figure.place(), outline)
        });
        let figures: Vec<(Place, Outline)> = figures.collect();
        let drawn = budget_parse_pdf::picture(content, page, figures, &Limits::default());
        match drawn {
            Ok(svg) => Ok(Self { page, svg }),
            // The file was read, so that it is the page.
            Err(error) => {
                let place = error.place().map(str::to_owned);
                Err(Failure::Picture { place, why: format!("page {page} is not there or cannot be drawn: {error}") })
            }
        }
    }
}

#[pymethods]
impl Picture {
    /// Number of the page, from 1.
    #[getter]
    fn page(&self) -> u32 {
        self.page
    }

    fn __str__(&self) -> &str {
        &self.svg
    }

    fn __repr__(&self) -> String {
        format!("<Picture of page {}: {} bytes of SVG>", self.page, self.svg.len())
    }

    /// The picture, for a notebook.
    fn _repr_svg_(&self) -> &str {
        &self.svg
    }
}
