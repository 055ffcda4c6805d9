//! Ambiguous names, settled by what stands around them.

use super::CountryCode;
use super::gazetteer::NameSort;
use super::matcher::Mention;

/// Countries whose name is also a name of persons.
const PERSONS: &[&str] = &["JO", "TD", "IL", "GE"];
/// Words that make what follows the name of a state, not a person.
const STATE_WORDS: &[&str] =
    &["King", "Queen", "President", "Minister", "Kingdom", "Republic", "State", "Premier", "Ambassador"];
/// Places and parties of the United States: where they are named, `Georgia` is the state beside Florida.
const AMERICAN_PLACES: &[&str] = &[
    "Atlanta",
    "Savannah",
    "Alabama",
    "Florida",
    "Carolina",
    "Tennessee",
    "Mississippi",
    "Louisiana",
    "Virginia",
    "Kentucky",
    "New Jersey",
    "New York",
    "Pennsylvania",
    "Ohio",
    "Texas",
    "Arizona",
    "Michigan",
    "Wisconsin",
    "Republicans",
    "Democrats",
    "GOP",
];
/// Words that make `Georgia` the one in the Caucasus.
const CAUCASIAN: &[&str] =
    &["Tbilisi", "Abkhazia", "Ossetia", "Caucasus", "Armenia", "Azerbaijan", "Georgian", "Soviet", "Russia"];

/// States that no longer are, with the state that has their capital today.
const FORMER: [(&str, &str); 4] = [("SU", "RU"), ("YU", "RS"), ("CS", "CZ"), ("DE-W", "DE")];

/// Takes out of `mentions` what names a person or a state of a federation, and tells Koreas, Congos and Germanies
/// apart.
pub fn settle(text: &str, mentions: &mut Vec<Mention>) {
    mentions.retain(|m| m.code.is_some());
    mentions.retain(|m| !is_person(text, m) && !is_money(text, m) && !is_street(text, m));
    mentions.retain(|m| !is_name_of_a_korean(text, m));
    let bare_georgia =
        |m: &Mention| m.code.is_some_and(|c| c.as_str() == "GE") && &text[m.start..m.end] == "Georgia";
    // The text is searched once, however often it says `Georgia`.
    if mentions.iter().any(bare_georgia) && is_american(text) {
        mentions.retain(|m| !bare_georgia(m));
    }
    let has = |code: &str, mentions: &[Mention]| {
        mentions.iter().any(|m| m.code.is_some_and(|c| c.as_str() == code))
    };
    let recode = |mentions: &mut Vec<Mention>, bare: &[&str], to: &str| {
        let to = CountryCode::new(to);
        for m in mentions.iter_mut().filter(|m| bare.contains(&&text[m.start..m.end])) {
            m.code = to;
        }
    };
    // Bare `Korea` is the South, unless only the North is spoken of. The whole text is searched only where it matters.
    let named = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if has("KP", mentions) && !named(&["South Korea", "SOUTH KOREA", "Seoul"]) {
        recode(mentions, &["Korea", "Korean", "Koreans", "KOREA", "KOREAN"], "KP");
    }
    // Bare `Congo` is the larger one in today's writing; beside Zaire, or with its capital, it is the other.
    if has("CG", mentions) && !named(&["Brazzaville", "Zaire", "ZAIRE"]) {
        recode(mentions, &["Congo", "Congolese", "CONGO"], "CD");
    }
    // `Germany` beside West Germany is short for it, as is `German`.
    if has("DE-W", mentions) {
        recode(mentions, &["Germany", "German", "Germans", "GERMANY", "GERMAN", "GERMANS"], "DE-W");
    }
    // Where a former state is named, its capital and cities are its own, not its successor's.
    for (former, successor) in FORMER {
        if has(former, mentions) {
            let places = |m: &&mut Mention| {
                m.sort >= NameSort::Capital && m.code.is_some_and(|c| c.as_str() == successor)
            };
            for m in mentions.iter_mut().filter(places) {
                m.code = CountryCode::new(former);
            }
        }
    }
    drop_cities_of_named(mentions);
}

/// A city right before the name of another country is that country's: `Hyderabad, Pakistan`, `Athens, Georgia`.
fn drop_cities_of_named(mentions: &mut Vec<Mention>) {
    let next = mentions.iter().skip(1).copied().map(Some).chain([None]);
    let stays: Vec<bool> = mentions
        .iter()
        .zip(next)
        .map(|(m, next)| {
            let behind = next
                .filter(|o| o.start >= m.end && o.start - m.end <= 2 && o.sort == NameSort::Name)
                .filter(|o| o.code != m.code);
            m.sort != NameSort::City || behind.is_none()
        })
        .collect();
    let mut stays = stays.into_iter();
    mentions.retain(|_| stays.next().unwrap_or(true));
}

/// `US$50 million`, `HK$ 3`: a currency, not a country.
fn is_money(text: &str, mention: &Mention) -> bool {
    text[mention.end..].trim_start().starts_with('$')
}

/// `Alberta Street`: a street is called after a place far away.
fn is_street(text: &str, mention: &Mention) -> bool {
    let next = text[mention.end..].trim_start().split(|c: char| !c.is_alphabetic()).next();
    matches!(next, Some("Street" | "Avenue" | "Boulevard"))
}

/// Capitalised words that follow `Pak` where it is short for Pakistan.
const AFTER_PAK: [&str; 9] =
    ["Army", "Navy", "Air", "Rupee", "Rupees", "Suzuki", "Government", "Embassy", "Afghan"];

/// `Pak Hon-yong`: `Pak` before a capital is a family name, unless it is joined to a word or an office follows.
fn is_name_of_a_korean(text: &str, mention: &Mention) -> bool {
    let rest = text[mention.end..].strip_prefix(' ');
    let next = rest.and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next()).unwrap_or_default();
    &text[mention.start..mention.end] == "Pak"
        && next.starts_with(char::is_uppercase)
        && !AFTER_PAK.contains(&next)
        && !text[..mention.start].ends_with(['-', '–', '/'])
}

/// `Michael Jordan`, `Chad Smith`: the name stands beside another capitalised word that is no title of a state.
fn is_person(text: &str, mention: &Mention) -> bool {
    let ambiguous =
        mention.code.is_some_and(|c| PERSONS.contains(&c.as_str())) && mention.sort == NameSort::Name;
    let words = &text[mention.start..mention.end];
    if !ambiguous || words.contains(' ') || words.chars().all(char::is_uppercase) {
        return false;
    }
    let before = text[..mention.start]
        .strip_suffix(' ')
        .map_or("", |t| t.rsplit([' ', '\n', '(', '"', '“']).next().unwrap_or(""));
    let after = text[mention.end..]
        .strip_prefix(' ')
        .map_or("", |t| t.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(""));
    let is_name = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().skip(1).any(char::is_lowercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    // A capital at the start of a sentence is no sign of a name.
    let starts_sentence = text[..mention.start].trim_end().strip_suffix(before).is_none_or(|t| {
        let t = t.trim_end();
        t.is_empty() || t.ends_with(['.', '!', '?', ':', '\n', '-'])
    });
    let given_before = is_name(before) && !starts_sentence && !STATE_WORDS.contains(&before);
    let family_after = is_name(after) && !STATE_WORDS.contains(&after) && !AFTER_A_STATE.contains(&after);
    given_before || family_after
}

/// Capitalised words that follow a country's name in titles and headlines.
const AFTER_A_STATE: &[&str] = &[
    "Valley",
    "River",
    "Foreign",
    "Prime",
    "Government",
    "Army",
    "Air",
    "Today",
    "Relations",
    "Television",
    "Radio",
    "Times",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "And",
    "In",
    "Says",
    "To",
];

/// Whether `Georgia` in this text is the state of the United States.
fn is_american(text: &str) -> bool {
    AMERICAN_PLACES.iter().any(|w| text.contains(w)) && !CAUCASIAN.iter().any(|w| text.contains(w))
}

#[cfg(test)]
mod tests {
    use super::super::gazetteer::Gazetteer;
    use super::super::matcher::Matcher;
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        let mut mentions = Matcher::new(&Gazetteer::with_own(&[])).find(text);
        settle(text, &mut mentions);
        mentions.into_iter().filter_map(|m| m.code).map(|c| c.to_string()).collect()
    }

    #[test]
    fn persons_are_no_countries() {
        assert!(codes("The prize went to Michael Jordan of the club.").is_empty());
        assert!(codes("They asked Chad Smith about it.").is_empty());
        assert_eq!(codes("The talks in Jordan went on; the King of Jordan was there."), ["JO", "JO"]);
        assert_eq!(codes("Israel and Chad agreed."), ["IL", "TD"]);
    }

    #[test]
    fn money_is_no_country() {
        assert_eq!(codes("Trade stood at US$50.2 million, said the US envoy."), ["US"]);
    }

    #[test]
    fn what_looks_like_a_short_name_of_pakistan_is_none() {
        for text in
            ["GOP leaders in Congress rejected it.", "Pak Hon-yong was a communist.", "The GoP signed."]
        {
            assert!(codes(text).is_empty(), "{text}");
        }
        assert_eq!(codes("Indo-Pak talks; the Pak Army; Pak-China ties"), ["IN", "PK", "PK", "PK", "CN"]);
    }

    #[test]
    fn short_and_long_names_of_parts_of_a_country_are_their_own() {
        for (text, expected) in [
            ("N. Korea fired a missile.", vec!["KP"]),
            ("S. Sudan and N Korea signed a paper.", vec!["SS", "KP"]),
            ("American Samoans and United States Virgin Islands officials met.", vec!["AS", "VI"]),
            ("The Indian reservation is in Alberta Street.", vec![]),
            ("Republicans in Georgia and New Jersey welcomed it.", vec![]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn georgia_is_a_state_among_states() {
        assert!(codes("Peaches come from Georgia and Alabama.").is_empty());
        assert_eq!(codes("Georgia's road to Tbilisi"), ["GE", "GE"]);
    }

    #[test]
    fn the_capital_of_a_former_state_is_its_own() {
        assert_eq!(codes("The Soviet Union protested; Moscow recalled its envoy."), ["SU", "SU"]);
        assert_eq!(codes("Russia protested; Moscow recalled its envoy."), ["RU", "RU"]);
    }

    #[test]
    fn west_germany_is_told_apart_from_germany() {
        let text = "West Germany cut its rate. The German central bank, in Frankfurt, told Bonn first.";
        assert_eq!(codes(text), ["DE-W"; 4]);
        assert_eq!(
            codes("Germany cut its rate, said Bonn; East Germany did not exist any more."),
            ["DE", "DE", "DD"]
        );
    }

    #[test]
    fn koreas_and_congos_are_told_apart() {
        assert_eq!(codes("North Korea said that Korean waters were closed."), ["KP", "KP"]);
        assert_eq!(codes("Korea exports ships."), ["KR"]);
        assert_eq!(codes("The Congo and Zaire share a river."), ["CG", "CD"]);
        assert_eq!(codes("Mines in Congo"), ["CD"]);
    }

    #[test]
    fn a_city_before_another_countrys_name_is_that_countrys() {
        assert_eq!(codes("He was born in Hyderabad, Pakistan, in 1950."), ["PK"]);
    }
}
