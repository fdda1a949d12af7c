//! What a disclosure states besides budget money: staff, procurement, assets.

use crate::chance::Chance;

/// Staff (人员情况) of the department and its units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// 编制数: authorised posts
    pub posts: u32,
    /// 在职: in service
    pub serving: u32,
    /// 在职, change from last year
    pub serving_change: i32,
    /// 退休: retired
    pub retired: u32,
    /// 退休, change from last year
    pub retired_change: i32,
    /// 离休: veterans retired on full pay
    pub veterans: u32,
    /// 离休, change from last year
    pub veterans_change: i32,
}

impl Staff {
    /// 实有人数: everybody in service, retired or veteran.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.serving + self.retired + self.veterans
    }

    pub(crate) fn random(chance: &mut Chance) -> Self {
        // Nobody can be new who is not there.
        let change = |chance: &mut Chance, now: u32| {
            let growth = chance.below(u64::from(now.min(6)) + 1) as i32;
            if chance.percent(50) { growth } else { -(chance.below(6) as i32) }
        };
        let posts = chance.between(3, 400) as u32;
        let serving = chance.between(1, u64::from(posts)) as u32;
        let retired = chance.below(120) as u32;
        let veterans = if chance.percent(80) { 0 } else { chance.below(4) as u32 };
        Self {
            posts,
            serving,
            serving_change: change(chance, serving),
            retired,
            retired_change: change(chance, retired),
            veterans,
            veterans_change: change(chance, veterans),
        }
    }
}

/// Government procurement (政府采购预算), in yuan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Procurement {
    /// 货物
    pub goods: u64,
    /// 工程
    pub works: u64,
    /// 服务
    pub services: u64,
    /// 面向中小企业预留: at most the total
    pub reserved_medium: u64,
    /// 其中面向小微企业预留: at most what is reserved for small and medium enterprises
    pub reserved_small: u64,
}

impl Procurement {
    /// 政府采购预算: goods, works and services.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.goods + self.works + self.services
    }

    /// A share of what there is to spend, in yuan.
    pub(crate) fn random(chance: &mut Chance, budget: u64) -> Self {
        let part = |chance: &mut Chance| if chance.percent(25) { 0 } else { chance.below(budget / 8 + 1) };
        let (goods, works, services) = (part(chance), part(chance), part(chance));
        let reserved_medium = chance.below(goods + works + services + 1);
        let reserved_small = chance.below(reserved_medium + 1);
        Self { goods, works, services, reserved_medium, reserved_small }
    }
}

/// State-owned assets in use (国有资产占用使用情况); values in yuan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// 房屋面积 in hundredths of a square metre
    pub building_area: u64,
    /// 房屋价值
    pub building_value: u64,
    /// 车辆, by kind: 一般公务用车, 执法执勤用车, 其他车辆
    pub vehicles: Vec<Vehicles>,
    /// 办公家具价值
    pub furniture_value: u64,
    /// 其他资产价值
    pub other_value: u64,
    /// 价值50万元以上大型设备: number
    pub equipment_above_500_000: u32,
    /// 价值100万元以上大型设备: number, part of those above 500,000
    pub equipment_above_1_000_000: u32,
}

/// Vehicles of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicles {
    /// 一般公务用车 …
    pub kind: &'static str,
    /// Number of vehicles.
    pub count: u32,
    /// Their value, in yuan.
    pub value: u64,
}

impl Assets {
    pub(crate) fn random(chance: &mut Chance) -> Self {
        let vehicles = ["一般公务用车", "执法执勤用车", "其他车辆"].map(|kind| {
            let count = chance.below(5) as u32;
            Vehicles { kind, count, value: u64::from(count) * chance.between(50_000, 400_000) }
        });
        let equipment_above_500_000 = chance.below(6) as u32;
        Self {
            building_area: chance.below(3_000_000),
            building_value: chance.below(80_000_000),
            vehicles: vehicles.into(),
            furniture_value: chance.below(3_000_000),
            other_value: chance.below(40_000_000),
            equipment_above_500_000,
            equipment_above_1_000_000: chance.below(u64::from(equipment_above_500_000) + 1) as u32,
        }
    }
}
