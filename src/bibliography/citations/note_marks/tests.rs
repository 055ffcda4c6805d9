use super::*;
use crate::passage::Origin;

fn passage(kind: Kind, number: u32, text: &str) -> Passage {
    Passage {
        ordinal: Ordinal::Paragraph { number, part: 1 },
        kind,
        front: None,
        text: text.to_owned(),
        section: 0,
        origins: vec![Origin { at: 0, line: 1, page: 0 }],
        rules: Vec::new(),
        cites: Vec::new(),
        parsed: None,
    }
}

/// The texts after the marks were taken out of a body and its notes, and what the first passage cites.
fn taken(body: &str, notes: &[&str]) -> (String, Vec<String>) {
    let mut passages = vec![passage(Kind::Body, 1, body)];
    passages.extend((2..).zip(notes).map(|(number, note)| passage(Kind::Footnote, number, note)));
    take_out(&mut passages);
    let shown = |c: &InTextCitation| format!("{} {}", c.in_text, c.reference.unwrap());
    (passages[0].text.clone(), passages[0].cites.iter().map(shown).collect())
}

#[test]
fn marks_lead_to_their_notes_and_leave_the_text() {
    let notes = ["¹¹ Noor, Rivers.", "12 Ibid.", "¹³ Ali, Hills."];
    for (body, text, cites) in [
        ("It was signed.¹¹ Then they left.¹²", "It was signed. Then they left.", vec!["¹¹ 2", "¹² 3"]),
        (
            "Babylon fell. ¹¹ The reports ¹² say so.",
            "Babylon fell. The reports say so.",
            vec!["¹¹ 2", "¹² 3"],
        ),
        ("The ferry¹¹, it is said,¹²,¹³ sank.", "The ferry, it is said, sank.", vec!["¹¹ 2", "¹² 3", "¹³ 4"]),
        ("They met.¹¹ ¹²", "They met.", vec!["¹¹ 2", "¹² 3"]),
        ("in 2008¹¹ and (at last ¹²) in May.", "in 2008 and (at last) in May.", vec!["¹¹ 2", "¹² 3"]),
        ("It was signed.¹¹Then they left.", "It was signed. Then they left.", vec!["¹¹ 2"]),
    ] {
        assert_eq!(taken(body, &notes), (text.to_owned(), cites.iter().map(|c| (*c).to_owned()).collect()));
    }
}

#[test]
fn quantities_and_marks_without_a_note_stay() {
    let notes = ["¹ Noor, Rivers.", "² Ibid.", "⁶ Ali, Hills."];
    for body in [
        "An area of 16 km² was lost.",
        "It rose to 10⁶ litres.",
        "Some 5 kg ha⁻¹ were used.",
        "The value of R² was low.",
        "It was signed.⁷ Then they left.",
        "¹ Noor says so.",
        "The road¹ is long, the river¹ is short.",
    ] {
        assert_eq!(taken(body, &notes), (body.to_owned(), Vec::new()));
    }
}

#[test]
fn numbers_that_begin_anew_lead_to_the_next_note() {
    let mut passages = vec![
        passage(Kind::Body, 1, "A road was built.¹"),
        passage(Kind::Footnote, 2, "¹ Noor."),
        passage(Kind::Body, 3, "A bridge was built.¹"),
        passage(Kind::Footnote, 4, "¹ Ali."),
    ];
    take_out(&mut passages);
    let leads = |p: &Passage| p.cites[0].reference.unwrap().to_string();
    assert_eq!((leads(&passages[0]), leads(&passages[2])), ("2".to_owned(), "4".to_owned()));
}

#[test]
fn origins_follow_the_text() {
    let mut body = passage(Kind::Body, 1, "One road.¹ Two roads. Three roads.² Four.");
    let at = |part: &str| body.text.find(part).unwrap() as u32;
    let places = ["One", "Two", "Three", "Four"].map(at);
    body.origins = (1..).zip(places).map(|(line, at)| Origin { at, line, page: 0 }).collect();
    let mut passages =
        vec![body, passage(Kind::Footnote, 2, "¹ Noor."), passage(Kind::Footnote, 3, "² Ali.")];
    take_out(&mut passages);
    let Passage { text, origins, .. } = &passages[0];
    let words: Vec<&str> = origins.iter().map(|o| text[o.at as usize..].split(' ').next().unwrap()).collect();
    assert_eq!(
        (text.as_str(), words),
        ("One road. Two roads. Three roads. Four.", vec!["One", "Two", "Three", "Four."])
    );
}
