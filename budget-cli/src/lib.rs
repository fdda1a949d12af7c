//! The budget command line tool: extract, inspect and check budget disclosures.
