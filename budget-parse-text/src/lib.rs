//! Reads budget disclosures from the plain text of a PDF.
