//! Which characters a glyph stands for.

use std::collections::HashMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use skrifa::{FontRef, MetadataProvider};

/// Finds the characters of glyphs: as the file says, and where it does not, as the font does.
#[derive(Default)]
pub(crate) struct Unicode {
    /// By font, the character of each glyph. Built when the first glyph without a character comes.
    fonts: HashMap<u128, HashMap<u32, char>>,
}

impl Unicode {
    /// The characters of a glyph; `None` if nothing says which they are.
    pub(crate) fn text(&mut self, glyph: &Glyph<'_>) -> Option<BfString> {
        let said = glyph.as_unicode().filter(|text| match text {
            BfString::Char(character) => is_text(*character),
            BfString::String(text) => !text.is_empty() && text.chars().all(is_text),
        });
        said.or_else(|| self.by_font(glyph).map(BfString::Char))
    }

    fn by_font(&mut self, glyph: &Glyph<'_>) -> Option<char> {
        let Glyph::Outline(outline) = glyph else { return None };
        let font = outline.font_data()?;
        let characters = self.fonts.entry(font.cache_key).or_insert_with(|| {
            let bytes: &[u8] = font.data.as_ref().as_ref();
            let Ok(font) = FontRef::from_index(bytes, 0) else { return HashMap::new() };
            let mut characters = HashMap::new();
            for (code, glyph) in font.charmap().mappings() {
                if let Some(character) = char::from_u32(code).filter(|character| is_text(*character)) {
                    characters.entry(glyph.to_u32()).or_insert(character);
                }
            }
            characters
        });
        characters.get(&outline.glyph_id().to_u32()).copied()
    }
}

/// Whether a character can be text: files name none by the zero, and say of unknown ones that they are unknown.
fn is_text(character: char) -> bool {
    !matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | char::REPLACEMENT_CHARACTER)
        || matches!(character, '\t' | '\n' | '\r')
}
