use super::*;

fn persons(text: &str) -> Vec<String> {
    read(text, false).persons.iter().map(Name::display).collect()
}

#[test]
fn credits_are_read_in_many_languages() {
    for (credit, names) in [
        ("By AMINA KHAN, Staff Reporter", vec!["Amina Khan"]),
        ("By\nAnna Lind\nStaff Writer", vec!["Anna Lind"]),
        ("By Anna Lind and Jo Berg | Minsk", vec!["Anna Lind", "Jo Berg"]),
        ("Von Anna Lind und Jo Berg, Frankfurt", vec!["Anna Lind", "Jo Berg"]),
        ("Di Mario Lindi e Carla Bergo", vec!["Mario Lindi", "Carla Bergo"]),
        ("Par Anne Lind et Luc Berg", vec!["Anne Lind", "Luc Berg"]),
        ("Por José Ortega y Gasset", vec!["José Ortega y Gasset"]),
        ("Av Anna Lind", vec!["Anna Lind"]),
        ("Автор: Иван Петров и Анна Линд", vec!["Иван Петров", "Анна Линд"]),
        ("Interview: Anna Lind", vec!["Anna Lind"]),
        ("P. A. Moore, Jr.", vec!["P. A. Moore Jr."]),
        ("Lind, Anna", vec!["Anna Lind"]),
        ("Anna Lind on June 29", vec!["Anna Lind"]),
        ("Anna Lind@alind May 3", vec!["Anna Lind"]),
        ("Anna Lind (dpa)", vec!["Anna Lind"]),
        ("Dan Lind - Minsk", vec!["Dan Lind"]),
        ("Theresa May", vec!["Theresa May"]),
        ("Anna Lind in Minsk", vec!["Anna Lind"]),
        ("Anna Lind/Jo Berg", vec!["Anna Lind", "Jo Berg"]),
        ("[田中宏昌，新聞社]", vec!["田中宏昌", "新聞社"]),
        ("Bill MCCARTHY", vec!["Bill McCarthy"]),
    ] {
        assert_eq!(persons(credit), names, "{credit}");
    }
}

#[test]
fn what_is_no_name_is_refused_with_a_reason() {
    for credit in [
        "https://networks.example/annalind",
        "@annalind",
        "alind@paper.example",
        "admin",
        "Staff",
        "Editor: Anna Lind",
        "Photos by: Anna Lind",
        "(Image: Agency)",
        "Von Henry",
        "© Anna Lind",
        "Sign In",
        "3 May 2020",
        "R. R.",
        "Our Foreign Staff",
    ] {
        let reading = read(credit, false);
        assert!(reading.is_empty(), "{credit}: {reading:?}");
        assert!(credit.starts_with('(') || !reading.refused.is_empty(), "{credit}");
    }
}

#[test]
fn bodies_stay_bodies() {
    assert_eq!(read("Daily Valley", true).bodies, [Name::literal("Daily Valley")]);
    assert_eq!(read("Ministry of Trade and Industry", false).bodies.len(), 1);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in ".{0,80}") {
        let _ = read(&text, false);
    }
}
