//! Drafts of quotations of known state, made out of the seeds, in every syntax, by every sort of quotation mark and
//! citation: no altered or invented one passes as verbatim, no verbatim one is called altered.

use crate::harness::Desk;
use serde_json::Value;

/// A quotation and what is known of it.
struct Quoted {
    words: Vec<String>,
    key: String,
    paragraph: u64,
    verdict: &'static str,
}

/// A pseudo-random sequence: the same drafts in every run (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

const KEYS: [&str; 5] = ["akram2021", "businessrecorder2024", "kazakhstan", "khanzhen", "razanawaz"];
/// How a quotation is treated, and the verdict that follows.
const TREATMENTS: [(&str, &str); 16] = [
    ("as it stands", "verbatim"),
    ("wrapped", "verbatim"),
    ("wrapped at a hyphen", "verbatim"),
    ("elided", "verbatim"),
    ("elided twice", "verbatim"),
    ("words put in", "verbatim"),
    ("letter in brackets", "verbatim"),
    ("comma before the mark", "verbatim"),
    ("a word changed", "altered"),
    ("a word dropped", "altered"),
    ("a word added", "altered"),
    ("words swapped", "altered"),
    ("a number changed", "altered"),
    ("changed behind an ellipsis", "altered"),
    ("another source cited", "elsewhere"),
    ("invented", "missing"),
];

/// All paragraphs of running text that are long enough, with their sources, and all texts as one for each source.
fn paragraphs(desk: &Desk) -> Vec<(String, u64, Vec<String>)> {
    let mut found = Vec::new();
    for key in KEYS {
        for passage in desk.jsonl(["passages", key, "--jsonl"]) {
            let words = passage["text"].as_str().unwrap().split_whitespace().map(str::to_owned);
            if let (Some(number), "body") =
                (passage["locator"]["paragraph"].as_u64(), passage["kind"].as_str().unwrap())
            {
                found.push((key.to_owned(), number, words.collect()));
            }
        }
    }
    found
}

/// Words in a row of one paragraph that hold no sign of any mark-up.
fn stretch(dice: &mut Dice, all: &[(String, u64, Vec<String>)], needs: fn(&str) -> bool) -> Quoted {
    loop {
        let (key, paragraph, words) = &all[dice.below(all.len())];
        let length = 18 + dice.below(16);
        if words.len() <= length {
            continue;
        }
        let from = dice.below(words.len() - length);
        let words = words[from..from + length].to_vec();
        let plain = |w: &String| w.chars().all(|c| c.is_alphanumeric() || ",.;-–’'".contains(c));
        let quotes = |w: &String| w.starts_with(['\'', '’']) || w.ends_with(['\'', '’']);
        if words.iter().all(plain) && !words.iter().any(quotes) && words[2..15].iter().any(|w| needs(w)) {
            return Quoted { words, key: key.clone(), paragraph: *paragraph, verdict: "verbatim" };
        }
    }
}

fn treated(dice: &mut Dice, all: &[(String, u64, Vec<String>)], how: &str, verdict: &'static str) -> Quoted {
    let hyphen = |w: &str| w.trim_matches('-').contains('-');
    let number = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
    let mut q = match how {
        "wrapped at a hyphen" => stretch(dice, all, hyphen),
        "a number changed" => stretch(dice, all, number),
        _ => stretch(dice, all, |_| true),
    };
    q.verdict = verdict;
    let w = &mut q.words;
    match how {
        "wrapped" => w[5].insert_str(0, "\n  "),
        "wrapped at a hyphen" => {
            let at = w.iter().position(|w| hyphen(w)).unwrap();
            w[at] = w[at].replacen('-', "-\n", 1);
        }
        "elided" => drop(w.splice(5..8, [["[…]", "…", "...", "[...]", ". . ."][dice.below(5)].to_owned()])),
        "elided twice" => {
            w[4] = "…".to_owned();
            w[10] = "[...]".to_owned();
        }
        "words put in" => w.insert(6, ["[sic]", "[the corridor]"][dice.below(2)].to_owned()),
        "letter in brackets" => {
            let first = w[0].remove(0);
            let other: String = match first.is_uppercase() {
                true => first.to_lowercase().collect(),
                false => first.to_uppercase().collect(),
            };
            w[0].insert_str(0, &format!("[{other}]"));
            if w[0].chars().count() == 3 {
                w[0] = first.to_string();
            }
        }
        "comma before the mark" => {
            let last = w.last_mut().unwrap();
            *last = format!("{},", last.trim_end_matches([',', '.', ';']));
        }
        "a word changed" => w[7] = "zebra".to_owned(),
        "a word dropped" => drop(w.remove(3 + w[3..].iter().position(|x| x != &w[2]).unwrap())),
        "a word added" => w.insert(8, "not".to_owned()),
        "words swapped" => {
            let at = (4..14).find(|i| w[*i].to_lowercase() != w[i + 1].to_lowercase()).unwrap();
            w.swap(at, at + 1);
        }
        "a number changed" => {
            let at = w.iter().position(|w| number(w)).unwrap();
            w[at] = w[at].replace(|c: char| c.is_ascii_digit(), "6") + "6";
        }
        "changed behind an ellipsis" => {
            w[5] = "[…]".to_owned();
            w[9] = "zebra".to_owned();
        }
        "another source cited" => {
            let words = w.join(" ");
            let has = |key: &str| all.iter().any(|(k, _, text)| k == key && text.join(" ").contains(&words));
            q.key = (*KEYS.iter().find(|key| !has(key)).unwrap()).to_owned();
            q.paragraph = 1;
        }
        "invented" => *w = (0..12).map(|k| format!("blorb{k}x")).collect(),
        _ => {}
    }
    q
}

/// The quotation `Q` with a citation of the key `K` and the paragraph `N`.
const MARKDOWN: [&str; 12] = [
    "They say “Q” [@K, para. N].",
    "\"Q\" [see @K, para. N], they say.",
    "@K [para. N] writes that «Q».",
    "They say „Q“.^[See @K, para. N.]",
    "> Q\n>\n> [@K, para. N]",
    "They wrote:\n\n> Q [@K, para. N]\n",
    "They say »Q« [@K].",
    "They say **“Q”** [@K].",
    "They say 「Q」 [@K].",
    "<blockquote>Q</blockquote>\n[@K]",
    "They say ‹Q› [@K]; others do not.",
    "* “Q” (@K)",
];
const LATEX: [&str; 11] = [
    "They say ``Q'' \\cite[para.~N]{K}.",
    "They say \\enquote{Q}~\\autocite[para. N]{K}.",
    "\\textcite[para. N]{K} writes that “Q”.",
    "They say ``Q''.\\footnote{See \\cite[para. N]{K}.}",
    "\\begin{quote}\n  Q \\parencite[see][para. N]{K}\n\\end{quote}",
    "\\begin{displayquote}[{\\cite[para. N]{K}}]\nQ\n\\end{displayquote}",
    "They say \\textcquote[para. N]{K}{Q}.",
    "\\blockcquote[para. N]{K}{Q}",
    "They say \"`Q\"' \\footcite{K}.",
    "They say ``Q'' \\parencites[para. N]{K}.",
    "They say \\emph{``Q''} \\citep[para.~N]{K}.",
];
const TYPST: [&str; 7] = [
    "They say “Q” @K[para. N].",
    "They say \"Q\" #cite(<K>, supplement: [para. N]).",
    "#cite(<K>, form: \"prose\") writes: “Q”.",
    "They say “Q”.#footnote[At length. See @K[para. N].]",
    "#quote(block: true, attribution: <K>)[Q]",
    "#quote(block: true)[Q] @K[para. N]",
    "They say „Q“ #cite(<K>).",
];
const PLAIN: [&str; 7] = [
    "They say “Q” [K:N].",
    "They say ``Q'' (K:N).",
    "\"Q\" (K:N), they say.",
    "They wrote:\n\n    Q (K:N)\n",
    "> Q\n> (K:N)\n",
    "They say «Q» [K:N].",
    "They say „Q“ [K:N].",
];

fn draft(
    dice: &mut Dice,
    frames: &[&str],
    all: &[(String, u64, Vec<String>)],
) -> (String, Vec<(String, &'static str)>) {
    let (mut text, mut expected) = (String::new(), Vec::new());
    for frame in frames {
        for (how, verdict) in TREATMENTS {
            let q = treated(dice, all, how, verdict);
            let mut words = q.words.join(" ");
            // Curly for straight apostrophes and the other way round.
            words =
                if words.contains('’') { words.replace('’', "'") } else { words.replace('\'', "’") };
            if frame.contains("> Q") {
                words = words.replace('\n', "\n> ");
            }
            if frame.contains("    Q") {
                words = words.replace('\n', "\n    ");
            }
            let paragraph = q.paragraph.to_string();
            let one = frame.replace('K', &q.key).replace('N', &paragraph).replace('Q', &words);
            expected.push((format!("{how}: {one}"), q.verdict));
            text.push_str(&one);
            text.push_str("\n\n");
        }
    }
    (text, expected)
}

#[test]
fn quotations_of_known_state_get_their_verdict_in_every_syntax() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest", "-q"]).expect_code(0);
    let all = paragraphs(&desk);
    let mut dice = Dice(2026);
    for (name, frames) in
        [("d.md", &MARKDOWN[..]), ("d.tex", &LATEX[..]), ("d.typ", &TYPST[..]), ("d.txt", &PLAIN[..])]
    {
        let (text, expected) = draft(&mut dice, frames, &all);
        desk.write(name, &text);
        let run = desk.run(["check", name, "--json"]).expect_code(1);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let findings = found["findings"].as_array().unwrap();
        let quotes: Vec<&Value> = findings.iter().filter(|f| !f["quote"].is_null()).collect();
        for (finding, (shown, verdict)) in quotes.iter().zip(&expected) {
            assert_eq!(finding["verdict"], *verdict, "{name}: {shown}\n{finding}");
        }
        assert_eq!(quotes.len(), expected.len(), "{name}");
        let cited = findings.iter().filter(|f| f["quote"].is_null() && f["verdict"] == "unknown");
        assert_eq!(cited.count(), 0, "{name}");
    }
}

#[test]
fn cards_of_passages_pasted_into_a_draft_are_verbatim() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest", "-q"]).expect_code(0);
    let ids: Vec<String> =
        paragraphs(&desk).iter().step_by(7).map(|(key, number, _)| format!("{key}:{number}")).collect();
    for (name, format, style) in [
        ("card.md", "markdown", "apa"),
        ("card-mla.md", "markdown", "mla"),
        ("pandoc.md", "pandoc", "apa"),
        ("card.typ", "typst", "apa"),
    ] {
        let card = |id: &String| {
            let run = desk.run(["cite", id, "--card", "--format", format, "--style", style]);
            run.expect_code(0).stdout
        };
        let text: Vec<String> = ids.iter().map(card).collect();
        desk.write(name, text.join("\nIt goes on.\n\n"));
        let run = desk.run(["check", name, "--json"]);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let quotes = found["findings"].as_array().unwrap().iter().filter(|f| !f["quote"].is_null());
        let title = |f: &&Value| f["message"].as_str().unwrap().starts_with("the title of");
        let verdicts: Vec<&Value> = quotes.filter(|f| !title(f)).collect();
        assert_eq!(verdicts.len(), ids.len(), "{name}");
        for finding in verdicts {
            assert_eq!(finding["verdict"], "verbatim", "{name}: {finding}");
        }
    }
}

#[test]
fn year_letters_are_the_same_whatever_is_cited_and_shown_where() {
    let desk = Desk::new();
    for name in ["a", "b", "c", "d"] {
        desk.write(&format!("seeds/{name}.txt"), format!("The road {name} was built of larch and stone.\n"));
    }
    desk.write(
        "seeds/library.bib",
        "@book{raza2018x, author={Raza, Maryam}, title={Zebra}, date={2018}, file={a.txt}}\n\
         @book{raza2018y, author={Raza, Maryam}, title={Alpha}, date={2018}, file={b.txt}}\n\
         @book{razax, author={Raza, Maryam}, title={Undated one}, file={c.txt}}\n\
         @book{razay, author={Raza, Maryam}, title={Undated two}, file={d.txt}}\n",
    );
    desk.run(["ingest", "-q"]).expect_code(0);
    let expected = [("raza2018x", "2018b"), ("raza2018y", "2018a"), ("razax", "n.d.-a"), ("razay", "n.d.-b")];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let mut args = vec!["cite"];
        args.extend(order.iter().map(|i| expected[*i].0));
        let printed = desk.run(args).expect_code(0).stdout;
        let cited: Vec<&str> = printed.lines().filter(|l| l.starts_with('(')).collect();
        let wanted: Vec<String> = order.iter().map(|i| format!("(Raza, {})", expected[*i].1)).collect();
        assert_eq!(cited, wanted);
    }
    let hits = desk.json(["search", "larch", "--json"]);
    for (key, year) in expected {
        desk.run(["cite", key]).expect_code(0).expect_stdout(&format!("(Raza, {year})"));
        let hit = hits["hits"].as_array().unwrap().iter().find(|h| h["source"]["key"] == key).unwrap();
        assert_eq!(hit["citation"]["in_text"], format!("(Raza, {year}, para. 1)"));
        desk.write("d.txt", format!("So it was (Raza, {year})."));
        let found = desk.json(["check", "d.txt", "--json"]);
        assert_eq!(found["findings"][0]["source"], key);
    }
}

#[test]
fn letters_of_another_program_are_read_by_the_drafts_own_list() {
    let desk = Desk::new();
    for (name, stuff) in [("a", "larch"), ("b", "stone"), ("c", "brick")] {
        let text = format!("Nobody in the whole valley had ever built a bridge of {stuff} before.\n");
        desk.write(&format!("seeds/{name}.txt"), text);
    }
    desk.write(
        "seeds/library.bib",
        "@book{one, author={Malik, Aftab}, title={Trade over the passes}, date={2017}, file={a.txt}}\n\
         @book{two, author={Malik, Aftab}, title={A history of bridges}, date={2017}, file={b.txt}}\n\
         @book{other, author={Malik, Bilal}, title={Brick kilns}, date={2017}, file={c.txt}}\n",
    );
    let printed = desk.run(["cite", "one", "two", "other"]).expect_code(0).stdout;
    let cited: Vec<&str> = printed.lines().filter(|l| l.starts_with('(')).collect();
    assert_eq!(cited, ["(Malik, 2017b)", "(Malik, 2017a)", "(Malik, 2017c)"]);
    let quoted = |stuff: &str, who: &str| {
        format!("They wrote: \"Nobody in the whole valley had ever built a bridge of {stuff}\" ({who}).\n\n")
    };
    let list = "## References\n\nMalik, A. (2017a). Trade over the passes.\n\nMalik, A. (2017b). A history of bridges.\n";
    for (stuff, who, list, verdict) in [
        ("larch", "Malik, 2017a", "", "verbatim"),
        ("larch", "Malik, 2017a", list, "verbatim"),
        ("stone", "Malik, 2017b", list, "verbatim"),
        ("larch", "Malik, 2017b", list, "elsewhere"),
        ("brick", "B. Malik, 2017", list, "verbatim"),
        ("brick", "A. Malik, 2017a", "", "elsewhere"),
        ("brick", "A. Malik, 2017", "", "elsewhere"),
    ] {
        desk.write("d.md", quoted(stuff, who) + list);
        let run = desk.run(["check", "d.md", "--json"]);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let findings = found["findings"].as_array().unwrap();
        let quotation = findings.iter().find(|f| f["verdict"] != "known").unwrap();
        assert_eq!(quotation["verdict"], verdict, "{stuff} ({who}) {list}: {found}");
    }
}

#[test]
fn drafts_come_from_a_pipe_and_in_other_encodings() {
    let desk = Desk::with_project_seeds();
    desk.run(["ingest", "-q"]).expect_code(0);
    let text = "He says “It has become multipolar” (Akram, 2021).\r\n\r\nThe “world is no longer unipolar” [@akram2021].\r\n";
    let piped = desk.run_with_input(["check", "-"], text).expect_code(1);
    let piped = piped.expect_stdout("-:1:9: altered").expect_stdout("-:3:5: verbatim: in akram2021:1");
    desk.write("bom.md", format!("\u{feff}{text}"));
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    desk.write("utf16.md", utf16);
    for name in ["bom.md", "utf16.md"] {
        assert_eq!(desk.run(["check", name]).stdout.replace(name, "-"), piped.stdout, "{name}");
    }
    desk.write("old.md", b"The \x93world is no longer unipolar\x94 (Akram, 2021), caf\xe9.");
    desk.run(["check", "old.md"]).expect_code(0).expect_stderr("read as windows-1252");
    desk.write("draft.pdf", "%PDF-1.4\n\u{e9}");
    desk.run(["check", "draft.pdf"]).expect_code(2).expect_stderr("not plain text");
    desk.run_with_input(["bib", "-"], text).expect_code(0).expect_stdout("@misc{akram2021,");
}

#[test]
fn a_quotation_is_found_among_many_sources() {
    let desk = Desk::new();
    for n in 0..30 {
        let text = format!(
            "The {n}th road was built of larch.\n\nIn the year {n} the bridge over river number{n} fell.\n"
        );
        desk.write(&format!("seeds/s{n:02}.txt"), text);
    }
    desk.run(["ingest", "-q"]).expect_code(0);
    for n in [0, 17, 29] {
        let quote =
            format!("“the bridge over river number{n} fell” and “the bridge over stream number{n} fell”");
        desk.write("d.txt", quote);
        let run = desk.run(["check", "d.txt", "--json"]).expect_code(1);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let verdicts: Vec<&str> =
            found["findings"].as_array().unwrap().iter().map(|f| f["verdict"].as_str().unwrap()).collect();
        assert_eq!(verdicts, ["verbatim", "altered"], "{n}: {found}");
        assert_eq!(found["findings"][0]["source"], found["findings"][1]["source"]);
    }
}

#[test]
fn a_work_of_the_library_without_a_text_is_known_cited_and_listed() {
    let desk = Desk::new();
    desk.write(
        "seeds/a.txt",
        "The bridge was opened in May, and the first lorries went over it on the same day.\n",
    );
    desk.write(
        "seeds/library.bib",
        "@book{noor2008, title={Long Roads}, author={Noor, Ali}, date={2008}, publisher={Brill}}\n",
    );
    desk.write(
        "draft.md",
        "So it was [@noor2008, p. 12]: “the road was lost before it had begun” [@noor2008, p. 14].\n",
    );
    desk.run(["-q", "ingest"]).expect_code(0);
    desk.run(["check", "draft.md"])
        .expect_code(1)
        .expect_stdout("known: Long roads; its text is not among the seeds")
        .expect_stdout("unchecked: the text of noor2008 is not among the seeds");
    desk.run(["cite", "noor2008"]).expect_stdout("Noor, A. (2008). Long roads. Brill.");
    desk.run(["bib", "draft.md"]).expect_code(0).expect_stdout("@book{noor2008");
}
