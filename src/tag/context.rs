//! Names that are also something else, settled by the words around them.

use super::CountryCode;
use super::matcher::Mention;

/// Names of countries and cities that are given names or surnames as well.
const PERSONAL: &[&str] = &[
    "Jordan", "Chad", "Israel", "Georgia", "Kenya", "India", "Paris", "Florence", "Sydney", "Adelaide",
    "Ireland", "Holland", "France", "English", "French", "German", "London", "Cuba", "Lange", "Lawson",
    "Castro", "Ortega", "Sharon", "Cork", "Nice", "Troll", "Rand",
];

/// Common given names, before which and after which a name of a country is a person's.
const GIVEN: &[&str] = &[
    "James",
    "John",
    "Robert",
    "Michael",
    "William",
    "David",
    "Richard",
    "Joseph",
    "Thomas",
    "Charles",
    "Christopher",
    "Daniel",
    "Matthew",
    "Anthony",
    "Mark",
    "Donald",
    "Steven",
    "Paul",
    "Andrew",
    "Kenneth",
    "George",
    "Joshua",
    "Kevin",
    "Brian",
    "Edward",
    "Ronald",
    "Timothy",
    "Jason",
    "Jeffrey",
    "Ryan",
    "Gary",
    "Eric",
    "Stephen",
    "Larry",
    "Scott",
    "Frank",
    "Benjamin",
    "Gregory",
    "Samuel",
    "Patrick",
    "Jack",
    "Dennis",
    "Jerry",
    "Peter",
    "Henry",
    "Walter",
    "Mary",
    "Patricia",
    "Jennifer",
    "Linda",
    "Elizabeth",
    "Barbara",
    "Susan",
    "Jessica",
    "Sarah",
    "Karen",
    "Nancy",
    "Margaret",
    "Lisa",
    "Betty",
    "Dorothy",
    "Sandra",
    "Ashley",
    "Emily",
    "Anna",
    "Ann",
    "Helen",
    "Vernon",
    "Hamilton",
    "Anatole",
    "Louis",
    "Jane",
    "Alice",
    "Martin",
    "Philip",
    "Simon",
    "Neil",
    "Bob",
    "Jim",
    "Bill",
    "Tom",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Miss",
    "Professor",
    "Sir",
    "Senator",
    "Judge",
];

/// Common surnames, after which no country is meant.
const SURNAMES: &[&str] = &[
    "Smith",
    "Johnson",
    "Williams",
    "Brown",
    "Jones",
    "Miller",
    "Davis",
    "Wilson",
    "Anderson",
    "Taylor",
    "Moore",
    "Jackson",
    "White",
    "Harris",
    "Clark",
    "Lewis",
    "Robinson",
    "Walker",
    "Young",
    "Allen",
    "King",
    "Wright",
    "Hill",
    "Green",
    "Adams",
    "Baker",
    "Nelson",
    "Carter",
    "Mitchell",
    "Roberts",
    "Turner",
    "Phillips",
    "Campbell",
    "Parker",
    "Evans",
    "Edwards",
    "Collins",
    "Stewart",
    "Morris",
    "Murphy",
    "Cook",
    "Rogers",
    "Morgan",
    "Cooper",
    "Peterson",
    "Reed",
    "Bailey",
    "Bell",
    "Kelly",
    "Howard",
    "Ward",
    "Cox",
    "Richardson",
    "Wood",
    "Watson",
    "Brooks",
    "Bennett",
    "Gray",
    "Hughes",
    "Price",
    "Myers",
    "Long",
    "Foster",
    "Sanders",
    "Ross",
    "Goldstein",
    "Cohen",
    "Levy",
    "Hilton",
    "O'Keeffe",
    "Singer",
    "Epstein",
];

/// Words that say the state of the United States is meant by `Georgia`.
const STATES: &[&str] = &[
    "Atlanta",
    "Savannah",
    "Alabama",
    "Florida",
    "Tennessee",
    "South Carolina",
    "North Carolina",
    "Virginia",
    "Texas",
    "Mississippi",
    "Louisiana",
    "Ohio",
    "Illinois",
    "Michigan",
    "Pennsylvania",
    "New Jersey",
    "Kentucky",
    "Augusta",
];

/// Drops the mentions that are persons, and settles Georgia, the Congos and the Koreas.
pub(super) fn settle(text: &str, mentions: &mut Vec<Mention>) {
    let code = CountryCode::new;
    let mut persons: Vec<&str> = Vec::new();
    mentions.retain(|m| {
        let word = &text[m.at.clone()];
        let is_person = PERSONAL.contains(&word) && beside_a_person(text, m);
        if is_person {
            persons.push(word);
        }
        m.codes[0].is_some() && !is_person
    });
    // Who was named in full once is meant by the bare name later, unless only the country has it.
    mentions.retain(|m| !persons.contains(&&text[m.at.clone()]));
    let has = |wanted: Option<CountryCode>| mentions.iter().any(|m| m.codes[0] == wanted);
    let caucasus = ["AM", "AZ", "SU", "RU", "TR", "UA"].iter().any(|c| has(code(c)))
        || mentions.iter().any(|m| m.codes[0] == code("GE") && &text[m.at.clone()] != "Georgia");
    let american = mentions.iter().any(|m| STATES.contains(&&text[m.at.clone()]));
    let names = |m: &Mention, name: &str| text[m.at.clone()].eq_ignore_ascii_case(name);
    let south =
        mentions.iter().any(|m| m.codes[0] == code("KR") && !names(m, "Korea") && !names(m, "Korean"));
    let only_north = has(code("KP")) && !south;
    let kinshasa = has(code("CD"))
        && !mentions.iter().any(|m| m.codes[0] == code("CG") && !names(m, "Congo") && !names(m, "Congolese"));
    for m in mentions.iter_mut() {
        let word = text[m.at.clone()].to_lowercase();
        let to = match word.as_str() {
            "georgia" if american && !caucasus => "US",
            "korea" | "korean" | "koreans" if only_north => "KP",
            "congo" | "congolese" if kinshasa => "CD",
            _ => continue,
        };
        m.codes = [code(to), None];
    }
}

fn beside_a_person(text: &str, m: &Mention) -> bool {
    let before = text[..m.at.start].trim_end_matches([' ', '.']);
    let previous = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let near = text[..m.at.start].ends_with(' ') && !before.is_empty();
    let initial = previous.len() == 1
        && previous.starts_with(|c: char| c.is_ascii_uppercase() && c != 'A' && c != 'I')
        && text[..m.at.start].ends_with(". ")
        && !before.ends_with(".S");
    let stop = text[..m.at.start].ends_with(". ") && previous.len() > 9;
    if near && !stop && (GIVEN.contains(&previous) || initial) {
        return true;
    }
    let after = text[m.at.end..].strip_prefix(' ').unwrap_or("");
    let next = after.split(|c: char| !(c.is_alphanumeric() || c == '\'')).next().unwrap_or("");
    SURNAMES.contains(&next)
        || (next.len() == 1
            && next.starts_with(|c: char| c.is_ascii_uppercase() && c != 'A' && c != 'I')
            && after[1..].starts_with(". ")
            && after[3..].starts_with(|c: char| c.is_uppercase()))
}
