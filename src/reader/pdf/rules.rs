//! The rules drawn on a page: whether some of them can bound a table.
//!
//! Two horizontal rules that begin and end at the same places, one above the other, with text in columns between them,
//! are what a ruled table has at least. Where there are none, a page needs no looking for ruled tables.

use unpdf::parser::TextSpan;
use unpdf::parser::backend::{ContentOp, PdfValue, get_number_from_value};

/// A shorter rule underlines a word. In points.
const SHORTEST: f32 = 30.0;
/// How far the ends of two rules of a table may differ. In points.
const TOLERANCE: f32 = 4.0;
/// A filled shape that is no thicker is a rule. In points.
const THICKEST: f32 = 3.5;
/// Rules beyond which a page is a drawing, or a table.
const MOST: usize = 300;
/// A gap between two texts of a line that is wider stands between cells. In sizes of the text.
const CELL_GAP: f32 = 0.7;
/// Words of a cell that is a line of text.
const MANY_WORDS: usize = 7;

/// The horizontal rules of a page.
#[derive(Debug, Default)]
pub struct Rules {
    /// Left and right end, and height.
    found: Vec<(f32, f32, f32)>,
}

type Matrix = [f32; 6];
type Point = (f32, f32);

impl Rules {
    /// Adds the rules that a content stream draws.
    pub fn add(&mut self, operations: &[ContentOp]) {
        let mut pen = Pen {
            matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            saved: Vec::new(),
            at: None,
            start: None,
            path: Vec::new(),
        };
        for operation in operations {
            if self.found.len() > MOST {
                return;
            }
            match operation.operator.as_str() {
                "S" | "s" | "B" | "B*" | "b" | "b*" => {
                    pen.path.drain(..).flatten().for_each(|side| self.put(side));
                }
                "f" | "F" | "f*" => {
                    pen.path
                        .drain(..)
                        .filter(|shape| is_thin(shape))
                        .flatten()
                        .for_each(|side| self.put(side));
                }
                "n" => pen.path.clear(),
                _ => pen.take(operation),
            }
        }
    }

    fn put(&mut self, (from, to): (Point, Point)) {
        if (from.1 - to.1).abs() <= 1.0 && (from.0 - to.0).abs() >= SHORTEST {
            self.found.push((from.0.min(to.0), from.0.max(to.0), from.1.midpoint(to.1)));
        }
    }

    /// Returns true if and only if some of the rules can be of a table, given the texts of the page.
    pub fn may_bound_a_table(&self, texts: &[TextSpan]) -> bool {
        self.found.len() > MOST || self.bands().iter().any(|band| is_tabular(&band.rows(texts)))
    }

    /// What lies between two neighbouring rules of one width.
    fn bands(&self) -> Vec<Band> {
        let mut rules = self.found.clone();
        rules.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut bands = Vec::new();
        for (i, (left, right, top)) in rules.iter().enumerate() {
            let of_one_table =
                |b: &&(f32, f32, f32)| (left - b.0).abs() <= TOLERANCE && (right - b.1).abs() <= TOLERANCE;
            let below = rules[i + 1..].iter().filter(|rule| top - rule.2 > 1.0).find(of_one_table);
            bands.extend(below.map(|rule| Band { left: *left, right: *right, top: *top, bottom: rule.2 }));
        }
        bands
    }
}

struct Band {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Band {
    /// The lines of text within, each from left to right.
    fn rows<'t>(&self, texts: &'t [TextSpan]) -> Vec<Vec<&'t TextSpan>> {
        let within = |text: &&TextSpan| {
            let middle = text.x + text.width / 2.0;
            (self.bottom..self.top).contains(&text.y)
                && (self.left - TOLERANCE..=self.right + TOLERANCE).contains(&middle)
                && !text.text.trim().is_empty()
        };
        let mut within: Vec<&TextSpan> = texts.iter().filter(within).collect();
        within.sort_by(|a, b| b.y.total_cmp(&a.y));
        let mut rows: Vec<Vec<&TextSpan>> = Vec::new();
        for text in within {
            match rows.last_mut() {
                Some(row) if row.first().is_some_and(|first| first.y - text.y <= text.font_size / 2.0) => {
                    row.push(text)
                }
                _ => rows.push(vec![text]),
            }
        }
        rows.iter_mut().for_each(|row| row.sort_by(|a, b| a.x.total_cmp(&b.x)));
        rows
    }
}

/// Returns true if and only if the lines have cells, and most of these are no lines of text.
fn is_tabular(rows: &[Vec<&TextSpan>]) -> bool {
    let (mut cells, mut long, mut gaps) = (0, 0, 0);
    for row in rows {
        let (mut words, mut end) = (0, f32::MAX);
        for text in row {
            if text.x - end >= CELL_GAP * text.font_size {
                gaps += 1;
                cells += 1;
                long += usize::from(words >= MANY_WORDS);
                words = 0;
            }
            words += text.text.split_whitespace().count();
            end = text.x + text.ink_width.unwrap_or(text.width);
        }
        cells += 1;
        long += usize::from(words >= MANY_WORDS);
    }
    gaps > 0 && long * 2 <= cells
}

/// Where the pen stands, and what it has drawn but not yet painted.
struct Pen {
    matrix: Matrix,
    saved: Vec<Matrix>,
    at: Option<Point>,
    start: Option<Point>,
    path: Vec<Vec<(Point, Point)>>,
}

impl Pen {
    fn take(&mut self, operation: &ContentOp) {
        let number = |i: usize| {
            operation.operands.get(i).and_then(|v: &PdfValue| get_number_from_value(v)).unwrap_or(0.0)
        };
        match operation.operator.as_str() {
            "q" if self.saved.len() < 1000 => self.saved.push(self.matrix),
            "Q" => self.matrix = self.saved.pop().unwrap_or(self.matrix),
            "cm" => self.matrix = product(&[0, 1, 2, 3, 4, 5].map(number), &self.matrix),
            "m" => {
                self.at = Some(self.place(number(0), number(1)));
                self.start = self.at;
                self.path.push(Vec::new());
            }
            "l" => self.draw_to(self.place(number(0), number(1))),
            "h" => {
                if let Some(start) = self.start {
                    self.draw_to(start);
                }
            }
            "c" => self.at = Some(self.place(number(4), number(5))),
            "v" | "y" => self.at = Some(self.place(number(2), number(3))),
            "re" => {
                let (x, y, width, height) = (number(0), number(1), number(2), number(3));
                let corner = |right: f32, up: f32| self.place(x + right, y + up);
                let corners =
                    [corner(0.0, 0.0), corner(width, 0.0), corner(width, height), corner(0.0, height)];
                self.at = Some(corners[0]);
                self.start = self.at;
                self.path.push((0..4).map(|i| (corners[i], corners[(i + 1) % 4])).collect());
            }
            _ => {}
        }
    }

    fn draw_to(&mut self, to: Point) {
        if let (Some(from), Some(shape)) = (self.at, self.path.last_mut()) {
            shape.push((from, to));
        }
        self.at = Some(to);
    }

    fn place(&self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f] = self.matrix;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// ISO 32000-1, 8.3.4: the new matrix is applied first.
fn product(new: &Matrix, old: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *new;
    let [p, q, r, s, t, u] = *old;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

fn is_thin(shape: &[(Point, Point)]) -> bool {
    let extent = |of: fn(&Point) -> f32| {
        let ends = || shape.iter().flat_map(|(from, to)| [from, to]).map(of);
        ends().fold(f32::MIN, f32::max) - ends().fold(f32::MAX, f32::min)
    };
    extent(|p| p.0).min(extent(|p| p.1)) <= THICKEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use unpdf::parser::raw::content::parse_content_stream;

    /// A line of text at that height: cells with a gap between them.
    fn line(y: f32, cells: &[&str]) -> Vec<TextSpan> {
        let cell = |(x, text): (f32, &&str)| TextSpan {
            width: text.len() as f32 * 5.0,
            ..TextSpan::new((*text).to_owned(), x, y, 10.0, String::new())
        };
        [80.0, 250.0, 400.0].into_iter().zip(cells).map(cell).collect()
    }

    fn bounds_a_table(content: &str, texts: &[TextSpan]) -> bool {
        let mut rules = Rules::default();
        rules.add(&parse_content_stream(content.as_bytes()).unwrap());
        rules.may_bound_a_table(texts)
    }

    #[test]
    fn cells_between_two_rules_of_one_width_may_be_a_table() {
        let texts = [line(560.0, &["Year", "Grain", "Oil"]), line(540.0, &["2020", "7.5", "3"])].concat();
        let is_table = |content: &str| bounds_a_table(content, &texts);
        assert!(is_table("72 600 m 540 600 l S 72 500 m 540 500 l S"));
        assert!(is_table("72 600 468 0.5 re f 72 500 468 0.5 re f"));
        assert!(is_table("q 1 0 0 1 72 600 cm 0 0 m 468 0 l S Q q 2 0 0 1 72 500 cm 0 0 m 234 0 l S Q"));
        assert!(is_table("72 500 468 100 re S"));
        // A rule above and one below, of different widths; an underlined word twice; a shaded area; a clip; a bar.
        assert!(!is_table("72 500 m 200 500 l S 72 600 m 540 600 l S"));
        assert!(!is_table("72 600 m 92 600 l S 72 500 m 92 500 l S"));
        assert!(!is_table("72 500 400 100 re f"));
        assert!(!is_table("72 500 400 100 re W n"));
        assert!(!is_table("72 550 400 3 re f"));
    }

    #[test]
    fn text_between_two_rules_is_none() {
        let rules = "72 750 m 540 750 l S 72 50 m 540 50 l S";
        let text = "The ministers met in Minsk and spoke of transit and of trade.";
        assert!(!bounds_a_table(rules, &line(500.0, &[text])));
        assert!(!bounds_a_table(rules, &[line(500.0, &[text]), line(480.0, &["", text])].concat()));
        assert!(!bounds_a_table(rules, &[]));
    }
}
