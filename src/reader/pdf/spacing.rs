//! How far lines stand from each other, over the whole document.
//!
//! Most distances are those of lines within a paragraph; where paragraphs are set apart, their distances are a second
//! heap. Where the one ends and the other begins is read from the document: the best place to cut is the one above which
//! most pairs of lines look like the end of one paragraph and the beginning of another, and fewest like a sentence that
//! runs on.

use super::columns::Column;
use super::lines::Line;
use crate::clean::wording::{End, Start};
use std::collections::BTreeMap;

/// Distances that are looked at, in sizes of type: closer is a mark, farther a figure.
const LOOKED_AT: std::ops::Range<f32> = 0.7..4.0;
/// A distance, in usual ones, that parts paragraphs where the document does not show another.
const WIDE: f32 = 1.6;
/// The same in sizes of type, where too few lines show what is usual.
const VERY_WIDE: f32 = 2.4;
/// How much farther apart, in usual distances, paragraphs stand at least.
const LEAST: f32 = 1.06;
/// The least room between the two heaps, as a ratio.
const VALLEY: f32 = 1.035;
/// Places of edges are told apart in these steps. In points.
const STEP: f32 = 3.0;
/// Pairs below which a size of type shows nothing.
const FEWEST: usize = 6;

/// What is usual in the document, by size of type.
#[derive(Debug, Default)]
pub struct Spacing {
    of_size: BTreeMap<i32, Of>,
    /// Where columns end that begin at a place, with the lines that say so; places in steps.
    edges: BTreeMap<i32, BTreeMap<i32, usize>>,
    /// The size in which most of the text is set.
    pub body: f32,
}

#[derive(Debug, Clone, Copy)]
struct Of {
    usual: f32,
    wide: f32,
}

/// What a pair of lines looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A sentence that runs on.
    Within,
    /// The end of a sentence, and the beginning of another.
    Between,
    /// Neither.
    Open,
}

/// What the pair looks like, by its words.
pub fn look(above: &Line, line: &Line) -> Look {
    match (above.end, line.start) {
        (End::Open | End::Hyphen, Start::Lower) => Look::Within,
        (End::Stop | End::Colon, Start::Upper | Start::Digit | Start::Other) => Look::Between,
        _ => Look::Open,
    }
}

impl Spacing {
    /// Reads the distances of all columns.
    pub fn of<'c>(columns: impl Iterator<Item = &'c Column>) -> Spacing {
        let mut pairs: BTreeMap<i32, Vec<(f32, Look)>> = BTreeMap::new();
        let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
        let mut edges: BTreeMap<i32, BTreeMap<i32, usize>> = BTreeMap::new();
        for column in columns {
            if column.lines.len() >= FEWEST {
                *edges.entry(step(column.left)).or_default().entry(step(column.right)).or_default() +=
                    column.lines.len();
            }
            for line in &column.lines {
                *letters.entry(key(line.size)).or_default() += line.text.len();
            }
            for pair in column.lines.windows(2) {
                let distance = pair[0].y - pair[1].y;
                if pair[0].is_sized_as(&pair[1]) && LOOKED_AT.contains(&(distance / pair[1].size.max(1.0))) {
                    pairs.entry(key(pair[1].size)).or_default().push((distance, look(&pair[0], &pair[1])));
                }
            }
        }
        let body =
            letters.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size as f32 / 2.0);
        let of_size = pairs.into_iter().filter_map(|(size, pairs)| Some((size, Of::read(pairs)?))).collect();
        Spacing { of_size, edges, body }
    }

    /// Returns true if and only if the lines stand apart, as paragraphs do.
    pub fn parts(&self, above: &Line, line: &Line) -> bool {
        let distance = above.y - line.y;
        match self.near(line.size.min(above.size)) {
            Some(of) => distance > of.wide,
            None => distance > VERY_WIDE * line.size.max(above.size),
        }
    }

    /// Where a column ends: where its longest line does; of a short one, where most columns do that begin at the same
    /// place.
    pub fn right_of(&self, column: &Column) -> f32 {
        let near =
            self.edges.range(step(column.left) - 1..=step(column.left) + 1).flat_map(|(_, rights)| rights);
        let usual = near.max_by_key(|(_, lines)| **lines).map_or(f32::MIN, |(right, _)| *right as f32 * STEP);
        column.right.max(usual)
    }

    /// The usual distance of lines of this size.
    pub fn usual(&self, size: f32) -> Option<f32> {
        self.near(size).map(|of| of.usual)
    }

    /// What is known of this size, or of the next.
    fn near(&self, size: f32) -> Option<&Of> {
        [0, 1, -1].into_iter().find_map(|step| self.of_size.get(&(key(size) + step)))
    }
}

/// Sizes to half a point.
fn key(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// A place in steps.
fn step(place: f32) -> i32 {
    (place / STEP).round() as i32
}

impl Of {
    fn read(mut pairs: Vec<(f32, Look)>) -> Option<Of> {
        if pairs.len() < FEWEST {
            return None;
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Sentences that run on show it best; cells of tables that follow each other show something else.
        let of = |is_one: fn(Look) -> bool| -> Vec<f32> {
            pairs.iter().filter(|pair| is_one(pair.1)).map(|pair| pair.0).collect()
        };
        let heaps = [of(|l| l == Look::Within), of(|l| l != Look::Between), of(|_| true)];
        let usual = densest(heaps.iter().find(|heap| heap.len() >= FEWEST)?);
        Some(Of { usual, wide: best_cut(&pairs, usual).unwrap_or(WIDE * usual) })
    }
}

/// The distance about which most others are; `distances` are sorted.
fn densest(distances: &[f32]) -> f32 {
    let (mut best, mut from) = ((0, 0.0), 0);
    for (at, distance) in distances.iter().enumerate() {
        while distances[from] * 1.04 < *distance {
            from += 1;
        }
        if at + 1 - from > best.0 {
            best = (at + 1 - from, distances[from.midpoint(at)]);
        }
    }
    best.1
}

/// The distance above which pairs look most like paragraphs; `pairs` are sorted. It lies where there is room between two
/// neighbours.
fn best_cut(pairs: &[(f32, Look)], usual: f32) -> Option<f32> {
    let mut best: Option<(i64, f32)> = None;
    let mut score = 0i64;
    for at in (1..pairs.len()).rev() {
        score += match pairs[at].1 {
            Look::Between => 1,
            Look::Within => -2,
            Look::Open => 0,
        };
        let (below, above) = (pairs[at - 1].0, pairs[at].0);
        if above <= usual * LEAST {
            break;
        }
        if above < below.max(usual) * VALLEY {
            continue;
        }
        let cut = (below.max(usual) * above).sqrt();
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, cut));
        }
    }
    best.filter(|(score, _)| *score > 0).map(|(_, cut)| cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(pairs: &[(f32, Look, usize)]) -> f32 {
        let pairs =
            pairs.iter().flat_map(|(d, look, count)| std::iter::repeat_n((*d, *look), *count)).collect();
        Of::read(pairs).unwrap().wide
    }

    #[test]
    fn the_valley_between_two_heaps_parts_paragraphs() {
        let wide = cut(&[(12.6, Look::Within, 40), (12.7, Look::Between, 4), (18.6, Look::Between, 9)]);
        assert!((13.0..18.6).contains(&wide), "{wide}");
    }

    #[test]
    fn the_wider_lines_of_another_part_are_no_paragraphs() {
        // Quotations are set close, the text twice as far apart.
        let wide = cut(&[(14.0, Look::Within, 40), (28.0, Look::Within, 30), (28.0, Look::Between, 5)]);
        assert!(wide >= WIDE * 14.0, "{wide}");
        assert!(cut(&[(12.0, Look::Within, 40), (12.0, Look::Between, 5)]) == WIDE * 12.0);
    }
}
