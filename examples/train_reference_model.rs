//! Trains the model that reads reference entries.
//!
//! ```text
//! cargo run --release --example train_reference_model -- DATA.xml [MODEL]
//! ```
//!
//! reads labelled entries in the form of AnyStyle's data sets, prints the figures of a five-fold
//! cross-validation and, given MODEL, trains on everything and writes the weights there. A linear-chain
//! conditional random field, trained by AdaGrad on the log-likelihood of single entries, with weights shrunk
//! towards zero; then small weights are dropped and the rest rounded to a byte, in the folds too.
//!
//! Entries of styles that AnyStyle's data hardly has (news on the web, GOST) are made from the templates in
//! `training/styles.rs` and are always part of the training, never of the figures.

#[path = "training/crf.rs"]
mod crf;
#[path = "training/figures.rs"]
mod figures;
#[path = "training/styles.rs"]
mod styles;

use figures::Figures;
use ibid::bibliography::references::features::{self, Features};
use ibid::bibliography::references::model::Model;
use ibid::bibliography::references::token;
use ibid::bibliography::references::{Label, parse_with};

/// An entry with its labels, ready for training.
struct Example {
    text: String,
    labels: Vec<usize>,
    features: Vec<Features>,
    joints: Vec<usize>,
}

/// How often the trainer goes over all entries.
const EPOCHS: usize = 25;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let data = args.next().ok_or("usage: train_reference_model DATA.xml [MODEL]")?;
    let examples = read(&std::fs::read_to_string(&data)?);
    let own = read(&styles::entries());
    println!("{} entries, {} of our own", examples.len(), own.len());
    if let Some(path) = args.next() {
        let all: Vec<&Example> = examples.iter().chain(&own).collect();
        let bytes = crf::train(&all, EPOCHS);
        println!("{} bytes of weights; on the training data itself:", bytes.len());
        print_figures(&Model::read(&bytes).ok_or("weights that cannot be read back")?, &examples);
        std::fs::write(path, bytes)?;
        return Ok(());
    }
    let mut figures = Figures::default();
    for fold in 0..5 {
        let (held, rest): (Vec<_>, Vec<_>) = examples.iter().enumerate().partition(|(i, _)| i % 5 == fold);
        let train: Vec<&Example> = rest.into_iter().map(|(_, e)| e).chain(&own).collect();
        let model = Model::read(&crf::train(&train, EPOCHS)).ok_or("weights that cannot be read back")?;
        held.iter().for_each(|(_, example)| count(&mut figures, &model, example));
    }
    figures.print();
    Ok(())
}

fn count(figures: &mut Figures, model: &Model, example: &Example) {
    let tokens = token::tokenize(&example.text);
    let parsed = parse_with(model, &example.text);
    figures.count(&tokens, &example.labels, &model.label(&tokens), &parsed);
}

fn print_figures(model: &Model, examples: &[Example]) {
    let mut figures = Figures::default();
    examples.iter().for_each(|example| count(&mut figures, model, example));
    figures.print();
}

/// Reads `<sequence><author>…</author>…</sequence>`.
fn read(xml: &str) -> Vec<Example> {
    let sequences = xml.split("<sequence>").skip(1);
    sequences.filter_map(|s| s.split("</sequence>").next()).filter_map(example).collect()
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}

fn example(sequence: &str) -> Option<Example> {
    let (mut text, mut labels) = (String::new(), Vec::new());
    for element in sequence.split('<').skip(1).filter(|e| !e.starts_with('/')) {
        let (tag, content) = element.split_once('>')?;
        let content = unescape(content).split_whitespace().collect::<Vec<_>>().join(" ");
        labels.extend(std::iter::repeat_n(Label::from_tag(tag) as usize, token::tokenize(&content).len()));
        text.push_str(&content);
        text.push(' ');
    }
    let tokens = token::tokenize(&text);
    assert_eq!(tokens.len(), labels.len(), "tokens run over elements in {text}");
    let features = features::extract(&tokens);
    let joints = tokens.windows(2).map(|p| features::joint(&p[0], &p[1])).collect();
    (!labels.is_empty()).then_some(Example { text, labels, features, joints })
}
