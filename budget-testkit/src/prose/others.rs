//! The sections about everything that is no budget money: organisation, procurement, assets, performance.

use budget_model::{Coordinates, Decimal, Measure, Nature, Source};

use super::{ALL, Prose, Stated, label, words};
use crate::style::ordinal;

impl Prose<'_, '_> {
    pub(super) fn functions(&mut self) {
        self.section("1.一", "主要职能");
        let count = self.chance.between(3, words::FUNCTIONS.len() as u64) as usize;
        for (number, function) in (1..).zip(self.chance.some(words::FUNCTIONS, count)) {
            self.say(None, &format!("（{}）{function}", ordinal(number)), &[], &[]);
            self.disclosure.organisation.functions.push(label(function));
        }
    }

    pub(super) fn structure(&mut self) {
        self.section("1.二", "机构设置及人员情况");
        let below = self.books.units.len().saturating_sub(1) as u32;
        if below > 0 {
            let form = "从预算单位构成看，{name}的预算包括：{name}本级预算及下属#预算单位在内的汇总预算。";
            self.say(None, form, &[], &[Stated::count("下属预算单位", below, "家")]);
        }
        let divisions = &self.books.divisions;
        let count = Stated::count("科室", divisions.len() as u32, "个");
        let form = if below > 0 {
            "{name}本级下设#科室，分别是："
        } else {
            "{name}无下属预算单位，下设#科室，分别是："
        };
        self.say(None, &format!("{form}{}。", divisions.join("、")), &[], &[count]);
        self.disclosure.organisation.divisions.extend(divisions.iter().map(|name| label(name)));
        if below > 0 {
            let form = "本{scope}中，行政单位#，事业单位#，纳入{name}{year}年{scope}预算编制范围的下属预算单位包括：";
            self.say(None, form, &[], &[Stated::count("行政单位", 1, "家"), Stated::count("事业单位", below, "家")]);
            for (number, name) in (1..).zip(&self.books.units) {
                let name = if number == 1 { format!("{name}（本级）") } else { name.clone() };
                self.say(None, &format!("{number}、{name}"), &[], &[]);
                self.disclosure.organisation.subordinate_units.push(label(&name));
            }
        }
        self.staff();
    }

    fn staff(&mut self) {
        let staff = &self.books.staff;
        let mut form = "{name}编制数#，实有人数#，其中：".to_owned();
        let mut figures =
            vec![Stated::count("编制数", staff.posts, "人"), Stated::count("实有人数", staff.people(), "人")];
        let kinds = [
            ("在职", staff.serving, staff.serving_change),
            ("退休", staff.retired, staff.retired_change),
            ("离休", staff.veterans, staff.veterans_change),
        ];
        let parts = kinds.map(|(kind, now, change)| {
            let subject = format!("实有人数/{kind}");
            figures.push(Stated::count(&subject, now, "人"));
            figures.push(Stated::new(&subject, Measure::YoyChange, Decimal::from(change), "人"));
            format!("{kind}#，{}#", if change < 0 { "减少" } else { "增加" })
        });
        form.push_str(&parts.join("；"));
        form.push('。');
        self.say(None, &form, &[], &figures);
    }

    /// 其他重要事项的情况说明
    pub(super) fn other_matters(&mut self) {
        let path = if self.config.lists_carry_over() { "3.十二" } else { "3.十一" };
        self.section(path, "其他重要事项的情况说明");
        self.section(&format!("{path}.(一)"), "机关运行经费情况");
        let at = Coordinates { nature: Nature::Operating, ..of_appropriation() };
        let (now, prior) = [self.books.yuan(&at), self.books.prior_yuan(&at)].map(Option::unwrap_or_default).into();
        let form = "{name}{year}年的机关运行经费财政拨款预算#，比上年预算{up}#，{grown}#，主要原因是{reason}。";
        self.say_change(None, form, &[], Stated::amount("机关运行经费", now), prior, now);
        self.section(&format!("{path}.(二)"), "政府采购情况");
        self.procurement();
        self.section(&format!("{path}.(三)"), "国有资产占用使用情况");
        self.assets();
        self.section(&format!("{path}.(四)"), "预算绩效情况");
        self.performance();
        self.section(&format!("{path}.(五)"), "其他需说明的事项");
        self.say(None, "本{scope}无其他需说明事项。", &[], &[]);
    }

    fn procurement(&mut self) {
        let bought = &self.books.procurement;
        let all = "政府采购预算";
        let mut form = "{year}年，{name}政府采购预算#，其中：".to_owned();
        let mut figures = vec![Stated::amount(all, bought.total())];
        let parts = [("货物", bought.goods), ("工程", bought.works), ("服务", bought.services)].map(|(kind, yuan)| {
            figures.push(Stated::amount(&format!("{all}/政府采购{kind}预算"), yuan));
            format!("政府采购{kind}预算#")
        });
        form.push_str(&parts.join("，"));
        form.push('。');
        self.say(None, &form, &[], &figures);
        let form = "{year}年，{name}面向中小企业预留政府采购项目预算金额#，小微企业预留政府采购项目预算金额#。";
        let medium = Stated::amount("面向中小企业预留政府采购项目预算", bought.reserved_medium);
        let small = Stated::amount("小微企业预留政府采购项目预算", bought.reserved_small);
        self.say(None, form, &[], &[medium, small]);
    }

    fn assets(&mut self) {
        let assets = &self.books.assets;
        let last = (self.books.year - 1).to_string();
        let form = "截至{last}年底，{name}及下属各预算单位占用使用国有资产总体情况为：";
        self.say(None, form, &[("last", &last)], &[]);
        let area = Decimal::new(assets.building_area as i64, 2);
        let figures =
            [Stated::new("房屋", Measure::Area, area, "平方米"), Stated::amount("房屋/价值", assets.building_value)];
        self.say(Some(1), "1.房屋#，价值#。", &[], &figures);

        let (count, value) =
            assets.vehicles.iter().fold((0, 0), |(count, value), kind| (count + kind.count, value + kind.value));
        let mut figures = vec![Stated::count("车辆", count, "辆"), Stated::amount("车辆/价值", value)];
        let mut parts = Vec::new();
        for vehicles in &assets.vehicles {
            let subject = format!("车辆/{}", vehicles.kind);
            figures.push(Stated::count(&subject, vehicles.count, "辆"));
            figures.push(Stated::amount(&format!("{subject}/价值"), vehicles.value));
            parts.push(format!("{}#，价值#", vehicles.kind));
        }
        self.say(Some(2), &format!("2.车辆#，价值#；其中：{}。", parts.join("；")), &[], &figures);
        self.say(Some(3), "3.办公家具价值#。", &[], &[Stated::amount("办公家具/价值", assets.furniture_value)]);
        self.say(Some(4), "4.其他资产价值#。", &[], &[Stated::amount("其他资产/价值", assets.other_value)]);
        let large = |what: &str, count| Stated::count(&format!("{what}大型设备"), count, "台");
        let figures = [
            large("部门价值50万元以上", assets.equipment_above_500_000),
            large("部门价值100万元以上", assets.equipment_above_1_000_000),
        ];
        self.say(None, "部门价值50万元以上大型设备#，部门价值100万元以上大型设备#。", &[], &figures);
    }

    /// 预算绩效情况, and the tables that it announces.
    fn performance(&mut self) {
        let tables = crate::performance::tables(self.books, self.config, &mut self.chance);
        let project = |source| Coordinates { source, nature: Nature::Project, ..ALL };
        let yuan = |at: &Coordinates| self.books.yuan(at).unwrap_or_default();
        let (own, all) = (project(Source::Appropriation), project(Source::CurrentYear));
        let subject = "当年预算安排项目";
        let figures = [
            Stated::count("整体预算绩效目标", 1, "个"),
            Stated::amount("整体预算绩效目标/涉及预算金额", yuan(&ALL)).at(&ALL),
            Stated::count(subject, tables.len().saturating_sub(1) as u32, "个"),
            Stated::amount(&format!("{subject}/财政拨款项目/涉及预算金额"), yuan(&own)).at(&own),
            Stated::amount(&format!("{subject}/非财政拨款项目/涉及预算金额"), yuan(&all) - yuan(&own)),
        ];
        let form = "{year}年，本{scope}预算绩效管理整体预算绩效目标#，涉及预算金额#；当年预算安排项目共#，其中：\
                    财政拨款项目涉及预算金额#；非财政拨款项目涉及预算金额#。具体情况见下表：";
        self.say(None, form, &[], &figures);
        self.disclosure.performance = tables;
    }
}

fn of_appropriation() -> Coordinates {
    Coordinates { source: Source::Appropriation, ..ALL }
}
