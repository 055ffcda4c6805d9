//! The columns of a page: lines that stand one below the other.

use super::lines::Line;

/// Places that are one. In points.
const SAME_PLACE: f32 = 2.0;

/// A stretch of lines of a page, each below the one before.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its lines, from the top.
    pub lines: Vec<Line>,
    /// Where most of its lines begin. In points.
    pub left: f32,
    /// Where its longest line ends.
    pub right: f32,
}

/// Parts lines in reading order where they go up again, or aside.
pub fn of(lines: Vec<Line>) -> Vec<Column> {
    let mut columns: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match columns.last_mut() {
            Some(column) if column.last().is_some_and(|above| is_below(above, &line)) => column.push(line),
            _ => columns.push(vec![line]),
        }
    }
    columns.into_iter().map(Column::new).collect()
}

fn is_below(above: &Line, line: &Line) -> bool {
    above.is_rotated() == line.is_rotated()
        && !line.is_rotated()
        && line.y < above.y + 0.3 * line.size
        && line.left < above.right
        && above.left < line.right
}

impl Column {
    /// A column of these lines.
    pub fn new(lines: Vec<Line>) -> Column {
        let right = lines.iter().map(|line| line.right).fold(f32::MIN, f32::max);
        let left = usual(lines.iter().map(|line| line.left).collect());
        Column { lines, left, right }
    }
}

/// The place at which most lines begin; of several, the leftmost.
fn usual(mut places: Vec<f32>) -> f32 {
    places.sort_by(f32::total_cmp);
    let (mut best, mut from) = ((0, 0.0), 0);
    for (at, place) in places.iter().enumerate() {
        while place - places[from] > SAME_PLACE {
            from += 1;
        }
        let count = at + 1 - from;
        if count > best.0 {
            best = (count, places[from]);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_left_edge_is_where_most_lines_begin() {
        assert_eq!(usual(vec![72.0, 108.0, 72.2, 72.1, 108.0]), 72.0);
        assert_eq!(usual(vec![]), 0.0);
    }
}
