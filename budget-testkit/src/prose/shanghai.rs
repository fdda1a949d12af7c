//! The text of the forms of 上海: parts that only the list of contents numbers, and amounts in 万元 beside tables in 元.
//!
//! The whole budget is explained in one part (预算编制说明), the rest in another (其他相关情况说明). Changes are amounts alone.

use budget_model::{Code, Coordinates, Scope, Source, ThreePublicItem};

use super::money::{APPROPRIATIONS, of};
use super::{ALL, Change, Prose, Stated, label, words};
use crate::classification;
use crate::style::ordinal;

/// 主要职能
const FUNCTIONS: &[&str] = &[
    "宣传并落实国家和本市有关法律、法规、规章和方针政策。",
    "研究编制本区行业发展规划和年度计划，并推动实施。",
    "指导街道、镇和基层单位开展相关工作。",
    "负责本行业的安全监管和应急处置。",
    "做好本系统干部队伍和专业人才建设。",
    "承办区委、区政府交办的其他事项。",
];

/// 立项依据
const BASES: &[&str] = &["本区年度重点工作安排和行业发展规划。", "市级主管部门有关工作方案和本区实施意见。"];

/// Income beside appropriations.
const OTHER_INCOME: &[(Source, &str)] = &[
    (Source::BusinessIncome, "事业收入"),
    (Source::OperatingIncome, "事业单位经营收入"),
    (Source::OtherIncome, "其他收入"),
];

/// 公务用车, by what they serve.
const VEHICLES: &[&str] = &[
    "主要领导干部用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部用车",
    "其他用车",
];

const LARGE: &str = "单价100万元（含）以上设备（不含车辆）";

impl Prose<'_, '_> {
    /// The whole text.
    pub(super) fn of_shanghai(&mut self) {
        let scope = crate::tables::scope_word(self.config.scope);
        let (name, year) = (&self.books.department, self.books.year);
        self.section("1", &format!("{name}（{scope}）主要职能"));
        self.functions_of_shanghai();
        self.section("2", &format!("{name}（{scope}）机构设置"));
        self.structure_of_shanghai();
        self.section("3", "名词解释");
        for (number, (term, definition)) in (1..).zip(words::GLOSSARY) {
            self.say(None, &format!("（{}）{term}：{definition}", ordinal(number)), &[], &[]);
            self.disclosure.glossary.push(budget_model::Term { term: label(term), definition: label(definition) });
        }
        self.section("4", &format!("{year}年{scope}预算编制说明"));
        self.compilation();
        self.section("6", "其他相关情况说明");
        self.other_matters_of_shanghai();
        // Single units leave the description of projects to their department.
        let project = self.books.projects.iter().position(|_| self.config.scope == Scope::Department);
        if let Some(project) = project {
            self.project_of_shanghai(project);
        }
    }

    fn functions_of_shanghai(&mut self) {
        self.say(None, "{name}的主要职能包括：", &[], &[]);
        let count = self.chance.between(2, FUNCTIONS.len() as u64) as usize;
        for (number, function) in (1..).zip(self.chance.some(FUNCTIONS, count)) {
            self.say(Some(number), &format!("{number}.{function}"), &[], &[]);
            self.disclosure.organisation.functions.push(label(function));
        }
    }

    fn structure_of_shanghai(&mut self) {
        let below = self.books.units.len().saturating_sub(1) as u32;
        if below > 0 {
            let form = "{name}{scope}预算是包括{name}本部以及下属#预算单位的综合收支计划。";
            self.say(None, form, &[], &[Stated::count("下属预算单位", below, "家")]);
            let kinds = [Stated::count("行政单位", 1, "家"), Stated::count("事业单位", below, "家")];
            self.say(None, "本{scope}中，行政单位#，事业单位#，具体包括：", &[], &kinds);
            for (number, unit) in (1..).zip(&self.books.units) {
                let unit = if number == 1 { format!("{unit}本部") } else { unit.clone() };
                self.say(Some(number), &format!("{number}.{unit}"), &[], &[]);
                self.disclosure.organisation.subordinate_units.push(label(&unit));
            }
        } else {
            let divisions = &self.books.divisions;
            let count = Stated::count("内设机构", divisions.len() as u32, "个");
            self.say(None, &format!("{{name}}设#内设机构，包括：{}。", divisions.join("、")), &[], &[count]);
            self.disclosure.organisation.divisions.extend(divisions.iter().map(|name| label(name)));
        }
    }

    /// 预算编制说明
    fn compilation(&mut self) {
        let (mut form, mut figures) =
            ("{year}年，{name}收入预算#，其中：".to_owned(), vec![self.stated("收入预算", &ALL)]);
        let appropriation = of(Source::Appropriation);
        self.compare(&mut form, &mut figures, "", "收入预算/财政拨款收入", &appropriation);
        for (source, name) in OTHER_INCOME {
            form.push_str(&format!("；{name}#"));
            figures.push(self.stated(&format!("收入预算/{name}"), &of(*source)));
        }
        form.push('。');
        self.say(None, &form, &[], &figures);

        let (mut form, mut figures) = ("支出预算#，其中：".to_owned(), vec![self.stated("支出预算", &ALL)]);
        self.compare(&mut form, &mut figures, "", "支出预算/财政拨款支出预算", &appropriation);
        form.push_str("。财政拨款支出预算中，");
        for (index, (source, name)) in APPROPRIATIONS.iter().enumerate() {
            let name = format!("{}拨款支出预算", if *source == Source::GovernmentFund { "政府性基金" } else { name });
            self.compare(&mut form, &mut figures, if index == 0 { "" } else { "；" }, &name, &of(*source));
        }
        form.push('。');
        self.say(None, &form, &[], &figures);

        let (now, prior) = (self.yuan(&appropriation), self.prior(&appropriation));
        let change = if now < prior { "减少" } else { "增加" };
        let reason = self.reason(now, prior);
        if now != prior {
            self.say(None, &format!("财政拨款收入支出{change}的主要原因是{reason}。"), &[], &[]);
        }
        if now > 0 {
            self.say(None, "财政拨款支出主要内容如下：", &[], &[]);
        }
        for (number, class) in (1..).zip(self.codes(&appropriation, Code::class, false)) {
            let name = classification::function_name(class);
            let at = Coordinates { function: Some(class), ..appropriation.clone() };
            let form = format!("{number}.“{name}”科目#，主要用于{}。", self.chance.word(words::USES));
            self.say(Some(number), &form, &[], &[self.stated(name, &at)]);
        }
    }

    /// A name with its amount and how that compares to last year's: more, less, or the same without a figure.
    fn compare(&self, form: &mut String, figures: &mut Vec<Stated>, front: &str, subject: &str, at: &Coordinates) {
        let name = subject.rsplit('/').next().unwrap_or_default();
        form.push_str(&format!("{front}{name}#，"));
        figures.push(self.stated(subject, at));
        self.changed_by(form, figures, subject, at, None);
    }

    fn changed_by(
        &self,
        form: &mut String,
        figures: &mut Vec<Stated>,
        subject: &str,
        at: &Coordinates,
        reason: Option<&str>,
    ) {
        let (now, prior, last) = (self.yuan(at), self.prior(at), self.books.year - 1);
        if now == prior {
            return form.push_str(&format!("与{last}年预算持平"));
        }
        let change = Change::new(subject, Some(at), now, prior, reason);
        let [(_, up), _] = change.words;
        form.push_str(&format!("比{last}年预算{up}#"));
        let [amount, _] = change.figures;
        figures.push(amount);
    }

    /// 其他相关情况说明
    fn other_matters_of_shanghai(&mut self) {
        self.section("6.一", &format!("{}年“三公”经费预算情况说明", self.books.year));
        self.three_public_of_shanghai();
        self.section("6.二", "机关运行经费预算");
        let running = Coordinates { three_public: Some(ThreePublicItem::AgencyOperation), ..of(Source::Appropriation) };
        let form = match self.yuan(&running) {
            0 => "本{scope}无机关运行经费。",
            _ => "{year}年{name}财政拨款的机关运行经费预算为#。",
        };
        self.say(None, form, &[], &[self.stated("财政拨款的机关运行经费", &running)]);
        self.section("6.三", "政府采购预算情况");
        self.procurement_of_shanghai();
        self.section("6.四", "绩效目标设置情况");
        self.performance_of_shanghai();
        self.section("6.五", "国有资产占有使用情况");
        self.vehicles_of_shanghai();
    }

    fn three_public_of_shanghai(&mut self) {
        use ThreePublicItem::{All, Reception, TravelAbroad, VehiclePurchase, VehicleRunning, Vehicles};
        let whole = "“三公”经费预算数";
        let item = |item| Coordinates { three_public: Some(item), ..of(Source::Appropriation) };
        let (mut form, mut figures) = (format!("{{year}}年{whole}为#，"), vec![self.stated(whole, &item(All))]);
        self.changed_by(&mut form, &mut figures, whole, &item(All), None);
        self.say(None, &format!("{form}。其中："), &[], &figures);
        let paragraphs = [
            ("（一）", "因公出国（境）费", TravelAbroad, &[][..]),
            (
                "（二）",
                "公务用车购置及运行费",
                Vehicles,
                &[("公务用车购置费", VehiclePurchase), ("公务用车运行费", VehicleRunning)],
            ),
            ("（三）", "公务接待费", Reception, &[]),
        ];
        for (number, name, of_item, parts) in paragraphs {
            let (mut form, mut figures) = (number.to_owned(), Vec::new());
            let subject = format!("{whole}/{name}");
            self.explain(&mut form, &mut figures, &subject, &item(of_item));
            for (index, (part, of_part)) in parts.iter().enumerate() {
                form.push_str(if index == 0 { "。其中：" } else { "；" });
                self.explain(&mut form, &mut figures, &format!("{subject}/{part}"), &item(*of_part));
            }
            form.push('。');
            let step = format!("({})", number.trim_matches(['（', '）']));
            self.say_at(Some(&step), &form, &[], &figures);
        }
    }

    /// The same as [`Self::compare`] with a reason behind it.
    fn explain(&mut self, form: &mut String, figures: &mut Vec<Stated>, subject: &str, at: &Coordinates) {
        let name = subject.rsplit('/').next().unwrap_or_default();
        let (now, prior) = (self.yuan(at), self.prior(at));
        let reason = self.reason(now, prior);
        form.push_str(&format!("{name}#，"));
        // Without a change, what the reason explains is the amount.
        let amount = Stated { reason: (now == prior).then(|| reason.to_owned()), ..self.stated(subject, at) };
        figures.push(amount);
        self.changed_by(form, figures, subject, at, Some(reason));
        form.push_str(&format!("，主要原因是{reason}"));
    }

    fn procurement_of_shanghai(&mut self) {
        let bought = self.books.procurement.clone();
        if bought.total() == 0 {
            return self.say(None, "{name}{year}年未安排政府采购预算。", &[], &[]);
        }
        let all = "政府采购预算";
        let parts = [("货物", bought.goods), ("工程", bought.works), ("服务", bought.services)];
        let mut figures = vec![Stated::amount(all, bought.total())];
        figures.extend(parts.map(|(kind, yuan)| Stated::amount(&format!("{all}/政府采购{kind}预算"), yuan)));
        let parts = parts.map(|(kind, _)| format!("政府采购{kind}预算#")).join("、");
        self.say(None, &format!("{{year}}年本{{scope}}{all}#，其中：{parts}。"), &[], &figures);
        let (medium, small) = ("面向中小企业预留政府采购项目预算", "预留给小型和微型企业的政府采购项目预算");
        let figures = [
            Stated::amount(medium, bought.reserved_medium),
            Stated::amount(&format!("{medium}/{small}"), bought.reserved_small),
        ];
        self.say(None, &format!("{{year}}年本{{scope}}{medium}金额#，其中，{small}为#。"), &[], &figures);
    }

    fn performance_of_shanghai(&mut self) {
        let projects = self.books.projects.len() as u32;
        let money = self.books.money.iter().filter(|money| money.project.is_some()).map(|money| money.yuan).sum();
        let (whole, amount) = ("编报绩效目标的项目", "项目预算资金");
        let figures = [Stated::count(whole, projects, "个"), Stated::amount(&format!("涉及{amount}"), money)];
        let form = format!("{{year}}年，本{{scope}}{whole}共#，涉及{amount}#。");
        self.say(None, &form, &[], &figures);
    }

    fn vehicles_of_shanghai(&mut self) {
        let date = format!("截至{}年8月31日，{{name}}共有", self.books.year - 1);
        self.vehicles("", &[&date, ""], 4);
        self.vehicles("安排购置/", &["{year}年{scope}预算安排购置", "{scope}预算安排购置"], 2);
    }

    /// How many vehicles there are of each kind, and how much equipment, below a limit each.
    fn vehicles(&mut self, whole: &str, [front, again]: &[&str; 2], most: u64) {
        let counts: Vec<u32> = VEHICLES.iter().map(|_| self.chance.below(most) as u32).collect();
        let count = |subject: &str, count, unit| Stated::count(&format!("{whole}{subject}"), count, unit);
        let mut figures = vec![count("车辆", counts.iter().sum(), "辆")];
        let kinds = VEHICLES.iter().zip(&counts);
        figures.extend(kinds.map(|(kind, number)| count(&format!("车辆/{kind}"), *number, "辆")));
        figures.push(count(LARGE, self.chance.below(most) as u32, "台（套）"));
        let kinds: Vec<String> = VEHICLES.iter().map(|kind| format!("{kind}#")).collect();
        self.say(None, &format!("{front}车辆#，其中：{}；{again}{LARGE}#。", kinds.join("、")), &[], &figures);
    }

    /// 项目经费情况说明 of one project.
    fn project_of_shanghai(&mut self, index: usize) {
        let Some(project) = self.books.projects.get(index) else { return };
        let unit = self.books.units.get(project.unit).map_or("", String::as_str);
        let yuan = self.books.of_project(index).iter().map(|money| money.yuan).sum();
        self.section("7", &format!("{}项目经费情况说明", project.name));
        let basis = self.chance.word(BASES);
        let uses = self.chance.word(words::USES);
        let paragraphs = [
            ("项目概述", format!("该项目由{{name}}组织开展，主要用于{uses}。")),
            ("立项依据", basis.to_owned()),
            ("实施主体", format!("{unit}。")),
            ("实施方案", "按照年度工作计划分步实施，按进度支付资金。".to_owned()),
            ("实施周期", "{year}年1月至12月。".to_owned()),
            ("年度预算安排", "{year}年度项目预算资金#。".to_owned()),
            ("绩效目标", "详见项目绩效目标表。".to_owned()),
        ];
        for (number, (heading, form)) in (1..).zip(paragraphs) {
            self.section(&format!("7.{}", ordinal(number)), heading);
            let figures =
                if form.contains('#') { vec![Stated::amount("项目预算资金", yuan)] } else { Vec::new() };
            self.say(None, &form, &[], &figures);
        }
    }
}
