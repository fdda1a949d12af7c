//! Writes budget disclosures as CSV data packages, JSON and formatted workbooks.
