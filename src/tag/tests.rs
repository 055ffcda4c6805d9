//! The rules of the tagger, a test each.

use super::{CountryTag, Evidence, Tagger, lookup, name};
use crate::bibliography::Work;
use crate::passage::segment_tests::plain;
use std::path::Path;

fn tagger() -> Tagger {
    Tagger::for_seeds(Path::new("no such folder")).unwrap()
}

fn codes(text: &str) -> Vec<String> {
    let mut codes: Vec<String> =
        tagger().tag_text(text).iter().map(|t: &CountryTag| t.code.to_string()).collect();
    codes.sort();
    codes
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    assert_eq!(codes(text), wanted, "{text}");
}

#[test]
fn governments_go_by_their_capitals() {
    check("Tashkent has supported Islamabad.", &["PK", "UZ"]);
}

#[test]
fn case_tells_countries_from_words() {
    check("They gave us a turkey for dinner.", &[]);
    check("Envoys of the US flew to Turkey.", &["TR", "US"]);
    check("THEY TOLD US TO SELL", &[]);
    check("TURKEY SELLS WHEAT TO CHILE", &["CL", "TR"]);
}

#[test]
fn the_longest_name_counts() {
    check("Papua New Guinea and Equatorial Guinea met Guinea-Bissau.", &["GQ", "GW", "PG"]);
    check("Nigeria spoke with Niger.", &["NE", "NG"]);
    check("Ships left the Indian Ocean for the South China Sea.", &[]);
    check("He wore a Panama hat in New Mexico.", &["US"]);
    check("West Germany and East Germany signed.", &["DD", "DE"]);
}

#[test]
fn compounds_and_possessives_hold_names() {
    check("Pak-Afghan trade and Uzbek–Pakistani ties", &["AF", "PK", "UZ"]);
    check("Sino-Indian talks; Pakistan’s view", &["CN", "IN", "PK"]);
}

#[test]
fn persons_are_no_countries() {
    check("Michael Jordan scored. Jordan then left.", &[]);
    check("Chad Smith plays drums.", &[]);
    check("Israel Goldstein spoke.", &[]);
    check("Jordan and Chad and Israel signed.", &["IL", "JO", "TD"]);
}

#[test]
fn georgia_is_told_by_its_company() {
    check("Shops in Georgia and Alabama closed.", &["US"]);
    check("Georgia and Armenia share a border.", &["AM", "GE"]);
}

#[test]
fn congos_and_koreas_are_told_by_their_company() {
    check("Kinshasa is far away, but the Congo votes.", &["CD"]);
    check("Congo-Brazzaville sells oil.", &["CG"]);
    check("Pyongyang says Korea is one.", &["KP"]);
    check("Korea exports ships.", &["KR"]);
}

#[test]
fn names_in_other_scripts_and_spellings() {
    check("Визит в Казахстан и Таджикистана", &["KZ", "TJ"]);
    check("پاکستان", &["PK"]);
    check("Byelorussia, Kirghizia, Ashkhabad, Alma-Ata", &["BY", "KG", "KZ", "TM"]);
    check("Côte d’Ivoire and Turkiye", &["CI", "TR"]);
}

#[test]
fn lookup_knows_all_spellings_and_suggests() {
    for (text, code) in
        [("kz", "KZ"), ("KAZAKH", "KZ"), ("cote d'ivoire", "CI"), ("Turkman", "TM"), ("uk", "GB")]
    {
        assert_eq!(lookup(text).unwrap().as_str(), code, "{text}");
    }
    assert!(lookup("Kazakstann").unwrap_err().to_string().contains("Kazakhstan"));
    assert_eq!(name(lookup("PK").unwrap()), "Pakistan");
}

#[test]
fn own_names_count_and_mistakes_name_their_line() {
    let seeds = tempfile::tempdir().unwrap();
    let file = seeds.path().join("gazetteer.tsv");
    std::fs::write(&file, "# own\nSilver Gate\tTajikistan\tplace\n").unwrap();
    let own = Tagger::for_seeds(seeds.path()).unwrap();
    assert_eq!(own.tag_text("The Silver Gate opened.")[0].code.as_str(), "TJ");
    assert_ne!(own.digest(), tagger().digest());
    std::fs::write(&file, "# own\nSilver Gate\tNowhereland\n").unwrap();
    let error = Tagger::for_seeds(seeds.path()).err().unwrap().to_string();
    assert!(error.contains("line 2"), "{error}");
}

#[test]
fn what_names_no_country_inherits_them() {
    let text = "Pakistan-Tajikistan Economic Relations\n\nBoth countries wish to trade more with one another, and \
                their ministers have met in several rounds of talks to that end.\n";
    let document = plain(text);
    let segmented = crate::passage::segment(&document);
    let work = Work { title: Some("Pakistan and Tajikistan".into()), ..Work::default() };
    let tags = tagger().tag_document(&work, &segmented);
    let last = tags.passages.last().unwrap();
    assert_eq!(last.iter().map(|t| t.code.as_str()).collect::<Vec<_>>(), ["PK", "TJ"]);
    assert!(last.iter().all(|t| t.evidence != Evidence::Named));
}
