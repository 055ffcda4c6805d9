use super::*;
use crate::bibliography::{Work, WorkType};

/// All fields that could be read, in a fixed order.
pub(super) fn fields(entry: &str) -> String {
    let parsed = parse(entry);
    let one = |name: &str, value: &Option<String>| value.as_ref().map(|v| format!("{name}={v}"));
    let authors = (!parsed.authors.is_empty()).then(|| format!("authors={}", parsed.authors.join(" + ")));
    let all = [
        authors,
        one("issued", &parsed.issued),
        one("title", &parsed.title),
        one("container", &parsed.container),
        one("publisher", &parsed.publisher),
        one("volume", &parsed.volume),
        one("issue", &parsed.issue),
        one("pages", &parsed.pages),
        one("url", &parsed.url),
        one("doi", &parsed.doi),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

#[test]
fn author_date_entries_are_read_exactly() {
    for (entry, expected) in [
        (
            "Ahmad, R. (2000). Pakistan and Turkmenistan: Past and Present. Pakistan Journal of History & Culture, XX1(2): 1-11.",
            "authors=Ahmad, R. | issued=2000 | title=Pakistan and Turkmenistan: Past and Present | container=Pakistan Journal of History & Culture | volume=XX1 | issue=2 | pages=1-11",
        ),
        (
            "Embassy of Pakistan in Kazakhstan. \"Bilateral Relations\". Retrieved from: http://pakembkazakhstan.org/bilateral-relations/",
            "authors=Embassy of Pakistan in Kazakhstan | title=Bilateral Relations | url=http://pakembkazakhstan.org/bilateral-relations/",
        ),
        (
            "Embassy of Tajikistan in Pakistan. (2020a). \"Bilateral relations between Tajikistan and Pakistan\". Retrieved from: <https://mfa.tj/en/islamabad/relations/bilateral-relations>",
            "authors=Embassy of Tajikistan in Pakistan | issued=2020a | title=Bilateral relations between Tajikistan and Pakistan | url=https://mfa.tj/en/islamabad/relations/bilateral-relations",
        ),
        (
            "Fahim, M. (2020, August 19). Pakistan-Kyrgyzstan Relations: A Quick Overview. *Pakistan Info*. Retrieved from: <https://pakistaninfo.com/15088/pakistan-kyrgyzstan-relations-a-quick-overview/>",
            "authors=Fahim, M. | issued=2020, August 19 | title=Pakistan-Kyrgyzstan Relations: A Quick Overview | container=Pakistan Info | url=https://pakistaninfo.com/15088/pakistan-kyrgyzstan-relations-a-quick-overview/",
        ),
        (
            "Farwa, U. (2018). Kazakhstan-Pakistan Relations: Priorities of Kazakh Foreign Policy. Institute of Strategic Studies Islamabad: 1-12. Retrieved from: http://issi.org.pk/wp-content/uploads/2018/12/Report_PT_Nov_30_2018.pdf",
            "authors=Farwa, U. | issued=2018 | title=Kazakhstan-Pakistan Relations: Priorities of Kazakh Foreign Policy | publisher=Institute of Strategic Studies Islamabad | pages=1-12 | url=http://issi.org.pk/wp-content/uploads/2018/12/Report_PT_Nov_30_2018.pdf",
        ),
        (
            "“Gilani Visit to Kyrgyzstan”. Dawn, March 13, 2011.",
            "issued=March 13, 2011 | title=Gilani Visit to Kyrgyzstan | container=Dawn",
        ),
        (
            "Kazakova, M. and Komissina, I. (2001) Pakistan: Geo-economic Interests in Central Asia. Central Asia and Caucasus, 5(11): 1-24.",
            "authors=Kazakova, M. + Komissina, I. | issued=2001 | title=Pakistan: Geo-economic Interests in Central Asia | container=Central Asia and Caucasus | volume=5 | issue=11 | pages=1-24",
        ),
        (
            "Knabloch, E. (2001). Monuments of Central Asia. London: IB Tauris Publishers.",
            "authors=Knabloch, E. | issued=2001 | title=Monuments of Central Asia | publisher=IB Tauris Publishers",
        ),
        (
            "Muzalevsky, R. (January 31, 2011). Tajikistan and Pakistan at a Crossroads: Energy, Trade and Transport across Central and South Asia. Eurasia Daily Monitor. Retrieved from: https://jamestown.org/program/tajikistan-and-pakistan-at-a-crossroads/",
            "authors=Muzalevsky, R. | issued=January 31, 2011 | title=Tajikistan and Pakistan at a Crossroads: Energy, Trade and Transport across Central and South Asia | container=Eurasia Daily Monitor | url=https://jamestown.org/program/tajikistan-and-pakistan-at-a-crossroads/",
        ),
        (
            "Noor, M. A. (2017, May 22). 25 years of Pak-Uzbek Relations. The Nation. Retrieved from: https://nation.com.pk/22-May-2017/25-years-of- pak-uzbek-relations",
            "authors=Noor, M. A. | issued=2017, May 22 | title=25 years of Pak-Uzbek Relations | container=The Nation | url=https://nation.com.pk/22-May-2017/25-years-of-pak-uzbek-relations",
        ),
        (
            "“Pakistan, Tajikistan agree to further deepen relations in diverse fields”. Xinhua, June 2, 2021. http://www.xinhuanet.com/english/2021-06/02/c_139985663_2.htm",
            "issued=June 2, 2021 | title=Pakistan, Tajikistan agree to further deepen relations in diverse fields | container=Xinhua | url=http://www.xinhuanet.com/english/2021-06/02/c_139985663_2.htm",
        ),
        (
            "Rahman, F. U. (2007). Pakistan's Evolving Relations with China, Russia, and Central Asia. Sapporo, Japan: Slavic Research Centre, Hokkaido University.",
            "authors=Rahman, F. U. | issued=2007 | title=Pakistan's Evolving Relations with China, Russia, and Central Asia | publisher=Slavic Research Centre, Hokkaido University",
        ),
        (
            "Waheed Z. et al. (2020). Opportunities and Challenges for Agri-Food Trade between Kyrgyzstan and Pakistan. Urumqi, China: CAREC Institute.",
            "authors=Waheed Z. + et al. | issued=2020 | title=Opportunities and Challenges for Agri-Food Trade between Kyrgyzstan and Pakistan | publisher=CAREC Institute",
        ),
    ] {
        assert_eq!(fields(entry), expected);
    }
}

#[test]
fn entries_with_double_slashes_are_read_exactly() {
    for (entry, expected) in [
        (
            "1. Overview of Pakistan-Belarus Bilateral Relations // Embassy of Pakistan Minsk – Belarus. URL: https://pakembminsk.org/bilateral-relation (date of access: 23.04.2021).",
            "title=Overview of Pakistan-Belarus Bilateral Relations | container=Embassy of Pakistan Minsk – Belarus | url=https://pakembminsk.org/bilateral-relation",
        ),
        (
            "2. Pakistan: Belarus's 'new best friend' in South Asia // Belarus Digest. URL: https://belarusdigest.com/story/pakistan-belaruss-new-best-friend-in-south-asia/ (date of access: 23.04.2021).",
            "title=Pakistan: Belarus's 'new best friend' in South Asia | container=Belarus Digest | url=https://belarusdigest.com/story/pakistan-belaruss-new-best-friend-in-south-asia/",
        ),
        (
            "6. To create an immigrant-friendly Japan, start with education reform// By Asia Dobbs. The Japan Times: daily newspaper (online-version). Japan, 2019, Sept. 11. URL: https://www.japantimes.co.jp/opinion/2019/09/11/commentary/create (date of access: 01.04.2021).",
            "authors=Asia Dobbs | issued=2019, Sept. 11 | title=To create an immigrant-friendly Japan, start with education reform | container=The Japan Times: daily newspaper (online-version) | url=https://www.japantimes.co.jp/opinion/2019/09/11/commentary/create",
        ),
    ] {
        assert_eq!(fields(entry), expected);
    }
}

#[test]
fn dates_of_access_are_no_dates_of_issue() {
    for (entry, issued) in [
        ("Harbour Board, “Ferry Routes.” Accessed 12 April 2019.", None),
        ("Oslo Post. Grain trade of the north. [online] Accessed: 4 June 2020.", None),
        ("Port Council. Ferry data. https://data.example.org (accessed May 4, 2018).", None),
        ("Hafenamt. Zollstatistik. Abgerufen am 4. Juni 2019 von https://example.de/a", None),
        ("Port Council, Mission du nord, https://example.fr/a, consulté le 3 mars 2018.", None),
        ("Rahm, F. Trade in the north. Retrieved 5 May 2019 from https://example.no/a", None),
        (
            "Port Council. Trade by partner [online]. [viewed 12 May 2015]. Available from: https://example.eu/a",
            None,
        ),
        ("Silva, R. Ports. https://example.org/p (last visited Mar. 3, 2016).", None),
        ("Silva, R. Ports. https://example.org/p [3 March 2016].", None),
        ("Banco Azul. Estadísticas. https://example.es (consultado el 5 de mayo de 2017).", None),
        ("Liman Kurumu. Ticaret. https://example.tr/a (Erişim tarihi: 12.04.2019).", None),
        (
            "Oslo Post, “New quay,” 3 March 2014, https://example.no/a (accessed 5 April 2016).",
            Some("3 March 2014"),
        ),
        ("Rahm, F. (2014). Il porto. https://example.it (consultato il 3 maggio 2016).", Some("2014")),
        ("Rahm, F. (1998). The king visited in 1910. Oslo: Press.", Some("1998")),
    ] {
        assert_eq!(parse(entry).issued.as_deref(), issued, "{entry}");
    }
}

#[test]
fn bodies_are_authors_as_a_whole() {
    for (entry, body, title) in [
        (
            "Ministry of Inland Waters of the Republic of Zambia (2021, March 4). Joint statement. Retrieved May 3, 2022, from https://example.zm/a",
            "Ministry of Inland Waters of the Republic of Zambia",
            "Joint statement",
        ),
        (
            "President of the Republic of Chile (2021, March 4). Address to the people. https://example.cl/a",
            "President of the Republic of Chile",
            "Address to the people",
        ),
        (
            "Embassy of the Kingdom of Norway in the Republic of Chile (2020, May 2). Trade figures. https://example.no/a",
            "Embassy of the Kingdom of Norway in the Republic of Chile",
            "Trade figures",
        ),
        (
            "Government of the Republic of Ghana, Ministry of Ports. (2018). Survey of quays. Accra.",
            "Government of the Republic of Ghana, Ministry of Ports",
            "Survey of quays",
        ),
        (
            "Ministry of Ports of the Republic of Ghana, “Ghana and Togo,” 2020, https://example.gh/x.",
            "Ministry of Ports of the Republic of Ghana",
            "Ghana and Togo",
        ),
        (
            "The State Statistics Committee of the Republic of Estonia. 2014. Statistical yearbook. Tallinn.",
            "The State Statistics Committee of the Republic of Estonia",
            "Statistical yearbook",
        ),
    ] {
        let parsed = parse(entry);
        assert_eq!(
            (parsed.authors.as_slice(), parsed.title.as_deref()),
            (&[body.to_owned()][..], Some(title)),
            "{entry}"
        );
    }
    let parsed = parse("Government of Ghana signs a pact with Togo (2021, March 4). Accra Post.");
    assert_eq!(parsed.authors, Vec::<String>::new());
}

#[test]
fn entries_with_commas_throughout_keep_their_title() {
    for (entry, title, publisher) in [
        (
            "Marlow, Jane, Abu, Samir El, and Stein, Ruth, 2012, Cash Buffers of Well Connected Shippers, Working Paper, Durban Polytechnic University.",
            "Cash Buffers of Well Connected Shippers",
            "Durban Polytechnic University",
        ),
        (
            "Okafor, B. and Lind, A., 2019, Ports after the war, Discussion Paper No. 45, Institute of Port Studies.",
            "Ports after the war",
            "Institute of Port Studies",
        ),
        (
            "Silva, Rosa, 2015, The river ports of the steppe, World Council, Lima.",
            "The river ports of the steppe",
            "World Council",
        ),
    ] {
        let parsed = parse(entry);
        assert_eq!(
            (parsed.title.as_deref(), parsed.publisher.as_deref()),
            (Some(title), Some(publisher)),
            "{entry}"
        );
    }
}

#[test]
fn an_entry_becomes_a_work() {
    let parsed = parse(
        "Kazakova, M. and Komissina, I. (2001) Pakistan: Geo-economic Interests in Central Asia. Central Asia and Caucasus, 5(11): 1-24.",
    );
    let work: Work = parsed.to_work();
    assert_eq!(work.work_type, WorkType::ArticleJournal);
    assert_eq!(work.authors[1].family.as_deref(), Some("Komissina"));
    assert_eq!(work.issued.unwrap().year, 2001);
    assert_eq!(work.issue.as_deref(), Some("11"));
    let news = parse("“Gilani Visit to Kyrgyzstan”. Dawn, March 13, 2011.").to_work();
    assert_eq!(news.work_type, WorkType::ArticleNewspaper);
    assert_eq!(news.issued.unwrap().to_string(), "2011-03-13");
}

#[test]
fn weights_of_another_form_are_refused() {
    assert!(model::Model::read(WEIGHTS).is_some());
    assert!(model::Model::read(b"").is_none());
    assert!(model::Model::read(&WEIGHTS[..WEIGHTS.len() - 1]).is_none());
    assert!(model::Model::read(&WEIGHTS[1..]).is_none());
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in ".{0,80}", entry in "[A-Za-zéж“”\"'()\\[\\]<>0-9,;:./&*_ –-]{0,120}") {
        parse(&text);
        parse(&entry);
    }
}
