//! A linear-chain model over the tokens of an entry: a weight for each pair of feature and label, for each pair
//! of labels, and for staying with a label or going over to it at each sort of joint between two tokens. The
//! best labelling is found by Viterbi's algorithm.
//!
//! The weights are a file of bytes, all integers little-endian: the mark `ibid-ref1`; a 32-bit float, what one
//! unit of weight is worth; one signed byte for each pair of labels, then for each joint, stay or go, and label;
//! then to the end of the file for each feature, ascending by hash: its 32-bit hash less that of the one before,
//! three bytes with a bit for each label that has a weight, and those weights as signed bytes.

use super::features::{self, JOINTS};
use super::label::{LABELS, Label};
use super::token::Token;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The first bytes of a file of weights.
pub const MARK: &[u8; 9] = b"ibid-ref1";

/// Scores of all labels.
pub type Scores = [f32; LABELS];

/// Passes a hash on as it is: features are hashes already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, hash: u32) {
        // The table takes its control bits from the top, FNV is best at the bottom.
        self.0 = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Weights, as trained.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Feature hash to the first and the end of its cells.
    rows: HashMap<u32, (u32, u32), BuildHasherDefault<Ready>>,
    /// Labels and weights.
    cells: Vec<(u8, i8)>,
    /// `[from * LABELS + to]`.
    transitions: Vec<f32>,
    /// `[(joint * 2 + (same label ? 0 : 1)) * LABELS + to]`.
    joints: Vec<f32>,
    unit: f32,
}

/// Takes `count` bytes off the front.
fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (front, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(front)
}

impl Model {
    /// Reads weights in the form described at the top of this module; `None` when they are in another form.
    pub fn read(mut bytes: &[u8]) -> Option<Model> {
        let bytes = &mut bytes;
        (take(bytes, MARK.len())? == MARK).then_some(())?;
        let unit = f32::from_le_bytes(take(bytes, 4)?.try_into().ok()?);
        let weights =
            |bytes: &[u8]| bytes.iter().map(|b| f32::from(i8::from_le_bytes([*b])) * unit).collect();
        let transitions = weights(take(bytes, LABELS * LABELS)?);
        let joints = weights(take(bytes, JOINTS * 2 * LABELS)?);
        let mut model = Model { transitions, joints, unit, ..Model::default() };
        let mut hash = 0u32;
        while !bytes.is_empty() {
            hash = hash.wrapping_add(u32::from_le_bytes(take(bytes, 4)?.try_into().ok()?));
            let mask = take(bytes, 3)?;
            let first = u32::try_from(model.cells.len()).ok()?;
            for label in 0..LABELS {
                if mask.get(label / 8)? >> (label % 8) & 1 == 1 {
                    let weight = i8::from_le_bytes([*take(bytes, 1)?.first()?]);
                    model.cells.push((u8::try_from(label).ok()?, weight));
                }
            }
            model.rows.insert(hash, (first, u32::try_from(model.cells.len()).ok()?));
        }
        Some(model)
    }

    /// Sum of the weights of a token's features.
    fn emit(&self, features: &features::Features) -> Scores {
        let mut sums = [0i32; LABELS];
        for (first, end) in features.iter().filter_map(|f| self.rows.get(f)) {
            for (label, weight) in self.cells.get(*first as usize..*end as usize).unwrap_or_default() {
                if let Some(sum) = sums.get_mut(usize::from(*label)) {
                    *sum += i32::from(*weight);
                }
            }
        }
        sums.map(|sum| sum as f32 * self.unit)
    }

    /// The best labels for the tokens of an entry, one each.
    pub fn label(&self, tokens: &[Token<'_>]) -> Vec<Label> {
        if self.transitions.len() < LABELS * LABELS || self.joints.len() < JOINTS * 2 * LABELS {
            return vec![Label::Other; tokens.len()];
        }
        let mut emissions = features::extract(tokens).into_iter().map(|f| self.emit(&f));
        let Some(mut best) = emissions.next() else { return Vec::new() };
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(tokens.len());
        for (pair, own) in tokens.windows(2).zip(emissions) {
            let joint = features::joint(&pair[0], &pair[1]) * 2 * LABELS;
            let mut next = [f32::NEG_INFINITY; LABELS];
            let mut from = [0u8; LABELS];
            for to in 0..LABELS {
                let (stay, go) = (self.joints[joint + to], self.joints[joint + LABELS + to]);
                for (label, score) in best.iter().enumerate() {
                    let joint = if label == to { stay } else { go };
                    let score = score + self.transitions[label * LABELS + to] + joint;
                    if score > next[to] {
                        next[to] = score;
                        from[to] = label as u8;
                    }
                }
                next[to] += own[to];
            }
            best = next;
            back.push(from);
        }
        let mut at = (1..LABELS).fold(0, |top, i| if best[i] > best[top] { i } else { top });
        let mut labels = vec![Label::ALL[at]];
        for from in back.iter().rev() {
            at = usize::from(from[at]);
            labels.push(Label::ALL[at]);
        }
        labels.reverse();
        labels
    }
}
