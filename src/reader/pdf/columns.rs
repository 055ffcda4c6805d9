//! The columns of a page: lines that stand one below the other.

use super::lines::Line;

/// How near the end of another line is to that of the longest, in sizes of type.
const NEAR: f32 = 2.0;
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
    /// It is what stands at the edge of several pages.
    pub is_edge: bool,
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
        let right = edge(&lines);
        let left = usual(lines.iter().map(|line| line.left).collect(), SAME_PLACE);
        Column { lines, left, right, is_edge: false }
    }
}

/// Where the longest line ends, of those in the usual size, and not alone.
fn edge(lines: &[Line]) -> f32 {
    let usual = usual(lines.iter().map(|line| line.size).collect(), 0.5);
    let mut ends: Vec<f32> =
        lines.iter().filter(|line| (line.size - usual).abs() <= 1.0).map(|line| line.right).collect();
    ends.sort_by(|a, b| b.total_cmp(a));
    let near = ends.windows(2).find(|pair| pair[0] - pair[1] <= NEAR * usual).map(|pair| pair[0]);
    near.or(ends.first().copied()).unwrap_or(f32::MIN)
}

/// The place that most are near; of several, the least.
fn usual(mut places: Vec<f32>, same: f32) -> f32 {
    places.sort_by(f32::total_cmp);
    let (mut best, mut from) = ((0, 0.0), 0);
    for (at, place) in places.iter().enumerate() {
        while place - places[from] > same {
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
        assert_eq!(usual(vec![72.0, 108.0, 72.2, 72.1, 108.0], 2.0), 72.0);
        assert_eq!(usual(vec![], 2.0), 0.0);
    }
}
