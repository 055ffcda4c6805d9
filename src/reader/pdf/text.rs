//! The text of a line or a paragraph: what its runs mean together.

use crate::clean::superscript::superscript;
use std::collections::HashMap;
use unpdf::InlineContent;
use unpdf::parser::{TextLine, TextSpan};

/// The rise, as a share of the size of its line, from which a number is set high; that from which it belongs to another
/// line; and the size from which it is one of the text.
const LEAST_RISE: f32 = 1.0 / 7.0;
const MOST_RISE: f32 = 0.6;
const FULL_SIZE: f32 = 0.9;
/// How far a text that is drawn twice stands from itself, in sizes of its type.
const OVERPRINT: f32 = 0.1;

/// The text of a line, with the marks of footnotes as superscripts. A soft hyphen stays at its end only.
pub fn line_text(line: &TextLine) -> String {
    let base = baseline(line);
    let has_mark = line.spans.iter().any(|span| is_raised_mark(span, base, line.font_size));
    let text = if has_mark {
        let mut line = line.clone();
        let size = line.font_size;
        for span in line.spans.iter_mut().filter(|span| is_raised_mark(span, base, size)) {
            span.text = span.text.chars().map(superscript).collect();
        }
        line.text()
    } else {
        line.text()
    };
    let text = text.trim();
    match text.strip_suffix('\u{AD}') {
        Some(whole) => whole.replace('\u{AD}', "") + "\u{AD}",
        None => text.replace('\u{AD}', ""),
    }
}

/// Returns true if and only if the line begins with a mark set high, as a note does.
pub fn begins_with_mark(line: &TextLine) -> bool {
    let base = baseline(line);
    let first = line.spans.iter().find(|span| !span.text.trim().is_empty());
    first.is_some_and(|span| {
        is_raised_mark(span, base, line.font_size)
            || span.text.trim().starts_with(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
    })
}

/// Marks set high in the same type as their words, which the library takes for words of another line: they are put
/// down and become superscripts.
pub fn put_down_marks(spans: &mut [TextSpan]) {
    for at in 0..spans.len() {
        if !is_mark(&spans[at].text) {
            continue;
        }
        let mark = &spans[at];
        let stands_at = |word: &&TextSpan, gap: f32| {
            let size = word.font_size.max(1.0);
            gap.abs() < 0.3 * size
                && (FULL_SIZE..1.1).contains(&(mark.font_size / size))
                && !word.is_rotated()
                && is_raised_mark(mark, word.y, size)
        };
        let before = at.checked_sub(1).and_then(|i| spans.get(i));
        let behind = spans.get(at + 1);
        let base = before
            .filter(|word| stands_at(word, mark.x - word.x - word.width))
            .or(behind.filter(|word| {
                // A note, not a sum.
                let begins =
                    word.text.starts_with(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '“');
                begins && stands_at(word, word.x - mark.x - mark.width)
            }))
            .map(|word| word.y);
        if let Some(base) = base {
            let mark = &mut spans[at];
            mark.text = mark.text.trim_end().chars().map(superscript).collect();
            mark.y = base;
        }
    }
}

/// Puts marks that the library has set as lines of their own into the lines that they belong to.
pub fn attach_marks(lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut attached: Vec<TextLine> = Vec::with_capacity(lines.len());
    let mut loose: Option<TextLine> = None;
    for line in lines {
        let line = match loose.take() {
            Some(mark) if belongs_to(&mark, &line) => with_mark(line, mark),
            Some(mark) => {
                // A mark may come behind its line, too.
                match attached.pop_if(|above| belongs_to(&mark, above)) {
                    Some(above) => attached.push(with_mark(above, mark)),
                    None => attached.push(mark),
                }
                line
            }
            None => line,
        };
        let is_loose = line.spans.iter().all(|span| is_mark(&span.text) && !span.is_rotated());
        match is_loose {
            true => loose = Some(line),
            false => attached.push(line),
        }
    }
    attached.extend(loose);
    attached
}

/// Returns true if and only if the mark is set smaller than the line, and high beside or within it.
fn belongs_to(mark: &TextLine, line: &TextLine) -> bool {
    let size = line.font_size.max(1.0);
    let right = line.spans.iter().map(|span| span.x + span.width).fold(line.x, f32::max);
    mark.font_size < FULL_SIZE * size
        && (LEAST_RISE..=MOST_RISE).contains(&((mark.y - baseline(line)) / size))
        && (line.x - 2.0 * size..right + size).contains(&mark.x)
}

fn with_mark(line: TextLine, mark: TextLine) -> TextLine {
    let TextLine { y, is_heading, heading_level, font_size, .. } = line;
    let whole = TextLine::from_spans(line.spans.into_iter().chain(mark.spans).collect());
    TextLine { y, is_heading, heading_level, font_size, ..whole }
}

/// Drops what is drawn a second time in nearly the same place, as some programs make bold letters.
pub fn drop_overprints(spans: &mut Vec<TextSpan>) {
    let mut drawn: HashMap<(String, i32), Vec<(f32, f32)>> = HashMap::new();
    spans.retain(|span| {
        if span.text.trim().is_empty() {
            return true;
        }
        let near = OVERPRINT * span.font_size.abs();
        // The height in whole points: what stands on the border of two is found in neither, and kept.
        let places = drawn.entry((span.text.clone(), span.y.round() as i32)).or_default();
        let again = places.iter().any(|(x, y)| (x - span.x).abs() < near && (y - span.y).abs() < near);
        places.push((span.x, span.y));
        !again
    });
}

/// The height on which most of the line stands.
fn baseline(line: &TextLine) -> f32 {
    let of_full_size =
        line.spans.iter().filter(|s| !s.is_rotated() && s.font_size > line.font_size * FULL_SIZE);
    of_full_size.max_by_key(|s| s.text.trim().chars().count()).map_or(line.y, |s| s.y)
}

/// A number that stands above the line it belongs to.
fn is_raised_mark(span: &TextSpan, base: f32, size: f32) -> bool {
    let rise = (span.y - base) / size.max(1.0);
    !span.is_rotated() && (LEAST_RISE..=MOST_RISE).contains(&rise) && is_mark(&span.text)
}

/// The text of a paragraph of the library's own reading, with the marks of footnotes set as superscripts so that they
/// are not glued to the word.
pub fn paragraph_text(content: &[InlineContent]) -> String {
    let mut text = String::new();
    for piece in content {
        match piece {
            InlineContent::Text(run) if run.style.superscript && is_mark(&run.text) => {
                text.extend(run.text.trim().chars().map(superscript));
                if run.text.ends_with(' ') {
                    text.push(' ');
                }
            }
            InlineContent::Text(run) => text.push_str(&run.text),
            // A mark often leads to its note.
            InlineContent::Link { text: label, style, .. } if style.superscript && is_mark(label) => {
                text.extend(label.trim().chars().map(superscript));
            }
            InlineContent::Link { text: label, .. } => text.push_str(label),
            InlineContent::LineBreak => text.push('\n'),
            InlineContent::Image { .. } => {}
        }
    }
    text
}

fn is_mark(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}
