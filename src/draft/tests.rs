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
        ("“the corridor did not carry any goods”", "The"),
    ] {
        let (verdict, message) = of(bad);
        assert_eq!(verdict, Verdict::Altered, "{bad}");
        assert!(message.contains(word), "{message}");
    }
    assert_eq!(of("“Trade between the two states grew”").0, Verdict::Elsewhere);
    assert_eq!(of("“penguins dance on marble floors every night”").0, Verdict::Missing);
    assert_eq!(of("“old road”").0, Verdict::Unchecked);
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

/// 100 quotations of known state out of the seeds.
#[test]
fn a_draft_of_a_hundred_quotations() {
    let texts = [
        include_str!("../../seeds/000_4b9742454827f352.txt"),
        include_str!("../../seeds/004_56c17d5bf4847eda.txt"),
    ];
    let corpus = Memory(texts.iter().enumerate().map(|(i, t)| source(&format!("s{i}"), t)).collect());
    let mut stretches: Vec<(String, Vec<String>)> = Vec::new();
    for (s, passages) in &corpus.0 {
        for p in passages {
            let words: Vec<String> = p.text.split(' ').map(str::to_owned).collect();
            let clean = |w: &String| w.chars().all(|c| c.is_alphanumeric() || ",’'".contains(c));
            if let Some(w) = words.windows(16).find(|w| w.iter().all(clean)) {
                stretches.push((s.key.to_string(), w.to_vec()));
            }
        }
    }
    assert!(stretches.len() >= 10, "{}", stretches.len());
    let (mut text, mut expected) = (String::new(), Vec::new());
    for i in 0..100 {
        let (key, words) = &stretches[(i / 10) % stretches.len()];
        let mut w = words.clone();
        let mut key = key.clone();
        let verdict = match i % 10 {
            0 => Verdict::Verbatim,
            1 => {
                w[4].insert(0, '\n');
                Verdict::Verbatim
            }
            2 => {
                w.splice(5..9, ["[…]".to_owned()]);
                Verdict::Verbatim
            }
            3 => {
                w.insert(6, "[sic]".to_owned());
                Verdict::Verbatim
            }
            4 => {
                w[7] = "zebra".to_owned();
                Verdict::Altered
            }
            5 => {
                w.insert(8, "not".to_owned());
                Verdict::Altered
            }
            6 => {
                w[9] = "77123".to_owned();
                Verdict::Altered
            }
            7 => {
                w.remove(6);
                Verdict::Altered
            }
            8 => {
                key = if key == "s0" { "s1".into() } else { "s0".into() };
                Verdict::Elsewhere
            }
            _ => {
                w = (0..12).map(|n| format!("blorb{n}{i}x")).collect();
                Verdict::Missing
            }
        };
        expected.push(verdict);
        text.push_str(&format!("One says “{}” [@{key}].\n\n", w.join(" ")));
    }
    let findings = check(&Draft::parse(&text, Syntax::Markdown), &corpus, &Waivers::default()).unwrap();
    let quotes: Vec<&Finding> = findings.iter().filter(|f| f.quote.is_some()).collect();
    assert_eq!(quotes.len(), 100);
    for (finding, verdict) in quotes.iter().zip(expected) {
        assert_eq!(finding.verdict, verdict, "{finding:?}");
    }
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
