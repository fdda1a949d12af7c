//! Accounting rules over budget disclosures.
