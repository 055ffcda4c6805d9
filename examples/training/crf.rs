//! Training of the linear-chain conditional random field.

use super::Example;
use ibid::bibliography::references::LABELS;
use ibid::bibliography::references::features::JOINTS;
use ibid::bibliography::references::model::{MARK, Scores};
use std::collections::BTreeMap;

/// AdaGrad's step.
const RATE: f32 = 0.1;
/// How strongly each step shrinks a weight it touches.
const DECAY: f32 = 0.01;
/// Share of the features that each step leaves out, so that none is relied on alone.
const DROP: f32 = 0.4;
/// Features seen less often are left out.
const LEAST: usize = 2;
/// What a unit of rounded weight is worth.
const UNIT: f32 = 0.04;
/// Weights of fewer units than this are dropped.
const FLOOR: f32 = 3.0;

/// Weights with AdaGrad's sums of squares.
struct Table {
    weights: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
    decay: f32,
}

impl Table {
    fn new(size: usize) -> Table {
        Table { weights: vec![0.0; size], squares: vec![1e-3; size], rate: RATE, decay: DECAY }
    }

    fn change(&mut self, at: usize, gradient: f32) {
        let gradient = gradient - self.decay * self.weights[at];
        self.squares[at] += gradient * gradient;
        self.weights[at] += self.rate * gradient / self.squares[at].sqrt();
    }
}

/// All weights under training.
struct Weights {
    emissions: Table,
    transitions: Table,
    joints: Table,
}

impl Weights {
    fn tables(&mut self) -> [&mut Table; 3] {
        [&mut self.emissions, &mut self.transitions, &mut self.joints]
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.emissions.weights[row * LABELS..(row + 1) * LABELS]
    }

    fn emit(&self, rows: &[usize]) -> Scores {
        let mut scores = [0.0; LABELS];
        for row in rows {
            for (score, weight) in scores.iter_mut().zip(self.row(*row)) {
                *score += weight;
            }
        }
        scores
    }

    /// The weights of all pairs of labels over a joint.
    fn steps(&self, joint: usize) -> Vec<f32> {
        let pair = |i: usize| {
            let (from, to) = (i / LABELS, i % LABELS);
            self.transitions.weights[i] + self.joints.weights[joint_at(joint, from, to)]
        };
        (0..LABELS * LABELS).map(pair).collect()
    }
}

fn joint_at(joint: usize, from: usize, to: usize) -> usize {
    (joint * 2 + usize::from(from != to)) * LABELS + to
}

/// Trains on the examples and gives the weights as the file that `Model::read` reads.
pub fn train(examples: &[&Example], epochs: usize) -> Vec<u8> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in examples.iter().flat_map(|e| e.features.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    counts.retain(|_, count| *count >= LEAST);
    let rows: BTreeMap<u32, usize> =
        counts.keys().enumerate().map(|(row, feature)| (*feature, row)).collect();
    let of_token = |token: &Vec<u32>| token.iter().filter_map(|f| rows.get(f).copied()).collect::<Vec<_>>();
    let indexed: Vec<Vec<Vec<usize>>> =
        examples.iter().map(|e| e.features.iter().map(of_token).collect()).collect();
    let mut weights = Weights {
        emissions: Table::new(rows.len() * LABELS),
        transitions: Table::new(LABELS * LABELS),
        joints: Table::new(JOINTS * 2 * LABELS),
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(12345);
    let mut average = Average::default();
    for epoch in 0..epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, random.next() as usize % (i + 1));
        }
        let rate = RATE / (1.0 + 4.0 * epoch as f32 / epochs as f32);
        weights.tables().into_iter().for_each(|table| table.rate = rate);
        for &k in &order {
            let keep = |rows: &Vec<usize>| rows.iter().copied().filter(|_| random.share() >= DROP).collect();
            let kept: Vec<Vec<usize>> = indexed[k].iter().map(keep).collect();
            learn(examples[k], &kept, &mut weights);
        }
        if epoch * 2 >= epochs {
            average.add(&mut weights);
        }
    }
    average.put(&mut weights);
    // All features speak at once from here on, of which training heard a part at a time.
    weights.emissions.weights.iter_mut().for_each(|weight| *weight *= 1.0 - DROP);
    encode(&rows, &weights)
}

/// A linear congruential generator (Knuth's MMIX constants): the training is the same each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    /// Between 0 and 1.
    fn share(&mut self) -> f32 {
        self.next() as f32 / (1u64 << 31) as f32
    }
}

/// The mean of the weights over the later epochs.
#[derive(Default)]
struct Average {
    sums: [Vec<f32>; 3],
    count: f32,
}

impl Average {
    fn add(&mut self, weights: &mut Weights) {
        self.count += 1.0;
        for (sum, table) in self.sums.iter_mut().zip(weights.tables()) {
            sum.resize(table.weights.len(), 0.0);
            sum.iter_mut().zip(&table.weights).for_each(|(sum, weight)| *sum += weight);
        }
    }

    fn put(&self, weights: &mut Weights) {
        for (sum, table) in self.sums.iter().zip(weights.tables()) {
            table.weights = sum.iter().map(|sum| sum / self.count).collect();
        }
    }
}

/// One step along the gradient of an entry's log-likelihood.
fn learn(example: &Example, rows: &[Vec<usize>], weights: &mut Weights) {
    let n = example.labels.len();
    let scores: Vec<Scores> = rows.iter().map(|rows| weights.emit(rows)).collect();
    let steps: Vec<Vec<f32>> = example.joints.iter().map(|joint| weights.steps(*joint)).collect();
    let (alpha, beta) = (forward(&scores, &steps), backward(&scores, &steps));
    let all = log_sum(&alpha[n - 1]);
    for i in 0..n {
        for label in 0..LABELS {
            let gold = f32::from(u8::from(example.labels[i] == label));
            let gradient = gold - (alpha[i][label] + beta[i][label] - all).exp();
            if gradient.abs() >= 1e-3 {
                rows[i].iter().for_each(|row| weights.emissions.change(row * LABELS + label, gradient));
            }
        }
        if i == 0 {
            continue;
        }
        for (pair, step) in steps[i - 1].iter().enumerate() {
            let (from, to) = (pair / LABELS, pair % LABELS);
            let gold = f32::from(u8::from(example.labels[i - 1] == from && example.labels[i] == to));
            let score = alpha[i - 1][from] + step + scores[i][to] + beta[i][to] - all;
            let gradient = gold - score.exp();
            if gradient.abs() >= 1e-3 {
                weights.transitions.change(pair, gradient);
                weights.joints.change(joint_at(example.joints[i - 1], from, to), gradient);
            }
        }
    }
}

fn log_sum(values: &Scores) -> f32 {
    let top = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    top + values.iter().map(|v| (v - top).exp()).sum::<f32>().ln()
}

/// For each token and label the log of the weight of all labellings up to it.
fn forward(scores: &[Scores], steps: &[Vec<f32>]) -> Vec<Scores> {
    let mut alpha = vec![scores[0]];
    for (step, own) in steps.iter().zip(&scores[1..]) {
        let before = alpha[alpha.len() - 1];
        let mut next = [0.0; LABELS];
        for (to, next) in next.iter_mut().enumerate() {
            let mut sums = [0.0; LABELS];
            for (from, sum) in sums.iter_mut().enumerate() {
                *sum = before[from] + step[from * LABELS + to];
            }
            *next = log_sum(&sums) + own[to];
        }
        alpha.push(next);
    }
    alpha
}

/// The same for all labellings behind it.
fn backward(scores: &[Scores], steps: &[Vec<f32>]) -> Vec<Scores> {
    let mut beta = vec![[0.0; LABELS]; scores.len()];
    for i in (0..steps.len()).rev() {
        for from in 0..LABELS {
            let mut sums = [0.0; LABELS];
            for (to, sum) in sums.iter_mut().enumerate() {
                *sum = steps[i][from * LABELS + to] + scores[i + 1][to] + beta[i + 1][to];
            }
            beta[i][from] = log_sum(&sums);
        }
    }
    beta
}

/// Rounds the weights and writes them in the form that `model.rs` describes.
fn encode(rows: &BTreeMap<u32, usize>, weights: &Weights) -> Vec<u8> {
    let round = |weight: f32| (weight / UNIT).round().clamp(-127.0, 127.0) as i8;
    let mut bytes = MARK.to_vec();
    bytes.extend(UNIT.to_le_bytes());
    let tables = weights.transitions.weights.iter().chain(&weights.joints.weights);
    bytes.extend(tables.flat_map(|weight| round(*weight).to_le_bytes()));
    let mut last = 0u32;
    for (feature, row) in rows {
        let units: Vec<i8> = weights.row(*row).iter().map(|w| round(*w)).collect();
        let kept = |unit: &i8| f32::from(unit.unsigned_abs()) >= FLOOR;
        let mask = units.iter().enumerate().fold(0u32, |m, (i, u)| m | u32::from(kept(u)) << i);
        if mask == 0 {
            continue;
        }
        bytes.extend((feature - last).to_le_bytes());
        last = *feature;
        bytes.extend(&mask.to_le_bytes()[..3]);
        bytes.extend(units.iter().filter(|u| kept(u)).flat_map(|u| u.to_le_bytes()));
    }
    bytes
}
