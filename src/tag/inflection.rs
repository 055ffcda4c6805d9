//! Names with their endings: a Russian text has `в Казахстане`, `Пакистаном`, `российского` far more often than the form of
//! the dictionary.

use super::CountryCode;
use super::gazetteer::NameSort;

const INFLECTED: &str = include_str!("data/inflected.tsv");

/// Endings by class: those of the first and second declension, of adjectives and of peoples in Russian and Belarusian (after
/// Zaliznyak's classes, endings of plural and singular together), and the cases of Kazakh and Uzbek.
const CLASSES: [(&str, &str); 15] = [
    ("н", "- а у ом ам е"),
    ("а", "а ы и е у ой ей ою"),
    ("ия", "я и е ю ей ею"),
    ("ія", "ія іі ію іяй"),
    ("ь", "ь и і ью сю"),
    ("ль", "ь я ю ем е ём"),
    ("й", "й я ю ем е і"),
    ("ет", "ет та ту том те"),
    ("ск", "ий ого ому им ом ая ой ую ое ие их ими о"),
    ("скі", "і ага аму ім ая ай ую ае ія іх імі а"),
    ("ая", "ая ой ую"),
    ("ий", "ий ого ому им ом"),
    ("ые", "ые ых ым ыми"),
    ("ы", "ы ов ам ами ах"),
    ("люд", "- а у ом е ы и ов ам ами ах ин ина ину ином ине ка ки"),
];

/// Peoples whose name ends in `-ец`.
const PEOPLE: &str = "ец ца цу цем це цы цев цам цами цах ка ки";

/// Cases of Kazakh, Kyrgyz and Uzbek nouns.
const TURKIC: &str = "- ның нің нын нинг ға ге га ды ни да дан нан нен мен тың қа та тан дағы даги";

/// Arabic adjectives and peoples; Persian and Urdu ones.
const ARABIC: &str = "ي ية يون يين";
const PERSIAN: &str = "ی یوں یان";

/// Every form of every inflected name, with its country and kind.
pub(super) fn forms() -> impl Iterator<Item = (String, CountryCode, NameSort)> {
    let lines = INFLECTED.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(row).flat_map(|(code, sort, names)| {
        let forms = names.split(';').flat_map(move |name| expand(name, sort == NameSort::People));
        forms.map(move |form| (form, code, sort))
    })
}

/// The table, for the digest of all tables.
pub(super) fn table() -> &'static str {
    INFLECTED
}

fn row(line: &'static str) -> Option<(CountryCode, NameSort, &'static str)> {
    let mut cells = line.split('\t');
    let code = CountryCode::new(cells.next()?)?;
    let sort = match cells.next()? {
        "name" => NameSort::Name,
        "people" => NameSort::People,
        "capital" => NameSort::Capital,
        _ => NameSort::City,
    };
    Some((code, sort, cells.next()?))
}

/// The forms of a name. The words of a name agree, but its classes do not say which forms go together: each is joined
/// with each.
fn expand(name: &str, may_be_small: bool) -> Vec<String> {
    let mut forms = vec![String::new()];
    for word in name.split(' ') {
        let words = word_forms(word);
        let joined = |form: &String| {
            let space = if form.is_empty() { "" } else { " " };
            words.iter().map(|word| format!("{form}{space}{word}")).collect::<Vec<_>>()
        };
        forms = forms.iter().flat_map(joined).collect();
    }
    if may_be_small {
        let capital = |form: &String| {
            let mut letters = form.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
        };
        let capitals: Vec<String> = forms.iter().map(capital).collect();
        forms.extend(capitals);
    }
    forms
}

fn word_forms(word: &str) -> Vec<String> {
    let Some((stem, class)) = word.split_once('/') else { return vec![word.to_owned()] };
    let endings = match class {
        "ец" => PEOPLE,
        "қ" => TURKIC,
        "عر" => ARABIC,
        "فا" => PERSIAN,
        _ => CLASSES.iter().find(|(name, _)| *name == class).map_or("-", |(_, endings)| endings),
    };
    endings.split(' ').map(|ending| format!("{stem}{}", ending.trim_matches('-'))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_and_class_of_the_table_is_known() {
        let lines = INFLECTED.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let (_, _, names) = row(line).unwrap();
            for word in names.split([';', ' ']) {
                let Some((_, class)) = word.split_once('/') else { continue };
                assert!(
                    ["ец", "қ", "عر", "فا"].contains(&class) || CLASSES.iter().any(|(c, _)| *c == class),
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn the_forms_of_a_name_are_made() {
        assert!(expand("Южн/ая Коре/ия", false).contains(&"Южной Кореи".to_owned()));
        assert!(expand("российск/ск", true).contains(&"Российская".to_owned()));
        assert_eq!(expand("Баку", false), ["Баку"]);
    }
}
