//! Reader contract, layouts and lowering for budget disclosures.
