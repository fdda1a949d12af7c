//! Budget disclosures of Chinese government departments (部门预算公开) in Python.
//!
//! The module `budget_disclosure._native`; what users import is the package around it. What is here turns objects of the crates into
//! objects of Python and knows nothing of budgets: reading is [`reading`] and [`many`], what was read is [`document`], everything
//! else is a view of that.

mod arrow;
mod dataset;
mod disclosure;
mod document;
mod errors;
mod export;
mod finding;
mod html;
mod many;
mod packed;
mod picture;
mod printed;
mod reading;
mod schema;
mod table;

use pyo3::prelude::*;

/// What is compiled of the package `budget_disclosure`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<disclosure::Disclosure>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<printed::BudgetTable>()?;
    module.add_class::<schema::Schema>()?;
    module.add_class::<finding::Finding>()?;
    module.add_class::<picture::Picture>()?;
    module.add_class::<many::Readings>()?;
    module.add_function(wrap_pyfunction!(reading::read, module)?)?;
    module.add_class::<dataset::Dataset>()?;
    module.add_function(wrap_pyfunction!(packed::pack, module)?)?;
    module.add_function(wrap_pyfunction!(many::read_many, module)?)?;
    module.add_function(wrap_pyfunction!(schema::schemas, module)?)?;
    errors::add(module)
}
