use crate::bibliography::Work;
use crate::bibliography::evidence::{Candidate, Credit, Origin, Value, of_page};
use crate::bibliography::{Date, Field, WorkType};
use crate::document::{Document, Format};

fn title(origin: Origin, text: &str) -> Candidate {
    Candidate { value: Value::Title(text.to_owned()), origin }
}

fn site(origin: Origin, text: &str) -> Candidate {
    Candidate { value: Value::Container(text.to_owned()), origin }
}

fn host(text: &str) -> Candidate {
    site(Origin::FileName, text)
}

fn credit(origin: Origin, texts: &[&str]) -> Candidate {
    let credits = texts.iter().map(|text| Credit { text: (*text).to_owned(), is_body: false }).collect();
    Candidate { value: Value::Credits(credits), origin }
}

fn issued(origin: Origin, text: &str) -> Candidate {
    Candidate { value: Value::Issued(Date::parse(text).unwrap()), origin }
}

fn changed(origin: Origin, text: &str) -> Candidate {
    Candidate { value: Value::Changed(Date::parse(text).unwrap()), origin }
}

fn weighed(candidates: Vec<Candidate>) -> Work {
    let mut document = Document::new(Format::Html);
    document.candidates = candidates;
    of_page(&document)
}

fn title_of(candidates: Vec<Candidate>) -> Option<String> {
    weighed(candidates).title
}

fn authors(candidates: Vec<Candidate>) -> Vec<String> {
    weighed(candidates).authors.iter().map(super::super::Name::display).collect()
}

#[test]
fn the_printed_headline_is_the_title() {
    use Origin::*;
    let seo = || {
        vec![
            title(JsonLd, "Bridge opens in spring"),
            title(SharingTag, "Bridge opens in spring | Valley Post"),
        ]
    };
    let with = |heading: &str| [seo(), vec![title(Heading, heading), host("valleypost.example")]].concat();
    let work = weighed(with("The bridge opens in early spring"));
    assert_eq!(work.title.as_deref(), Some("The bridge opens in early spring"));
    assert_eq!(work.origins[&Field::Title], Heading);
    assert!(work.set_aside.iter().any(|s| s.value == "Bridge opens in spring"));
    // A heading that has nothing in common with the titles is of something else.
    assert_eq!(title_of(with("Newsletter")).as_deref(), Some("Bridge opens in spring"));
}

#[test]
fn the_name_of_the_site_is_cut_off() {
    use Origin::*;
    for (full, site_name) in [
        ("A day in Minsk - The Valley Post", "Valley Post"),
        ("A day in Minsk | Valley Post - All that happens", "Valley Post - All that happens"),
        ("Valley Post: A day in Minsk", "Valley Post"),
        ("A day in Minsk_news_Valley Post", "Valley Post"),
    ] {
        let found = title_of(vec![title(PageTitle, full), site(SharingTag, site_name)]);
        assert_eq!(found.as_deref(), Some("A day in Minsk"), "{full}");
    }
    let by_host = title_of(vec![title(PageTitle, "A day in Minsk - VP"), host("www.vp.example")]);
    assert_eq!(by_host.as_deref(), Some("A day in Minsk"));
    assert_eq!(title_of(vec![title(PageTitle, "Valley Post"), site(SharingTag, "Valley Post")]), None);
}

#[test]
fn a_short_description_is_no_headline() {
    use Origin::*;
    let found = title_of(vec![
        title(JsonLd, "river in the north of the valley"),
        title(JsonLd, "Lind (river)"),
        title(Heading, "Lind (river)"),
        title(PageTitle, "Lind (river) - Encyclopedia"),
    ]);
    assert_eq!(found.as_deref(), Some("Lind (river)"));
}

#[test]
fn persons_come_before_the_publisher_and_lists_are_taken_whole() {
    use Origin::*;
    let name = || site(SharingTag, "Valley Post");
    assert_eq!(
        authors(vec![name(), credit(JsonLd, &["Valley Post"]), credit(MarkedElement, &["By Anna Lind"])]),
        ["Anna Lind"]
    );
    let both = [credit(JsonLd, &["Anna Lind"]), credit(MarkedElement, &["ANNA LIND", "Jo Berg"])];
    assert_eq!(authors(both.to_vec()), ["Anna Lind", "Jo Berg"]);
    let twice = [credit(MetaTag, &["Anna Lind", "A. Lind"]), credit(JsonLd, &["Anna Lind, Anna Lind"])];
    assert_eq!(authors(twice.to_vec()), ["Anna Lind"]);
    // A tag that nothing agrees with against two places that agree.
    let publisher = [
        credit(MetaTag, &["Conrad Naste"]),
        credit(MetaTag, &["Anna Lind"]),
        credit(MarkedElement, &["Anna Lind"]),
    ];
    assert_eq!(authors(publisher.to_vec()), ["Anna Lind"]);
    assert_eq!(authors(vec![name(), credit(JsonLd, &["Valley Post"])]), ["Valley Post"]);
}

#[test]
fn a_name_set_apart_counts_where_another_place_has_it_too() {
    use Origin::*;
    let byline = || credit(MarkedElement, &["Jo Berg\nAnna Lind\nValley Desk"]);
    let work = weighed(vec![credit(JsonLd, &["Anna Lind"]), byline()]);
    let names: Vec<String> = work.authors.iter().map(super::super::Name::display).collect();
    assert_eq!(names, ["Jo Berg", "Anna Lind"]);
    assert!(work.set_aside.iter().any(|s| s.value == "Valley Desk"), "{:?}", work.set_aside);
    assert_eq!(authors(vec![byline()]), ["Jo Berg"]);
}

#[test]
fn parts_of_the_site_are_no_persons() {
    use Origin::*;
    let credits = || credit(MarkedElement, &["von Anna Lind, VTV HOCHLAND"]);
    assert_eq!(authors(vec![site(JsonLd, "VTV"), credits()]), ["Anna Lind"]);
    // A first name that is the site's is a person's all the same.
    let own = vec![host("anna.example"), credit(MarkedElement, &["Anna Lind"])];
    assert_eq!(authors(own), ["Anna Lind"]);
}

#[test]
fn a_body_does_not_step_in_for_an_unnamed_writer() {
    use Origin::*;
    let agency = || credit(MetaTag, &["Associated News Agency"]);
    assert_eq!(authors(vec![agency()]), ["Associated News Agency"]);
    let work = weighed(vec![credit(JsonLd, &["Valley staff reporter"]), agency()]);
    assert!(work.authors.is_empty());
    assert!(work.set_aside.iter().any(|s| s.value == "Associated News Agency"));
}

#[test]
fn accounts_sections_and_addresses_are_set_aside() {
    use Origin::*;
    let work = weighed(vec![credit(MetaTag, &["https://networks.example/lind", "Politics", "alind"])]);
    assert!(work.authors.is_empty());
    assert_eq!(work.set_aside.len(), 3, "{:?}", work.set_aside);
}

#[test]
fn the_day_of_publication_is_not_that_of_the_change() {
    use Origin::*;
    let work = weighed(vec![changed(JsonLd, "2020-05-01"), issued(MarkedElement, "2019-03-04")]);
    assert_eq!(work.issued.unwrap().to_string(), "2019-03-04");
    assert!(work.set_aside.iter().any(|s| s.why.contains("change")));
    assert_eq!(weighed(vec![changed(JsonLd, "2020-05-01")]).issued.unwrap().to_string(), "2020-05-01");
    for text in ["1970-01-01", "2199-01-01"] {
        assert_eq!(weighed(vec![issued(JsonLd, text)]).issued, None, "{text}");
    }
    let order = weighed(vec![issued(FileName, "2019-03-01"), issued(MetaTag, "2019-03-04")]);
    assert_eq!(order.issued.unwrap().to_string(), "2019-03-04");
}

#[test]
fn the_site_is_what_goes_together_with_the_address() {
    use Origin::*;
    let container = |candidates: Vec<Candidate>| weighed(candidates).container;
    let names = vec![
        site(JsonLd, "Lind Holding Group"),
        site(SharingTag, "The Valley Post"),
        host("www.valleypost.example"),
    ];
    assert_eq!(container(names).as_deref(), Some("The Valley Post"));
    assert_eq!(container(vec![site(MetaTag, "WordPress"), host("valley.example")]), None);
    assert_eq!(
        container(vec![site(MetaTag, "https://www.valley.example"), host("valley.example")]).as_deref(),
        Some("valley.example")
    );
    let tail = vec![title(PageTitle, "A day - New Valley Times"), host("nvtimes.example")];
    assert_eq!(container(tail).as_deref(), Some("New Valley Times"));
    assert_eq!(container(vec![title(PageTitle, "A day - Politics"), host("valley.example")]), None);
}

#[test]
fn the_end_of_a_title_is_the_site_where_the_address_or_its_account_shows_it() {
    use Origin::*;
    let container = |candidates: Vec<Candidate>| weighed(candidates).container;
    // An address may be called by the first word of the name only.
    let first = |tail: &str, address: &str| {
        container(vec![title(PageTitle, &format!("Giant flowers - {tail}")), host(address)])
    };
    assert_eq!(
        first("Spectra der Forschung", "www.spectra.example").as_deref(),
        Some("Spectra der Forschung")
    );
    assert_eq!(first("Sky at Night", "www.sky.example"), None);
    let head =
        vec![title(PageTitle, "Spectra of the sand and of the sea - Physics"), host("spectra.example")];
    assert_eq!(container(head), None);
    // Without an address the account confirms a name; it is none itself, and an address comes before it.
    let told = |own: Vec<Candidate>| [vec![title(PageTitle, "A day - Valleyphone")], own].concat();
    let account = || site(MetaTag, "@valleyphone");
    assert_eq!(container(told(vec![account()])).as_deref(), Some("Valleyphone"));
    assert_eq!(container(told(vec![site(MetaTag, "@anna")])), None);
    assert_eq!(container(told(vec![account(), host("ports.example")])), None);
}

#[test]
fn a_journal_is_cited_without_its_publisher() {
    let with = |work_type: WorkType| {
        let mut document = Document::new(Format::Html);
        document.stated.work_type = work_type;
        document.candidates = vec![
            site(Origin::BibliographicTag, "Journal of Ports"),
            Candidate { value: Value::Publisher("Lind Press".to_owned()), origin: Origin::BibliographicTag },
        ];
        of_page(&document)
    };
    let article = with(WorkType::ArticleJournal);
    assert_eq!((article.container.as_deref(), article.publisher), (Some("Journal of Ports"), None));
    assert!(article.set_aside.iter().any(|s| s.value == "Lind Press"));
    assert_eq!(with(WorkType::PaperConference).publisher.as_deref(), Some("Lind Press"));
}
