//! Columns that several tables have.

use budget_export::{FieldKind, Value};
use budget_model::{
    Code, Coordinates, Dimensions, Flow, Nature, Phase, Place, Source, Stage, TableKind, ThreePublicItem, Unit, YearRef,
};

use crate::record::Record;
use crate::table::{Field, Table};

/// A record that belongs to a document.
pub(crate) trait Of {
    fn record(&self) -> &Record<'_>;

    /// Where it stands.
    fn place(&self) -> Option<Place> {
        None
    }

    /// What it is a figure of; `None` if that is not known for certain.
    fn axes(&self) -> Option<Axes<'_>> {
        None
    }
}

/// Coordinates, whatever they are taken from.
#[derive(Clone, Copy)]
pub(crate) struct Axes<'a> {
    pub(crate) source: Source,
    pub(crate) nature: Nature,
    pub(crate) function: Option<Code>,
    pub(crate) economic: Option<Code>,
    pub(crate) economic_gov: Option<Code>,
    pub(crate) item: Option<ThreePublicItem>,
    pub(crate) phase: Option<Phase>,
    pub(crate) year: Option<YearRef>,
    pub(crate) flow: Option<Flow>,
    pub(crate) project: Option<&'a str>,
    pub(crate) budget_unit: Option<&'a str>,
}

impl<'a> From<&'a Coordinates> for Axes<'a> {
    fn from(at: &'a Coordinates) -> Self {
        Self {
            source: at.source,
            nature: at.nature,
            function: at.function,
            economic: at.economic,
            economic_gov: at.government_economic,
            item: at.three_public,
            phase: at.phase,
            year: at.year,
            flow: at.flow,
            project: at.project.as_deref(),
            budget_unit: at.unit.as_deref(),
        }
    }
}

impl From<Dimensions> for Axes<'_> {
    fn from(fixed: Dimensions) -> Self {
        Self {
            source: fixed.source.unwrap_or_default(),
            nature: fixed.nature.unwrap_or_default(),
            function: fixed.function,
            economic: fixed.economic,
            economic_gov: fixed.government_economic,
            item: fixed.three_public,
            phase: fixed.phase,
            year: fixed.year,
            flow: fixed.flow,
            project: None,
            budget_unit: None,
        }
    }
}

pub(crate) fn words<T: Copy, const N: usize>(all: [T; N], word: fn(T) -> &'static str) -> Vec<String> {
    all.into_iter().map(|value| word(value).to_owned()).collect()
}

pub(crate) fn code<'a>(code: Option<Code>) -> Value<'a> {
    code.map(|code| code.to_string()).into()
}

/// A number of a unit, in yuan; `None` if it is no money.
pub(crate) fn in_yuan(value: budget_model::Decimal, unit: &Unit) -> Option<budget_model::Decimal> {
    value.checked_mul(unit.in_yuan()?)
}

/// Half of the last decimal that is printed, in yuan; `None` if it is no money.
pub(crate) fn half_unit_in_yuan(value: budget_model::Decimal, unit: &Unit) -> Option<budget_model::Decimal> {
    let half = budget_model::Decimal::try_new(5, value.scale().checked_add(1)?).ok()?;
    in_yuan(half, unit)
}

pub(crate) const fn document<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::always(
        "document",
        "文档",
        "Key of the document: d and 16 digits of the SHA-256 of its file",
        FieldKind::Key,
        |row| row.record().key.as_str().into(),
    )
}

pub(crate) const fn entity_id<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::new(
        "entity_id",
        "部门（单位）标识",
        "Key of the entity: code of its region and its name",
        FieldKind::Text,
        |row| row.record().entity_id.as_deref().into(),
    )
}

pub(crate) const fn entity<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::new("entity", "部门（单位）", "Name of the entity as this document prints it", FieldKind::Text, |row| {
        row.record().entity().into()
    })
}

pub(crate) const fn region<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::new("region", "行政区划", "Where the entity is: names from the province down", FieldKind::Text, |row| {
        row.record().disclosure.region.as_ref().map(|region| region.name.as_str()).into()
    })
}

pub(crate) const fn region_code<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::new("region_code", "行政区划代码", "Its code in GB/T 2260, six digits", FieldKind::Text, |row| {
        row.record().region_code.as_deref().into()
    })
}

pub(crate) const fn year<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::new("year", "年度", "Budget year of the document", FieldKind::Year, |row| {
        row.record().disclosure.year.into()
    })
}

pub(crate) const fn stage<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    const WORDS: fn() -> Vec<String> = || words(Stage::ALL, Stage::as_str);
    Field::always(
        "stage",
        "文档类别",
        "Whether the document is of the budget or of the final accounts",
        FieldKind::Word(WORDS),
        |row| row.record().disclosure.stage.as_str().into(),
    )
}

pub(crate) const TABLE_KINDS: fn() -> Vec<String> = || words(TableKind::ALL, TableKind::as_str);

pub(crate) const fn page<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Page, or number of the sheet in a workbook, from 1";
    Field::new("page", "页", description, FieldKind::Integer, |row| {
        row.place().and_then(|place| row.record().pages.of(place)).into()
    })
}

pub(crate) const fn line<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Line of a text, row of a sheet, or tenths of a point from the top of a page";
    Field::new("line", "行", description, FieldKind::Integer, |row| row.place().map(Place::line).into())
}

pub(crate) const fn across<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Character of a line, column of a sheet, or tenths of a point from the left of a page";
    Field::new("across", "列", description, FieldKind::Integer, |row| row.place().map(Place::column).into())
}

pub(crate) const fn sheet<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::new("sheet", "工作表", "Sheet of the source, where it is a workbook", FieldKind::Text, |row| {
        let Some(Place::Cell { sheet, .. }) = row.place() else { return Value::Null };
        row.record().disclosure.sheets.get(usize::from(sheet)).into()
    })
}

pub(crate) const fn place<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Where it stands, for people: line and column, sheet and cell, or page and points";
    Field::new("place", "出处", description, FieldKind::Text, |row| {
        row.place().map(|place| place.describe(&row.record().disclosure.sheets)).into()
    })
}

pub(crate) const fn flow<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    const WORDS: fn() -> Vec<String> = || words(Flow::ALL, Flow::as_str);
    let description =
        "Coordinate: revenue, expenditure, a balance or its distribution; null where the table does not say";
    Field::new("flow", "流向", description, FieldKind::Word(WORDS), |row| {
        row.axes().and_then(|at| at.flow).map(Flow::as_str).into()
    })
}

pub(crate) const fn source<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    const WORDS: fn() -> Vec<String> = || words(Source::TREE, Source::as_str);
    let description = "Coordinate: source of the money; null if it is not known what the figure is of";
    Field::new("source", "资金来源", description, FieldKind::Word(WORDS), |row| {
        row.axes().map(|at| at.source.as_str()).into()
    })
}

pub(crate) const fn nature<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    const WORDS: fn() -> Vec<String> = || words(Nature::TREE, Nature::as_str);
    let description = "Coordinate: kind of expenditure; null if it is not known what the figure is of";
    Field::new("nature", "支出性质", description, FieldKind::Word(WORDS), |row| {
        row.axes().map(|at| at.nature.as_str()).into()
    })
}

pub(crate) const fn function<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Coordinate: function classification; null for all functions";
    Field::new("function", "功能分类", description, FieldKind::Code, |row| {
        code(row.axes().and_then(|at| at.function))
    })
}

pub(crate) const fn economic<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Coordinate: economic classification of departments (3xx); null for all classes";
    Field::new("economic", "部门经济分类", description, FieldKind::Code, |row| {
        code(row.axes().and_then(|at| at.economic))
    })
}

pub(crate) const fn economic_gov<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Coordinate: economic classification of the government (5xx); null for all classes";
    Field::new("economic_gov", "政府经济分类", description, FieldKind::Code, |row| {
        code(row.axes().and_then(|at| at.economic_gov))
    })
}

pub(crate) const fn project<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    Field::new("project", "项目", "Coordinate: project; null for all of them", FieldKind::Text, |row| {
        row.axes().and_then(|at| at.project).into()
    })
}

pub(crate) const fn budget_unit<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Coordinate: budget unit, in tables that list several; null for all of them";
    Field::new("budget_unit", "预算单位", description, FieldKind::Text, |row| {
        row.axes().and_then(|at| at.budget_unit).into()
    })
}

pub(crate) const fn item<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    const WORDS: fn() -> Vec<String> = || words(ThreePublicItem::ALL, ThreePublicItem::as_str);
    let description = "Coordinate: item of the three public expenses; null where the figure is of none of them";
    Field::new("item", "“三公”经费项目", description, FieldKind::Word(WORDS), |row| {
        row.axes().and_then(|at| at.item).map(ThreePublicItem::as_str).into()
    })
}

pub(crate) const fn year_ref<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    const WORDS: fn() -> Vec<String> = || words(YearRef::ALL, YearRef::as_str);
    let description = "Coordinate: the year of the document, the year before, or the change between them";
    Field::new("year_ref", "年度关系", description, FieldKind::Word(WORDS), |row| {
        row.axes().map(|at| at.year.unwrap_or(YearRef::This).as_str()).into()
    })
}

pub(crate) const fn money_year<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    let description = "Year that the money is of: that of the document or the one before; null for a change";
    Field::new("money_year", "资金年度", description, FieldKind::Year, |row| {
        let year = row.record().disclosure.year;
        let back = match row.axes().map(|at| at.year.unwrap_or(YearRef::This)) {
            Some(YearRef::This) => 0,
            Some(YearRef::Last) => 1,
            _ => return Value::Null,
        };
        year.and_then(|year| year.checked_sub(back)).into()
    })
}

pub(crate) const fn phase<T: Table>() -> Field<T>
where
    for<'a> T::Row<'a>: Of,
{
    const WORDS: fn() -> Vec<String> = || words(Phase::ALL, Phase::as_str);
    let description = "Coordinate: how far the budget had come; where the table does not say, what the document is of";
    Field::new("phase", "阶段", description, FieldKind::Word(WORDS), |row| {
        let of_document = match row.record().disclosure.stage {
            Stage::Final => Phase::Final,
            _ => Phase::Budget,
        };
        row.axes().map(|at| at.phase.unwrap_or(of_document).as_str()).into()
    })
}
