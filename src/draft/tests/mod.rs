//! Drafts against a small corpus.

mod citations;
mod hundred;
mod looked_at;
mod marks;
mod misattributed;
mod read;

use super::*;
use crate::document::Format;
use crate::passage::{Kind, Ordinal};
use proptest::prelude::*;

struct Memory(Vec<(StoredSource, Vec<StoredPassage>)>);

impl Corpus for Memory {
    fn sources(&self) -> Result<Vec<StoredSource>, Error> {
        Ok(self.0.iter().map(|(s, _)| s.clone()).collect())
    }
    fn passages_of(&self, key: &Citekey) -> Result<Vec<StoredPassage>, Error> {
        Ok(self.0.iter().filter(|(s, _)| s.key == *key).flat_map(|(_, p)| p.clone()).collect())
    }
    fn candidates(&self, _: &[String]) -> Result<Vec<Citekey>, Error> {
        Ok(self.0.iter().map(|(s, _)| s.key.clone()).collect())
    }
}

fn source(key: &str, text: &str) -> (StoredSource, Vec<StoredPassage>) {
    let paragraphs: Vec<&str> = text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect();
    let passages = paragraphs.iter().zip(1..).map(|(text, number)| StoredPassage {
        ordinal: Ordinal::Paragraph { number, part: 1 },
        kind: Kind::Body,
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        section: 0,
        lines: None,
        pages: (0, 0),
        countries: Vec::new(),
        cites: Vec::new(),
        parsed: None,
    });
    let stored = StoredSource {
        text_of: None,
        texts: Vec::new(),
        attached: None,
        stat: Default::default(),
        document: 1,
        key: Citekey::new(key).unwrap(),
        path: format!("{key}.txt"),
        format: Format::Text,
        work: Default::default(),
        citation: crate::citation::StoredCitation {
            bare: format!("({key} & Zhen, n.d.)"),
            ..Default::default()
        },
        year_letter: None,
        sections: vec![Vec::new()],
        pages: Vec::new(),
        passages: 0,
        countries: Vec::new(),
        repairs: Default::default(),
        doubts: Vec::new(),
    };
    (stored, passages.collect())
}

fn small() -> Memory {
    Memory(vec![
        source(
            "khan",
            "The corridor did not carry any goods in March 1994, as Minister Ahmed said.\n\nIt’s “an old road” – narrow and steep; nobody mended it before the war began in earnest.",
        ),
        source("other", "Trade between the two states grew by 40 per cent within only three years."),
    ])
}

fn verdicts(text: &str, syntax: Syntax) -> Vec<(Verdict, String)> {
    let draft = Draft::parse(text, syntax);
    let findings = check(&draft, &small(), &Waivers::default()).unwrap();
    findings.into_iter().map(|f| (f.verdict, f.message)).collect()
}

#[test]
fn verdicts_of_quotations() {
    let of = |q: &str| verdicts(&format!("He says {q} [@khan]."), Syntax::Markdown).remove(0);
    for good in [
        "“The corridor did not carry any goods”",
        "\"The corridor did\nnot carry any goods,\"",
        "«an old road\" - narrow and steep»",
        "“[t]he corridor did […] in March 1994”",
        "“The corridor … as Minister Ahmed said. It's 'an old road'”",
        "“The [Wakhan] corridor did not carry any goods”",
    ] {
        assert_eq!(of(good).0, Verdict::Verbatim, "{good}: {}", of(good).1);
    }
    for (bad, word) in [
        ("“The corridor did carry any goods in March 1994”", "negation was dropped"),
        ("“did not carry any goods in March 1995”", "number was changed"),
        ("“did not carry any goods in April 1994”", "date was changed"),
        ("“in March 1994, as Minister Akram said”", "name was changed"),
        (
            "“the corridor did not carry any goods”",
            "only the capital differs from khan:1: `[t]he` would be exact",
        ),
    ] {
        let (verdict, message) = of(bad);
        assert_eq!(verdict, Verdict::Altered, "{bad}");
        assert!(message.contains(word), "{message}");
    }
    assert_eq!(of("“Trade between the two states grew”").0, Verdict::Elsewhere);
    assert_eq!(of("“penguins dance on marble floors every night”").0, Verdict::Missing);
    assert_eq!(of("“old road”").0, Verdict::Verbatim);
    assert_eq!(of("“new road”").0, Verdict::Missing);
}

#[test]
fn citations_and_locators() {
    let of = |c: &str| verdicts(c, Syntax::Markdown);
    assert_eq!(of("See [@khan, para. 2; @other].").iter().filter(|v| v.0 == Verdict::Known).count(), 2);
    assert_eq!(of("See [@khan, para. 3].")[0].0, Verdict::BadLocator);
    assert!(of("See -@kahn.")[0].1.contains("`khan`"));
    assert!(of("`@khan` me@khan.org https://x.org/@khan").is_empty());
    let wrong = of("“The corridor did not carry any goods” [@khan, para. 2]");
    assert_eq!(wrong[0].0, Verdict::Elsewhere);
}

#[test]
fn every_syntax_has_quotations_and_citations() {
    let words = "The corridor did not carry any goods";
    for (text, syntax) in [
        (format!("``{words}'' \\autocite[12]{{khan}}"), Syntax::Latex),
        (format!("\\enquote{{{words}}} \\parencite{{khan}}"), Syntax::Latex),
        (format!("\\begin{{quote}}\n{words}\n\\end{{quote}} \\textcite{{khan}}"), Syntax::Latex),
        (format!("#quote(block: true)[{words}] @khan"), Syntax::Typst),
        (format!("\"{words}\" #cite(<khan>, supplement: [para. 1])"), Syntax::Typst),
        ("> The corridor did not\n> carry any goods\n\n[@khan]".to_owned(), Syntax::Markdown),
        (format!("„{words}“ (khan & Zhen, n.d., para. 1)"), Syntax::Plain),
    ] {
        let draft = Draft::parse(&text, syntax);
        assert_eq!(draft.quotations.len(), 1, "{text}");
        assert_eq!(draft.quotations[0].text, words, "{text}");
        let (known, unknown) = cited_keys(&draft, &small()).unwrap();
        assert_eq!((known.len(), unknown.len()), (1, 0), "{text}");
    }
}

#[test]
fn waivers_and_places() {
    let text = "é\nsays “penguins dance on marble floors” and @nobody";
    let draft = Draft::parse(text, Syntax::Markdown);
    let found = check(&draft, &small(), &Waivers::default()).unwrap();
    assert_eq!((found[0].line, found[0].column), (2, 6));
    let waivers = Waivers::parse("# settled\n\"penguins dance on marble floors\" # heard it\n@nobody\n");
    assert!(check(&draft, &small(), &waivers).unwrap().is_empty());
}

#[test]
fn whence_names_the_passage() {
    let found = whence("nobody mended it before the war", &small()).unwrap();
    assert_eq!((found[0].id.as_str(), found[0].verbatim), ("khan:2", true));
}

proptest! {
    #[test]
    fn no_text_panics(text in "([a-z ]|[\"“”„«»‘’`'@\\[\\](){}<>#\\\\.…;,\n>é%]|cite|quote|\\\\begin\\{quote\\}|p\\. 3){0,60}") {
        for syntax in [Syntax::Markdown, Syntax::Latex, Syntax::Typst, Syntax::Plain] {
            check(&Draft::parse(&text, syntax), &small(), &Waivers::default()).unwrap();
        }
        whence(&text, &small()).unwrap();
    }
}
