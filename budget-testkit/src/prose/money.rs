//! The sections about the budget: every figure is one of the cube.

use std::collections::BTreeSet;

use budget_model::{
    Code, Coordinates, Measure, Nature, Project, Source, StatedAmount, TableKind, ThreePublicItem, Unit,
};

use super::{ALL, Change, Prose, Stated, label, percent, ten_thousand, words};
use crate::classification;
use crate::style::ordinal;

/// Names of sources in the section about revenue.
///
/// Where a form tells own means from transfers, 一般公共预算 is the own means.
const SOURCES: &[(Source, &str)] = &[
    (Source::GeneralPublicBudget, "一般公共预算"),
    (Source::GeneralPublicBudgetOwn, "一般公共预算"),
    (Source::GeneralPublicBudgetTransfer, "上级一般公共预算安排的转移支付资金"),
    (Source::GovernmentFund, "政府性基金预算"),
    (Source::GovernmentFundOwn, "政府性基金预算"),
    (Source::GovernmentFundTransfer, "上级政府性基金安排的转移支付资金"),
    (Source::StateCapital, "国有资本经营预算"),
    (Source::StateCapitalOwn, "国有资本经营预算"),
    (Source::StateCapitalTransfer, "上级国有资本经营预算安排的转移支付资金"),
    (Source::SpecialAccount, "财政专户（教育收费）"),
    (Source::UnitFunds, "单位资金"),
    (Source::BusinessIncome, "事业收入"),
    (Source::SuperiorSubsidy, "上级补助收入"),
    (Source::AffiliatePayment, "附属单位上缴收入"),
    (Source::OperatingIncome, "事业单位经营收入"),
    (Source::OtherIncome, "其他收入"),
    (Source::CarryOver, "上年结转结余"),
    (Source::AppropriationCarryOver, "财政拨款结转"),
    (Source::OtherCarryOver, "非财政拨款结转结余"),
];

/// Budgets that are appropriations, and the number and heading of the section about each.
pub(super) const APPROPRIATIONS: &[(Source, &str)] = &[
    (Source::GeneralPublicBudget, "一般公共预算"),
    (Source::GovernmentFund, "政府性基金预算"),
    (Source::StateCapital, "国有资本经营预算"),
];

/// Items of the “三公” expenses that the text states.
const THREE_PUBLIC: &[(ThreePublicItem, &str)] = &[
    (ThreePublicItem::TravelAbroad, "因公出国（境）费"),
    (ThreePublicItem::VehiclePurchase, "公务用车购置费"),
    (ThreePublicItem::VehicleRunning, "公务用车运行费"),
    (ThreePublicItem::Reception, "公务接待费"),
];

const CHANGED: &str = "{what}#，比上年预算{up}#，{grown}#，主要原因是{reason}。";
const ITEM: &str = "{number}、{class}（类）{group}（款）{item}（项）：{year}年预算数为#，比上年预算{up}#，{grown}#，主要原因是{reason}。";

pub(super) fn of(source: Source) -> Coordinates {
    Coordinates { source, ..ALL }
}

impl Prose<'_, '_> {
    /// 一 to 十一
    pub(super) fn money(&mut self) {
        self.overview();
        self.income();
        self.expenditure();
        self.appropriation();
        self.general();
        self.basic();
        self.projects();
        for (path, source, name) in [
            ("3.八", Source::GovernmentFund, "政府性基金预算拨款"),
            ("3.九", Source::StateCapital, "国有资本经营预算拨款"),
        ] {
            self.section_about(path, &format!("{name}情况说明"));
            self.account(source, name);
        }
        self.three_public();
        if self.config.lists_carry_over() {
            self.carry_over();
        }
    }

    pub(super) fn yuan(&self, at: &Coordinates) -> u64 {
        self.books.yuan(at).unwrap_or_default()
    }

    pub(super) fn prior(&self, at: &Coordinates) -> u64 {
        self.books.prior_yuan(at).unwrap_or_default()
    }

    pub(super) fn stated(&self, subject: &str, at: &Coordinates) -> Stated {
        Stated::amount(subject, self.yuan(at)).at(at)
    }

    fn changed(&mut self, number: Option<usize>, form: &str, words: &[(&str, &str)], subject: &str, at: &Coordinates) {
        let (now, prior) = (self.yuan(at), self.prior(at));
        self.say_change(number, form, words, self.stated(subject, at), prior, now);
    }

    fn overview(&mut self) {
        self.section_about("3.一", "收支预算情况总体说明");
        let form = "按照全口径预算的原则，{name}{year}年所有收入和支出均纳入{scope}预算管理。收支总预算#。";
        self.say(None, form, &[], &[self.stated("收支总预算", &ALL)]);
    }

    /// The sources that the table of revenue tells apart.
    fn income(&mut self) {
        self.section_about("3.二", "收入预算情况说明");
        self.say(None, "{name}{scope}收入预算#，其中：", &[], &[self.stated("收入预算", &ALL)]);
        let form = self.config.form();
        let columns = form.as_ref().and_then(|form| form.table(TableKind::Income)).map(|table| &table.columns);
        let columns = columns.into_iter().flatten().filter(|column| column.part_of.is_some());
        // 财政拨款小计 is a sum of others.
        let sources: Vec<Source> = columns
            .filter_map(|column| column.dimensions.source)
            .filter(|source| *source != Source::Appropriation)
            .collect();
        let total = self.yuan(&ALL);
        for source in sources {
            let Some((_, name)) = SOURCES.iter().find(|(of, _)| *of == source) else { continue };
            self.shared("收入预算", name, &of(source), total);
        }
    }

    fn expenditure(&mut self) {
        self.section_about("3.三", "支出预算情况说明");
        self.say(None, "{name}{year}年支出预算#，其中：", &[], &[self.stated("支出预算", &ALL)]);
        let total = self.yuan(&ALL);
        for (nature, name) in [(Nature::Basic, "基本支出"), (Nature::Project, "项目支出")] {
            self.shared("支出预算", name, &Coordinates { nature, ..ALL }, total);
        }
    }

    /// A part with its share and its change; nothing where there was none in both years.
    fn shared(&mut self, whole: &str, name: &str, at: &Coordinates, total: u64) {
        let (now, prior) = (self.yuan(at), self.prior(at));
        if now == 0 && prior == 0 {
            return;
        }
        let subject = format!("{whole}/{name}");
        let share = Stated::new(&subject, Measure::Share, percent(now, total), "%").at(at);
        let reason = self.reason(now, prior);
        let change = Change::new(&subject, Some(at), now, prior, Some(reason));
        let words = [&[("what", name), ("reason", reason)], change.words.as_slice()].concat();
        let figures = [&[self.stated(&subject, at), share], change.figures.as_slice()].concat();
        self.say(None, "{what}#，占#，比上年预算{up}#，{grown}#，主要原因是{reason}。", &words, &figures);
    }

    fn appropriation(&mut self) {
        self.section_about("3.四", "财政拨款收支预算情况的总体说明");
        let all = self.stated("财政拨款收支总预算", &of(Source::Appropriation));
        self.say(None, "{year}年财政拨款收支总预算#。", &[], &[all]);
        let used: Vec<_> = APPROPRIATIONS.iter().filter(|(source, _)| self.yuan(&of(*source)) > 0).collect();
        if used.is_empty() {
            return;
        }
        let parts: Vec<String> = used.iter().map(|(_, name)| format!("{name}拨款#")).collect();
        let figures: Vec<Stated> =
            used.iter().map(|(source, name)| self.stated(&format!("收入预算/{name}拨款"), &of(*source))).collect();
        self.say(None, &format!("收入预算包括：{}。", parts.join("、")), &[], &figures);
        for (source, name) in used {
            let whole = format!("{name}支出");
            let (mut parts, mut figures) = (Vec::new(), Vec::new());
            for class in self.codes(&of(*source), Code::class, false) {
                let class_name = classification::function_name(class);
                parts.push(format!("{class_name}#，主要用于{}", self.chance.word(words::USES)));
                // 国有资本经营预算支出 is the name of the whole and of its only class.
                figures.push(match class_name == whole {
                    true => self.stated(&whole, &of(*source)),
                    false => {
                        let at = Coordinates { function: Some(class), ..of(*source) };
                        self.stated(&format!("{whole}/{class_name}"), &at)
                    }
                });
            }
            self.say(None, &format!("{whole}包括：{}。", parts.join("；")), &[], &figures);
        }
    }

    /// The function codes with money of this year or, if wanted, of last year.
    pub(super) fn codes(&self, at: &Coordinates, level: fn(Code) -> Code, with_prior: bool) -> BTreeSet<Code> {
        let prior = self.books.prior.iter().filter(|_| with_prior);
        let inside = self.books.money.iter().chain(prior).filter(|money| money.is_at(at));
        inside.map(|money| level(money.function)).collect()
    }

    fn general(&mut self) {
        let general = of(Source::GeneralPublicBudget);
        self.section_about("3.五", "一般公共预算当年拨款情况说明");
        if self.yuan(&general) == 0 {
            return self.say(None, "{name}{year}年没有使用一般公共预算拨款安排的支出。", &[], &[]);
        }
        self.section("3.五.(一)", "一般公共预算当年拨款规模变化情况");
        self.natures("一般公共预算拨款", &general);
        self.section("3.五.(二)", "一般公共预算当年拨款结构情况");
        let total = self.yuan(&general);
        for (number, class) in (1..).zip(self.codes(&general, Code::class, false)) {
            let name = classification::function_name(class);
            let at = Coordinates { function: Some(class), ..general.clone() };
            let share = Stated::new(name, Measure::Share, percent(self.yuan(&at), total), "%").at(&at);
            let words = [("number", number.to_string()), ("class", name.to_owned())];
            let words = words.each_ref().map(|(hole, word)| (*hole, word.as_str()));
            self.say(Some(number), "{number}、{class}（类）#，占#。", &words, &[self.stated(name, &at), share]);
        }
        self.section("3.五.(三)", "一般公共预算当年拨款具体使用情况");
        self.items(&general);
    }

    fn natures(&mut self, name: &str, at: &Coordinates) {
        self.say(None, &format!("{{name}}{{year}}年{name}合计#，其中："), &[], &[self.stated(name, at)]);
        for (nature, part) in [(Nature::Basic, "基本支出"), (Nature::Project, "项目支出")] {
            let at = Coordinates { nature, ..at.clone() };
            self.changed(None, CHANGED, &[("what", part)], &format!("{name}/{part}"), &at);
        }
    }

    /// Every function item of this year or last year.
    fn items(&mut self, at: &Coordinates) {
        for (number, item) in (1..).zip(self.codes(at, |code| code, true)) {
            let Some(group) = item.parent() else { continue };
            let names = [item.class(), group, item].map(classification::function_name);
            let [class, group, name] = names;
            let ordinal = number.to_string();
            let words = [("number", ordinal.as_str()), ("class", class), ("group", group), ("item", name)];
            let at = Coordinates { function: Some(item), ..at.clone() };
            let (now, prior) = (self.yuan(&at), self.prior(&at));
            let amount = self.stated(&names.join("/"), &at);
            self.say_change(Some(number), ITEM, &words, amount, prior, now);
        }
    }

    fn basic(&mut self) {
        self.section_about("3.六", "一般公共预算基本支出情况说明");
        let at = Coordinates { nature: Nature::Basic, ..of(Source::GeneralPublicBudget) };
        if self.yuan(&at) == 0 {
            return self.say(None, "{name}{year}年没有使用一般公共预算安排的基本支出。", &[], &[]);
        }
        let whole = "一般公共预算基本支出";
        self.say(None, "{name}{year}年一般公共预算基本支出#，其中：", &[], &[self.stated(whole, &at)]);
        for (nature, name) in [(Nature::Personnel, "人员经费"), (Nature::Operating, "公用经费")] {
            let at = Coordinates { nature, ..at.clone() };
            let inside = self.books.money.iter().filter(|money| money.is_at(&at));
            let groups: BTreeSet<Code> = inside.map(|money| money.economic).collect();
            if groups.is_empty() {
                continue;
            }
            let groups: Vec<&str> = groups.into_iter().map(classification::economic_name).collect();
            let form = format!("{name}#，主要包括：{}。", groups.join("、"));
            self.say(None, &form, &[], &[self.stated(&format!("{whole}/{name}"), &at)]);
        }
    }

    /// The projects of the general public budget, as its table lists them.
    fn projects(&mut self) {
        self.section_about("3.七", "一般公共预算项目支出情况说明");
        let inside = |source| Source::GeneralPublicBudget.contains(source);
        let all = self.books.projects.iter().enumerate();
        let listed: Vec<_> =
            all.filter(|(_, project)| project.nature == Nature::Project && inside(project.source)).collect();
        if listed.is_empty() {
            return self.say(None, "{name}{year}年没有使用一般公共预算安排的项目支出。", &[], &[]);
        }
        for (number, (index, project)) in (1..).zip(listed) {
            self.section(&format!("3.七.({})", ordinal(number)), &format!("项目名称：{}", project.name));
            let basis = self.chance.word(words::BASES);
            self.say(None, &format!("设立的政策依据：{basis}"), &[], &[]);
            let money = self.books.of_project(index);
            let total = money.iter().map(|money| money.yuan).sum();
            let at = self.of_row(&project.name);
            let amount = Stated { at, ..Stated::amount(&format!("{}/预算安排规模", project.name), total) };
            self.say(None, "预算安排规模：#", &[], &[amount]);
            let unit = self.books.units.get(project.unit).map_or("", String::as_str);
            self.say(None, &format!("项目承担单位：{unit}"), &[], &[]);
            let name = |code: Code| classification::economic_name(code);
            let parts: Vec<String> = money.iter().map(|money| format!("{}#", name(money.economic))).collect();
            let subject = |code| format!("{}/资金分配情况/{}", project.name, name(code));
            let figures = money.iter().map(|money| Stated::amount(&subject(money.economic), money.yuan));
            let figures: Vec<Stated> = figures.collect();
            self.say(None, &format!("资金分配情况：{}。", parts.join("，")), &[], &figures);
            let allocation = self.last_paragraph();
            let period = format!("{0}年1月-{0}年12月", self.books.year);
            self.say(None, &format!("资金执行时间：{period}"), &[], &[]);
            self.disclosure.projects.push(Project {
                number: number as u32,
                name: label(&project.name),
                policy_basis: Some(label(basis)),
                amount: Some(StatedAmount {
                    value: ten_thousand(total),
                    unit: Unit::TenThousandYuan,
                    place: crate::tables::NOWHERE,
                }),
                unit_in_charge: Some(label(unit)),
                allocation: allocation.strip_prefix("资金分配情况：").map(label),
                period: Some(label(&period)),
                further: Vec::new(),
            });
        }
    }

    fn last_paragraph(&self) -> String {
        let last = self.disclosure.sections.last().and_then(|section| section.paragraphs.last());
        last.map(|paragraph| paragraph.text.clone()).unwrap_or_default()
    }

    /// The coordinates of a project in the table of projects.
    fn of_row(&self, name: &str) -> Option<Coordinates> {
        let table = self.disclosure.table(TableKind::GeneralProject)?;
        let is_it = |row: &budget_model::Row| row.project.as_ref().is_some_and(|project| project.text == name);
        table.coordinates_at(table.rows.iter().position(is_it)? as u32, 0)
    }

    fn account(&mut self, source: Source, name: &str) {
        let at = of(source);
        if self.yuan(&at) == 0 {
            return self.say(None, &format!("{{name}}{{year}}年没有使用{name}安排的支出。"), &[], &[]);
        }
        self.natures(name, &at);
        self.items(&at);
    }

    fn three_public(&mut self) {
        self.section_about("3.十", "财政拨款“三公”经费预算情况说明");
        let table = self.disclosure.table(TableKind::ThreePublic);
        let at = table.and_then(|table| table.coordinates_at(0, 0)).unwrap_or(of(Source::Appropriation));
        let item = |item| Coordinates { three_public: Some(item), ..of(at.source) };
        let all = item(ThreePublicItem::All);
        let whole = "财政拨款“三公”经费";
        // Sources are stated of every item, of the whole, or not at all.
        let (of_items, of_whole) = (self.chance.percent(30), self.chance.percent(30));
        let mut form = "{name}{year}年财政拨款“三公”经费数为#，其中：".to_owned();
        let mut figures = vec![self.stated(whole, &all)];
        for (index, (of_item, name)) in THREE_PUBLIC.iter().enumerate() {
            let (subject, at) = (format!("{whole}/{name}"), item(*of_item));
            form.push_str(&format!("{}{name}#", if index == 0 { "" } else { "，" }));
            figures.push(self.stated(&subject, &at));
            let (parts, sources) = self.by_source(&subject, &at);
            if of_items && !sources.is_empty() {
                form.push_str(&format!("（其中：{parts}）"));
                figures.extend(sources);
            }
        }
        self.say(None, &format!("{form}。"), &[], &figures);
        let (parts, sources) = self.by_source(whole, &all);
        if of_whole && !sources.is_empty() {
            let form = format!("{{year}}年{whole}#，其中：{parts}。");
            self.say(None, &form, &[], &[&[self.stated(whole, &all)], sources.as_slice()].concat());
        }

        let change = Change::new(whole, Some(&all), self.yuan(&all), self.prior(&all), None);
        let words = change.words;
        let mut figures = change.figures.to_vec();
        let mut form = "{year}年财政拨款“三公”经费预算比上年预算{up}#，{grown}#，其中：".to_owned();
        let mut parts = Vec::new();
        for (of, name) in THREE_PUBLIC {
            let at = item(*of);
            let (now, prior) = (self.yuan(&at), self.prior(&at));
            let reason = self.reason(now, prior);
            let change = Change::new(&format!("{whole}/{name}"), Some(&at), now, prior, Some(reason));
            let [(_, up), (_, grown)] = change.words;
            parts.push(format!("{name}{up}#，{grown}#，主要原因是{reason}"));
            figures.extend(change.figures);
        }
        form.push_str(&parts.join("；"));
        form.push('。');
        self.say(None, &form, &words, &figures);
    }

    /// The budgets that pay for something: 一般公共预算安排#，政府性基金预算安排#
    fn by_source(&self, whole: &str, at: &Coordinates) -> (String, Vec<Stated>) {
        let whole_source = at.source;
        let at = |source| Coordinates { source, ..at.clone() };
        let pays = |source| whole_source.contains(source) && self.yuan(&at(source)) > 0;
        let paying: Vec<_> = APPROPRIATIONS.iter().filter(|(source, _)| pays(*source)).collect();
        let parts: Vec<String> = paying.iter().map(|(_, name)| format!("{name}安排#")).collect();
        let stated = paying.iter().map(|(source, name)| self.stated(&format!("{whole}/{name}"), &at(*source)));
        (parts.join("，"), stated.collect())
    }

    fn carry_over(&mut self) {
        self.section_about("3.十一", "上年结转结余预算情况说明");
        let whole = "上年结转结余";
        let sources = [(Source::AppropriationCarryOver, "财政拨款"), (Source::OtherCarryOver, "非财政拨款")];
        if self.yuan(&of(Source::CarryOver)) == 0 {
            return self.say(None, "{name}{year}年没有使用上年结转结余安排的支出。", &[], &[]);
        }
        let mut figures = vec![self.stated(whole, &of(Source::CarryOver))];
        figures.extend(sources.map(|(source, name)| self.stated(&format!("{whole}/{name}"), &of(source))));
        let form = "{name}{year}年上年结转结余#，包括：财政拨款#，非财政拨款#，其中：";
        self.say(None, form, &[], &figures);
        let all = self.books.projects.iter().enumerate();
        let carried: Vec<_> = all.filter(|(_, project)| Source::CarryOver.contains(project.source)).collect();
        for (number, (index, project)) in (1..).zip(carried) {
            let amount = self.books.of_project(index).iter().map(|money| money.yuan).sum();
            let form = format!("{number}．{}#，主要用于：{}。", project.name, self.chance.word(words::USES));
            self.say(Some(number), &form, &[], &[Stated::amount(&format!("{whole}/{}", project.name), amount)]);
        }
    }
}
