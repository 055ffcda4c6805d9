//! Quotation marks, ellipses and brackets.

use super::*;

const WORDS: &str = "The corridor did not carry any goods";

fn quotes(text: &str, syntax: Syntax) -> Vec<String> {
    let quotations = Draft::parse(text, syntax).quotations.into_iter();
    quotations.map(|q| q.uncited.unwrap_or(q.text)).collect()
}

#[test]
fn all_marks_open_and_close_quotations() {
    for (text, syntax) in [
        (format!("He says ‘{WORDS}’ there."), Syntax::Plain),
        (format!("He says '{WORDS}' there."), Syntax::Markdown),
        (format!("He says „{WORDS}“ there."), Syntax::Markdown),
        (format!("He says «{WORDS}» there."), Syntax::Markdown),
        (format!("He says »{WORDS}« there."), Syntax::Markdown),
        (format!("He says ‚{WORDS}‘ there."), Syntax::Markdown),
        (format!("He says 「{WORDS}」 there."), Syntax::Markdown),
        (format!("He says `{WORDS}' there."), Syntax::Latex),
        (format!("He says ``{WORDS}'' there."), Syntax::Latex),
        (format!("He says \\enquote*{{{WORDS}}} there."), Syntax::Latex),
        (format!("He says \\say{{{WORDS}}} there."), Syntax::Latex),
        (format!("\\begin{{displaycquote}}[12]{{khan}}\n{WORDS}\n\\end{{displaycquote}}"), Syntax::Latex),
        (format!("He says \\textcquote[12]{{khan}}{{{WORDS}}} there."), Syntax::Latex),
        (format!("He says \\foreignquote{{british}}{{{WORDS}}} there."), Syntax::Latex),
        (
            format!("\\begin{{displayquote}}[{{\\cite{{khan}}}}]\n{WORDS}\n\\end{{displayquote}}"),
            Syntax::Latex,
        ),
        (format!("> {WORDS} (Khan, 2021, p. 4)\n"), Syntax::Markdown),
        (format!("> {WORDS}\n> — Khan (2021)\n"), Syntax::Markdown),
        (format!("> “{WORDS}” [@khan]\n"), Syntax::Markdown),
    ] {
        assert_eq!(quotes(&text, syntax), [WORDS], "{text}");
    }
}

#[test]
fn apostrophes_open_and_close_nothing() {
    for text in [
        "It's the states' own goods, and they don't mind the others' trade.",
        "In the ’90s the drivers’ union and the owners’ club met; it didn’t help.",
        "In the ‘90s the drivers’ union met the owners’ club.",
        "rock 'n' roll and 'short words' here",
    ] {
        assert!(quotes(text, Syntax::Markdown).is_empty(), "{text}: {:?}", quotes(text, Syntax::Markdown));
    }
    let plural = "‘all the states’ goods were lost’ he says";
    assert_eq!(quotes(plural, Syntax::Plain), ["all the states’ goods were lost"]);
    let nested = "‘he said “it won’t do” to the men’ and “they ‘never did’ go”";
    assert_eq!(quotes(nested, Syntax::Plain), ["he said “it won’t do” to the men", "they ‘never did’ go"]);
    let two = "‘one two three four’ and then ‘five six seven eight’";
    assert_eq!(quotes(two, Syntax::Plain), ["one two three four", "five six seven eight"]);
}

#[test]
fn scripts_without_spaces_are_checked_too() {
    let corpus = Memory(vec![source("wang", "他说这条走廊在一九九四年没有运送任何货物，因为道路被毁。")]);
    let verdict = |text: &str| {
        let draft = Draft::parse(text, Syntax::Markdown);
        check(&draft, &corpus, &Waivers::default()).unwrap().remove(0).verdict
    };
    assert_eq!(verdict("「这条走廊在一九九四年没有运送任何货物」 [@wang]"), Verdict::Verbatim);
    assert_ne!(verdict("「这条走廊在一九九五年没有运送任何货物」 [@wang]"), Verdict::Verbatim);
}

fn one(quote: &str) -> (Verdict, String) {
    verdicts(&format!("He says {quote} [@khan]."), Syntax::Markdown).remove(0)
}

#[test]
fn brackets_hide_no_negation_and_no_number() {
    for (quote, message) in [
        ("“The corridor [could] carry any goods in March 1994”", "hide a negation, “did not”"),
        ("“did not carry any goods in [spring], as Minister Ahmed said”", "hide a number, “march 1994”"),
        ("“The corridor did […] carry any goods”", "leaves out a negation, “not”"),
    ] {
        let (verdict, said) = one(quote);
        assert_eq!(verdict, Verdict::Altered, "{quote}: {said}");
        assert!(said.to_lowercase().contains(message), "{said}");
    }
    for (quote, message) in [
        ("“The [Wakhan] corridor did not carry any goods”", ""),
        ("“The corridor [has] not carr[ied] any goods in March 1994”", ""),
        ("“carry any goods in [March] 1994, as Minister Ahmed said”", ""),
        ("“The corridor [did not move] any goods in March 1994”", ""),
        ("“The corridor did […] in March 1994”", "a negation stands beside the cut: “not carry any goods”"),
        ("“The corridor [never] did not carry any goods”", "the brackets add a negation"),
        ("“It’s “an old road” – [bad]; nobody mended it”", ""),
        ("“It’s [an easy way]; nobody mended it before the war”", "stand for 6 words"),
    ] {
        let (verdict, said) = one(quote);
        assert_eq!(verdict, Verdict::Verbatim, "{quote}: {said}");
        assert!(said.contains(message), "{said}");
    }
}

#[test]
fn an_ellipsis_reaches_to_the_next_passage_and_keeps_the_order() {
    let corpus = Memory(vec![source(
        "long",
        "One fine morning the men set out.\n\nTwo days later the road was shut.\n\nThree weeks passed in the snow.",
    )]);
    let verdict = |quote: &str| {
        let draft = Draft::parse(&format!("“{quote}” [@long]"), Syntax::Markdown);
        check(&draft, &corpus, &Waivers::default()).unwrap().remove(0).verdict
    };
    assert_eq!(verdict("One fine morning … the road was shut"), Verdict::Verbatim);
    assert_eq!(verdict("One fine morning the men set out. […] in the snow"), Verdict::Altered);
    assert_ne!(verdict("the road was shut … One fine morning"), Verdict::Verbatim);
}

#[test]
fn what_changed_is_said_outright() {
    for (quote, message) in [
        ("“Trade between the two states grew by 50 per cent”", "a number was changed"),
        ("“The corridor did carry any goods in March 1994”", "a negation was dropped"),
        ("“somebody mended it before the war began in earnest”", "a negation was dropped"),
        ("“did not carry any goods in May 1994, as Minister Ahmed said”", "a date was changed"),
        ("“did not carry any goods in March 1994, as Minister Khan said”", "a name was changed"),
    ] {
        let (verdict, said) = one(quote);
        assert_eq!(verdict, Verdict::Altered, "{quote}");
        assert!(said.contains(message), "{quote}: {said}");
    }
    let unmarked = one("“narrow and wide; nobody mended it before the war began in earnest”").1;
    assert!(!unmarked.contains(" was "), "{unmarked}");
    assert_eq!(grave::grave(&[("possible".into(), "impossible".into())]), ["a negation was added"]);
    assert_eq!(grave::grave(&[("the".into(), "The".into()), ("come".into(), "income".into())]), [""; 0]);
}
