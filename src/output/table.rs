//! Tables of text: columns as wide as their cells, the last one cut to the terminal.

use super::sanitise;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Lays out rows in columns two spaces apart. A cell that would run over `width` columns is cut with `…`;
/// nothing is put after the last cell of a row.
pub fn lay_out(rows: &[Vec<String>], align: &[Align], width: usize) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|r| r.iter().map(|c| sanitise(c).into_owned()).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |i: usize| rows.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        let mut used = 0;
        for (i, cell) in row.iter().enumerate() {
            let room = width.saturating_sub(used);
            let cell = cut(cell, room);
            let padding = " ".repeat(widths[i].min(room).saturating_sub(cell.width()));
            match align.get(i) {
                Some(Align::Right) => line.extend([padding.as_str(), &cell]),
                _ => line.extend([cell.as_str(), &padding]),
            }
            line.push_str("  ");
            used += widths[i] + 2;
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// `text` cut to `width` columns at a grapheme, with `…` where something was cut.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        if kept.width() + grapheme.width() + 1 > width {
            break;
        }
        kept.push_str(grapheme);
    }
    if width > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_long_cells_are_cut() {
        let rows = vec![
            vec!["KZ".into(), "9".into(), "Kazakhstan".into()],
            vec!["KGZ".into(), "12".into(), "K".into()],
        ];
        assert_eq!(lay_out(&rows, &[Align::Left, Align::Right], 14), "KZ    9  Kaza…\nKGZ  12  K\n");
        assert_eq!(cut("Казахстан", 5), "Каза…");
    }
}
