use budget_parse_text::read_text;
fn main(){ for a in std::env::args().skip(1){ let b=std::fs::read(&a).unwrap();
 match read_text(&b){ Err(e)=>println!("ERR {e}"), Ok(d)=>{
 println!("## {a} {:?} {:?} {} {:?}", d.entity.map(|e|e.text), d.year, d.layout, d.scope);
 for t in &d.tables { println!("== {} {:?} {} rows {} figs {} amb {} empty {:?} notes {:?} unit {:?}", t.kind.as_str(), t.number.as_ref().map(|n|&n.text), t.title.text, t.rows.len(), t.figure_count(), t.ambiguous_count(), t.declared_empty.as_ref().map(|l|&l.text), t.notes.iter().map(|n|&n.text).collect::<Vec<_>>(), t.compiler.as_ref().map(|l|&l.text));
  if std::env::var("V").is_ok() { for (i,r) in t.rows.iter().enumerate() { print!("  {i} {:?} {:?} {} [{}] up{:?} {:?}:", r.side, r.role, r.code.map(|c|c.to_string()).unwrap_or_default(), r.label.text, r.part_of, r.project.as_ref().map(|p|&p.text)); for c in &r.cells { print!(" {}={}{}", t.columns[c.column as usize].label, c.amount.value, match &c.placement { budget_model::Placement::Inferred{by}=>format!("/{}",by.as_str()), budget_model::Placement::Printed=>"".into(), budget_model::Placement::Ambiguous{candidates}=>format!("?{candidates:?}")}); } println!(); } } }
 for d in &d.diagnostics { println!("  ! {} {:?}", d, d.places.first()); }
 println!("ledger {}/{} numbers {}/{} unread {}", d.ledger.characters_read, d.ledger.characters, d.ledger.numbers_read, d.ledger.numbers, d.ledger.unread.len());
 }}}}
