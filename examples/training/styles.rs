//! Labelled entries in styles that AnyStyle's data hardly has, made from templates: news and pages on the web,
//! works of bodies, GOST-like entries with `//` and an access date. All names in them are made up.

const PERSONS: [&str; 12] = [
    "Okafor, B.",
    "Lindqvist, A. M.",
    "Tanaka, H. and Moreau, C.",
    "Petrov, I. V.",
    "Abbasi, N.",
    "Silva, R. D.",
    "Haugen, T., & Brandt, L.",
    "Noorzai, F. R.",
    "Mensah, K. et al.",
    "Castellanos, J.",
    "Iqbal, S. and Dar, U.",
    "Weiss, P. J.",
];

const BODIES: [&str; 10] = [
    "Embassy of Norway in Chile.",
    "Ministry of Transport of Mongolia.",
    "World Fisheries Council.",
    "Embassy of Ghana in Japan",
    "Ministry of Foreign Affairs of Peru.",
    "Central Bank of Iceland.",
    "National Museum of Estonia",
    "Port Authority of Durban.",
    "Council on Arctic Policy.",
    "Department of Mines of Zambia.",
];

const TITLES: [&str; 16] = [
    "Harbour fees and the price of grain",
    "Norway-Chile Relations: A Brief History",
    "Ferry Links across the Strait",
    "Bilateral Relations",
    "Why small states build large ports",
    "Finland and Estonia pledge to widen rail ties",
    "Fishing Rights in Cold Waters: From Cod Wars to Quotas",
    "Overview of Peru-Mongolia Bilateral Trade",
    "Prime Minister in Oslo to attend fisheries summit",
    "Minister arrives in Lima",
    "The silver anniversary of a quiet friendship",
    "30 years of Baltic-Nordic Cooperation",
    "Customs Unions: An Appraisal since 1985",
    "Chile: Norway's 'old friend' in the south",
    "To keep young teachers, begin with housing",
    "Wool, Trade and Transport across the Southern Ocean",
];

const PAPERS: [&str; 12] = [
    "The Morning Herald",
    "Oslo Post",
    "Baltic Observer",
    "Daily Courier",
    "The Nation",
    "Reuters",
    "The Northern Times",
    "Global Trade Monitor",
    "Harbour Info",
    "Eurasia Weekly",
    "Xinmin",
    "Dagens Nyheter",
];

const JOURNALS: [&str; 11] = [
    "Nordic Studies",
    "Journal of Port Economics",
    "Ocean Policy Review",
    "Baltic Research Journal",
    "Fisheries Quarterly",
    "International Journal of Coastal and Island Affairs",
    "Northern Affairs",
    "History & Culture of the South",
    "Norwegian Economic Review",
    "Chile Political Sciences Quarterly",
    "Estonian Journal of History",
];

const SITES: [&str; 8] = [
    "Embassy of Chile Oslo – Norway",
    "Baltic Digest",
    "National Statistics Office",
    "Fisheries Portal",
    "Port of Durban",
    "The Courier: daily newspaper (online-version)",
    "Ministry of Trade of Peru",
    "Arctic Council",
];

const DATES: [&str; 8] = [
    "(2018, March 4).",
    "(2020, November 23).",
    "(May 9, 2012).",
    "(2015).",
    "(2019b).",
    "(2003)",
    "(2016, July 30).",
    "(2008).",
];

const DAYS: [&str; 6] = [
    "March 13, 2012.",
    "June 2, 2019.",
    "September 16, 2020.",
    "April 1, 2017.",
    "November 28, 2018.",
    "12 May 2014.",
];

const URLS: [&str; 6] = [
    "https://www.example.org/news/1635/finland-and-estonia-pledge",
    "http://embassy.example.com/bilateral-relations/",
    "https://example.net/en/oslo/relations/political-consultations",
    "http://www.example.cl/english/2019-06/02/c_1399_2.htm",
    "https://digest.example.org/story/old-friend-in-the-south/",
    "https://stats.example.no/report-12?lang=en",
];

const ACCESS: [&str; 5] = [
    "(date of access: 14.03.2019).",
    "(date of access: 02.11.2020).",
    "(accessed: 5.06.2018).",
    "(дата обращения: 21.09.2017).",
    "(Accessed 12 May 2016)",
];

const VOLUMES: [(&str, &str); 6] = [
    ("11(2):", "69-81."),
    ("4:", "92-118."),
    ("65(3):", "1-16."),
    ("XX1(2):", "3-17."),
    ("7(1),", "101–120."),
    ("20(11):", "41-46."),
];

/// Picks the `i`-th of a list, over and over.
fn pick<'a, T: ?Sized>(list: &[&'a T], i: usize) -> &'a T {
    list[i % list.len()]
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One element.
fn element(tag: &str, text: &str) -> String {
    format!("<{tag}>{}</{tag}>", escape(text))
}

/// All entries, in the form of the data sets.
pub fn entries() -> String {
    let mut out = String::new();
    for i in 0..24 {
        for entry in [
            news(i),
            paper(i),
            body(i),
            web(i),
            journal(i),
            gost_site(i),
            gost_news(i),
            gost_journal(i),
            book(i),
        ] {
            out.push_str("<sequence>");
            entry.iter().for_each(|(tag, text)| out.push_str(&element(tag, text)));
            out.push_str("</sequence>\n");
        }
    }
    out
}

type Entry = Vec<(&'static str, String)>;

/// Text with a Markdown or angle-bracket address, as often as not.
fn address(i: usize) -> String {
    let url = pick(&URLS, i);
    match i % 3 {
        0 => format!("<{url}>"),
        1 => url.to_owned(),
        _ => format!("{url}."),
    }
}

fn number(i: usize) -> Entry {
    match i % 3 {
        0 => vec![("citation-number", format!("{}.", i % 40 + 1))],
        1 => vec![("citation-number", format!("[{}]", i % 40 + 1))],
        _ => vec![],
    }
}

/// A story on the web, with its author.
fn news(i: usize) -> Entry {
    vec![
        ("author", pick(&PERSONS, i).to_owned()),
        ("date", pick(&DATES, i * 3).to_owned()),
        ("title", format!("{}.", pick(&TITLES, i * 5 + 1))),
        ("journal", format!("{}.", pick(&PAPERS, i * 7))),
        (
            "note",
            pick(&["Retrieved from:", "Retrieved from", "Available at:", "Available from:"], i).to_owned(),
        ),
        ("url", address(i)),
    ]
}

/// A story in a newspaper, without author.
fn paper(i: usize) -> Entry {
    let title = pick(&TITLES, i * 3 + 2);
    let title = match i % 4 {
        0 => format!("“{title}”."),
        1 => format!("\"{title}\"."),
        2 => format!("“{title}.”"),
        _ => format!("{title}."),
    };
    let mut entry = vec![
        ("title", title),
        ("journal", format!("{},", pick(&PAPERS, i * 5))),
        ("date", pick(&DAYS, i).to_owned()),
    ];
    if i.is_multiple_of(3) {
        entry.push(("url", pick(&URLS, i / 3).to_owned()));
    }
    entry
}

/// A page of a body, with or without date.
fn body(i: usize) -> Entry {
    let mut entry = vec![("author", pick(&BODIES, i).to_owned())];
    if !i.is_multiple_of(3) {
        entry.push(("date", pick(&DATES, i * 3 + 1).to_owned()));
    }
    let title = pick(&TITLES, i * 5 + 3);
    entry.push(("title", if i.is_multiple_of(2) { format!("\"{title}\".") } else { format!("“{title}”.") }));
    entry.push(("note", pick(&["Retrieved from:", "Retrieved from", "Available at:"], i).to_owned()));
    entry.push(("url", address(i + 1)));
    entry
}

/// A page or report of an institute, with a person as author.
fn web(i: usize) -> Entry {
    let mut entry = vec![
        ("author", pick(&PERSONS, i * 5).to_owned()),
        ("date", pick(&DATES, i).to_owned()),
        ("title", format!("{}.", pick(&TITLES, i * 7))),
    ];
    match i % 3 {
        0 => entry.extend([
            ("publisher", "Institute of Port Studies Durban:".to_owned()),
            ("pages", "1-12.".to_owned()),
        ]),
        1 => entry.push(("publisher", "The Baltic Business Council.".to_owned())),
        _ => entry.extend([
            ("location", "Tartu, Estonia:".to_owned()),
            ("publisher", "Institute of Trade.".to_owned()),
        ]),
    }
    if i.is_multiple_of(2) {
        entry.extend([("note", "Retrieved from:".to_owned()), ("url", address(i))]);
    }
    entry
}

fn journal(i: usize) -> Entry {
    let (volume, pages) = VOLUMES[i % VOLUMES.len()];
    vec![
        ("author", pick(&PERSONS, i * 7).to_owned()),
        ("date", pick(&["(2009)", "(2016).", "(2011).", "(2001)"], i).to_owned()),
        ("title", format!("{}{}", pick(&TITLES, i * 3), if i % 4 == 3 { "" } else { "." })),
        ("journal", format!("{},", pick(&JOURNALS, i))),
        ("volume", volume.to_owned()),
        ("pages", pages.to_owned()),
    ]
}

fn gost_site(i: usize) -> Entry {
    let mut entry = number(i);
    entry.extend([
        ("title", pick(&TITLES, i * 7 + 1).to_owned()),
        ("note", "//".to_owned()),
        ("container-title", format!("{}.", pick(&SITES, i))),
        ("note", "URL:".to_owned()),
        ("url", pick(&URLS, i).to_owned()),
        ("note", pick(&ACCESS, i).to_owned()),
    ]);
    entry
}

fn gost_news(i: usize) -> Entry {
    let mut entry = number(i + 1);
    let by = pick(&["By Ada Linden.", "By Tomas Reyes.", "By Ingrid Solheim."], i);
    entry.extend([("title", pick(&TITLES, i * 5).to_owned()), ("note", "//".to_owned())]);
    if i.is_multiple_of(2) {
        entry.push(("author", by.to_owned()));
    }
    entry.push(("container-title", format!("{}.", pick(&SITES, i * 3 + 1))));
    if i.is_multiple_of(2) {
        entry.extend([
            ("location", "Norway,".to_owned()),
            ("date", pick(&["2018, Oct. 14.", "2020, May 3."], i / 2).to_owned()),
        ]);
    }
    entry.extend([
        ("note", "URL:".to_owned()),
        ("url", pick(&URLS, i + 2).to_owned()),
        ("note", pick(&ACCESS, i + 1).to_owned()),
    ]);
    entry
}

fn gost_journal(i: usize) -> Entry {
    let mut entry = number(i + 2);
    let russian = i.is_multiple_of(2);
    let author = if russian { "Лебедев А. Н." } else { "Lebedev A. N." };
    let title = if russian {
        "Морская торговля северных стран"
    } else {
        pick(&TITLES, i)
    };
    let journal = if russian { "Вопросы истории." } else { "Questions of Maritime History." };
    entry.extend([
        ("author", author.to_owned()),
        ("title", title.to_owned()),
        ("note", "//".to_owned()),
        ("journal", journal.to_owned()),
        ("date", pick(&["2015.", "2019.", "2007."], i).to_owned()),
        ("volume", if russian { "№ 4." } else { "No. 3." }.to_owned()),
        ("pages", if russian { "С. 12–29." } else { "P. 45–61." }.to_owned()),
    ]);
    entry
}

fn book(i: usize) -> Entry {
    vec![
        ("author", pick(&PERSONS, i * 11).to_owned()),
        ("date", pick(&["(2001).", "(2017).", "(2007)."], i).to_owned()),
        ("title", format!("{}.", pick(&TITLES, i * 9 + 4))),
        ("location", pick(&["London:", "Uppsala, Sweden:", "Cape Town:"], i).to_owned()),
        (
            "publisher",
            pick(
                &["North Sea Publishers.", "Maritime Research Centre, Uppsala University.", "IB Norden."],
                i,
            )
            .to_owned(),
        ),
    ]
}
