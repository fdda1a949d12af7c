//! stub
use budget_model::{Dimensions, TableKind};
pub(crate) struct Lexicon;
pub(crate) struct Title { pub(crate) kind: TableKind, pub(crate) dimensions: Dimensions }
impl Lexicon {
    pub(crate) fn built_in() -> &'static Self { &Self }
    pub(crate) fn title(&self, text: &str) -> Option<Title> {
        let t = crate::text::fold(text);
        if t.contains(['。', ';', ',', ':']) { return None; }
        let ok = ["收支","收入","支出","三公","采购","经费","基金","国有资本","结转","购买服务","运转","绩效","目标","指标","自评","目录","明细","情况","一览"].iter().any(|w| t.contains(w));
        ok.then_some(Title { kind: TableKind::Other, dimensions: Dimensions::default() })
    }
    pub(crate) fn is_header_word(&self, leaf: &str) -> bool {
        ["支出","收入","经费","合计","小计","总计","预算数","金额","总额","拨款","资金","基金","预算","科目编码","科目名称","项目"].iter().any(|w| leaf.contains(w))
    }
    pub(crate) fn is_name_word(&self, leaf: &str) -> bool {
        let amount = ["支出","收入","经费","计","数","金额","总额","拨款","资金","基金","预算","费","结转","结余","财政","公用","人员","债务","补助","补贴","采购","经营","上缴"].iter().any(|w| leaf.contains(w));
        let label = leaf.contains("名称") || leaf.contains("科目") || leaf == "项目" || leaf.contains("用途") || leaf.ends_with("单位") || leaf.contains("品目") || leaf.contains("分类") || leaf.contains("类型") || leaf.contains("类别");
        label || !amount
    }
}
