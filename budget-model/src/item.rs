//! The chart of the “三公” expenses and what forms print beside them.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// An item of the “三公” expenditure (three public expenses), or one that forms print beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ThreePublicItem {
    /// “三公”经费合计
    All,
    /// 因公出国（境）费: travel abroad
    TravelAbroad,
    /// 公务接待费: official receptions
    Reception,
    /// 公务用车购置及运行费: official vehicles
    Vehicles,
    /// 公务用车购置费: purchase of vehicles
    VehiclePurchase,
    /// 公务用车运行费: running of vehicles
    VehicleRunning,
    /// 机关运行经费: operation of the agency, which some forms print next to the three; no part of them
    AgencyOperation,
    /// 会议费: conferences; no part of the three
    Conference,
    /// 培训费: training; no part of the three
    Training,
    /// 行政经费: administration, which some forms print next to the three; no part of them
    Administrative,
    /// “三公”经费、会议费、培训费 together: the total of forms that list the five
    AllWithMeetings,
}

words! {
    /// The word used in CSV and JSON: `travel-abroad`.
    ThreePublicItem {
        All = "all",
        TravelAbroad = "travel-abroad",
        Reception = "reception",
        Vehicles = "vehicles",
        VehiclePurchase = "vehicle-purchase",
        VehicleRunning = "vehicle-running",
        AgencyOperation = "agency-operation",
        Conference = "conference",
        Training = "training",
        Administrative = "administrative",
        AllWithMeetings = "all-with-meetings",
    }
}

impl ThreePublicItem {
    /// The official name: 公务接待费.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::All => "“三公”经费合计",
            Self::TravelAbroad => "因公出国（境）费",
            Self::Reception => "公务接待费",
            Self::Vehicles => "公务用车购置及运行费",
            Self::VehiclePurchase => "公务用车购置费",
            Self::VehicleRunning => "公务用车运行费",
            Self::AgencyOperation => "机关运行经费",
            Self::Conference => "会议费",
            Self::Training => "培训费",
            Self::Administrative => "行政经费",
            Self::AllWithMeetings => "“三公”经费、会议费、培训费",
        }
    }

    /// The items this one is the sum of.
    #[must_use]
    pub const fn parts(self) -> &'static [Self] {
        match self {
            Self::All => &[Self::TravelAbroad, Self::Reception, Self::Vehicles],
            Self::Vehicles => &[Self::VehiclePurchase, Self::VehicleRunning],
            Self::AllWithMeetings => &[Self::All, Self::Conference, Self::Training],
            _ => &[],
        }
    }
}
