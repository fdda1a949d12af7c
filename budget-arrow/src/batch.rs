//! Rows as columns.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Decimal128Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use budget_dataset::{DatasetError, Rows};
use budget_export::{FieldKind, TableSchema, Value};
use budget_model::Decimal;

/// Digits of a number, and how many of them are decimals: half of the last of six printed decimals needs seven, and the total of
/// a nation in yuan sixteen before the point.
const PRECISION: u8 = 38;

/// Decimals of every number.
pub const SCALE: i8 = 10;

/// The columns of a table.
#[must_use]
pub fn schema(table: &TableSchema) -> SchemaRef {
    let field = |field: &budget_export::FieldSchema| Field::new(field.name, data_type(field.kind), !field.is_required);
    Arc::new(Schema::new(table.fields.iter().map(field).collect::<Vec<_>>()))
}

fn data_type(kind: FieldKind) -> DataType {
    match kind {
        FieldKind::Integer => DataType::Int64,
        FieldKind::Year => DataType::Int32,
        FieldKind::Number => DataType::Decimal128(PRECISION, SCALE),
        FieldKind::Flag => DataType::Boolean,
        _ => DataType::Utf8,
    }
}

/// Records of a table as a batch.
///
/// # Errors
///
/// A number has more digits than 38 with ten decimals, or a record lacks a value that every record has.
pub fn record_batch(table: &TableSchema, rows: &Rows<'_>) -> Result<RecordBatch, DatasetError> {
    let columns = table.fields.iter().enumerate().map(|(index, field)| column(field.kind, rows, index));
    let columns = columns.collect::<Result<Vec<_>, _>>().map_err(DatasetError::encode(table.name))?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    RecordBatch::try_new_with_options(schema(table), columns, &options).map_err(DatasetError::encode(table.name))
}

/// One column. A value of another type than that of its column is none, and cannot be made by a table.
fn column(kind: FieldKind, rows: &Rows<'_>, index: usize) -> Result<ArrayRef, ArrowError> {
    let (values, count) = (rows.column(index), rows.len());
    Ok(match data_type(kind) {
        DataType::Int64 => {
            let mut builder = Int64Builder::with_capacity(count);
            values.for_each(|value| builder.append_option(integer(&value)));
            Arc::new(builder.finish())
        }
        DataType::Int32 => {
            let mut builder = Int32Builder::with_capacity(count);
            values.for_each(|value| builder.append_option(integer(&value).and_then(|year| i32::try_from(year).ok())));
            Arc::new(builder.finish())
        }
        DataType::Boolean => {
            let mut builder = BooleanBuilder::with_capacity(count);
            values.for_each(|value| {
                builder.append_option(match value {
                    Value::Flag(flag) => Some(flag),
                    _ => None,
                });
            });
            Arc::new(builder.finish())
        }
        DataType::Decimal128(..) => {
            let builder = Decimal128Builder::with_capacity(count);
            let mut builder = builder.with_precision_and_scale(PRECISION, SCALE)?;
            for value in values {
                match value {
                    Value::Number(number) => builder.append_value(scaled(number)?),
                    _ => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }
        _ => {
            let mut builder = StringBuilder::with_capacity(count, count * 8);
            values.for_each(|value| match &value {
                Value::Text(text) => builder.append_value(text),
                _ => builder.append_null(),
            });
            Arc::new(builder.finish())
        }
    })
}

fn integer(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

/// A number as a whole number of its last decimal.
fn scaled(number: Decimal) -> Result<i128, ArrowError> {
    let places = SCALE.unsigned_abs().into();
    let number = number.round_dp(places);
    let factor = 10_i128.checked_pow(u32::saturating_sub(places, number.scale()));
    let scaled = factor.and_then(|factor| number.mantissa().checked_mul(factor));
    let largest = 10_i128.pow(PRECISION.into());
    scaled
        .filter(|scaled| scaled.checked_abs().is_some_and(|size| size < largest))
        .ok_or_else(|| ArrowError::ComputeError(format!("{number} has too many digits")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_value() {
        let scaled = |text: &str| scaled(text.parse().unwrap()).ok();
        assert_eq!(scaled("17.00"), Some(170_000_000_000));
        assert_eq!(scaled("-0.0000000001"), Some(-1));
        assert_eq!(scaled("0.00000000005"), Some(0), "half to even");
        assert_eq!(scaled("79228162514264337593543950335"), None, "29 digits before the point");
    }
}
