//! `ibid tag`: the countries of any text.

use super::Exit;
use super::workspace::{Workspace, read_input, write_jsonl};
use anyhow::{Context, bail};
use clap::Args;
use ibid::output::json;
use ibid::tag::Tagger;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::PathBuf;

/// Say which countries a text is about, and why
///
/// Reads JSON Lines {"id","text"}, or plain text, and writes one line of JSON each.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo 'Tashkent has supported Islamabad.' | ibid tag
  ibid tag stories.jsonl")]
pub struct TagArgs {
    /// File to read; stdin when it is left out or `-`
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Deserialize)]
struct Story {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Tagged<'a> {
    id: &'a serde_json::Value,
    countries: Vec<json::Country<'a>>,
}

pub fn run(workspace: &Workspace, args: &TagArgs) -> anyhow::Result<Exit> {
    let bytes = read_input(&args.file)?;
    let text = String::from_utf8(bytes)
        .with_context(|| format!("{}: not UTF-8; convert it first", args.file.display()))?;
    let tagger = Tagger::for_seeds(&workspace.seeds)?;
    let mut out = workspace.stdout();
    if text.trim_start().starts_with('{') {
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let Ok(story) = serde_json::from_str::<Story>(line) else {
                out.flush()?;
                bail!(
                    "{}: line {}: expected a JSON object with \"id\" and \"text\"",
                    args.file.display(),
                    number + 1
                );
            };
            write_tags(&mut out, &tagger, &story.id, &story.text)?;
        }
    } else {
        write_tags(&mut out, &tagger, &serde_json::Value::Null, &text)?;
    }
    out.flush()?;
    Ok(Exit::Success)
}

fn write_tags(
    out: &mut impl Write,
    tagger: &Tagger,
    id: &serde_json::Value,
    text: &str,
) -> anyhow::Result<()> {
    let tags = tagger.tag_text(text);
    write_jsonl(out, &Tagged { id, countries: json::countries(&tags) })
}
