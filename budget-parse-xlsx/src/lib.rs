//! Reads budget disclosures from Excel and OpenDocument workbooks.
