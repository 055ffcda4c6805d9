use super::*;
use crate::bibliography::{Name, WorkType};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

/// The library of a folder, with its files attached.
fn read(seeds: &Path) -> Library {
    let mut library = Library::read(seeds);
    let files = std::fs::read_dir(seeds).into_iter().flatten().flatten();
    let files: Vec<String> = files.filter_map(|f| f.file_name().into_string().ok()).collect();
    let mut files: Vec<&str> = files.iter().map(String::as_str).filter(|f| !FILE_NAMES.contains(f)).collect();
    files.sort_unstable();
    library.attach(files.into_iter());
    library
}

fn messages(library: &Library) -> Vec<String> {
    library.errors.iter().map(ToString::to_string).collect()
}

#[test]
fn an_entry_whose_brackets_nest_without_end_costs_itself() {
    let deep = |open: &str, close: &str| format!("{}T{}", open.repeat(100_000), close.repeat(100_000));
    for (name, text, line) in [
        ("library.bib", format!("@misc{{a, title={{A}}}}\n@misc{{b, title={{{}}}}}\n", deep("{", "}")), 2),
        ("library.yml", format!("a:\n  type: misc\n  title: A\nb:\n  title: {}\n", deep("[", "]")), 4),
    ] {
        let seeds = tempfile::tempdir().unwrap();
        std::fs::write(seeds.path().join(name), text).unwrap();
        let library = Library::read(seeds.path());
        assert_eq!(library.entries.len(), 1, "{name}");
        assert!(library.errors.iter().any(|e| e.line == line && e.message.contains("too deeply")), "{name}");
    }
}

#[test]
fn a_biblatex_entry_is_taken_whole() {
    let bib = "\
@string{dj = {Defence Journal}}
@article{khan2017,
  author = {Khan, Sultan M. and {van der} Berg, Jan and {Ministry of Trade and Industry} and others},
  title = {Strength \\& Strength}, subtitle = {A {NATO} View},
  journaltitle = dj, volume = 20, number = {10}, pages = {37--40}, date = {2017-05},
  doi = {https://doi.org/10.1000/182}, langid = {british}, urldate = {2021-04-23},
  keywords = {trade, defence}, file = {:a.txt:Text}
}
@techreport{b, title={B}, institution = {Institute of Strategic Studies}, year=2018, month=nov, file={b.txt}}
";
    let seeds = folder(&[("library.bib", bib), ("a.txt", ""), ("b.txt", "")]);
    let library = read(seeds.path());
    assert_eq!(messages(&library), Vec::<String>::new());
    let entry = library.lookup("a.txt").unwrap().entry;
    assert_eq!((entry.key.as_str(), entry.line), ("khan2017", 2));
    let work = &entry.work;
    assert_eq!(work.title.as_deref(), Some("Strength & strength: A NATO view"));
    assert_eq!(work.container.as_deref(), Some("Defence Journal"));
    assert_eq!((work.volume.as_deref(), work.issue.as_deref()), (Some("20"), Some("10")));
    assert_eq!(work.pages.as_deref(), Some("37–40"));
    assert_eq!(work.issued.unwrap().to_string(), "2017-05");
    assert_eq!(work.doi.as_deref(), Some("10.1000/182"));
    assert_eq!(work.language.as_deref(), Some("en-GB"));
    assert_eq!(work.accessed.unwrap().to_string(), "2021-04-23");
    assert_eq!(work.keywords, ["trade", "defence"]);
    let words: Vec<_> = work.authors.iter().map(|a| a.sort_word().unwrap()).collect();
    assert_eq!(words[0], "Khan");
    assert_eq!(words[2..], ["Ministry of Trade and Industry", "et al."]);
    let report = &library.lookup("b.txt").unwrap().entry.work;
    assert_eq!(report.publisher.as_deref(), Some("Institute of Strategic Studies"));
    assert_eq!(report.issued.unwrap().to_string(), "2018-11");
    assert_eq!(report.work_type, WorkType::Report);
}

#[test]
fn every_mistake_is_reported_with_its_line_and_the_rest_kept() {
    let bib = "\
@book{good, title = {Good}, file = {a.txt}}
@book{broken, title = {No end,
@book{good, title = {Again}}

@article{baddate,
  title = {Bad}, date = {2021-13-45}
}
@article{nofile, title = {Gone}, file = {gone.pdf}}
@article{odd, title = undefinedword}
@book{twice, title={T}, file = {a.txt}}
@book{last, title = {Last}, year = {n.d.}}
";
    let seeds = folder(&[("library.bib", bib), ("a.txt", "")]);
    let library = read(seeds.path());
    let keys: Vec<_> = library.entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys, ["good", "baddate", "nofile", "odd", "twice", "last"]);
    assert_eq!(library.entries[3].work.title.as_deref(), Some("undefinedword"));
    let lines: Vec<_> = library.errors.iter().map(|e| e.line).collect();
    assert_eq!(lines, [2, 3, 5, 8, 9, 10], "{:#?}", messages(&library));
    let all = messages(&library).join("\n");
    for part in
        ["broken", "key `good` is already used at library.bib:1", "2021-13-45", "gone.pdf", "undefinedword"]
    {
        assert!(all.contains(part), "{part} in {all}");
    }
}

#[test]
fn files_of_an_entry_keep_its_order() {
    let bib = "@book{k, title={K}, file={c.txt;a.txt;b.txt}}\n@book{k-2, title={Other}}\n";
    let seeds = folder(&[("library.bib", bib), ("a.txt", ""), ("b.txt", ""), ("c.txt", "")]);
    let library = read(seeds.path());
    let place =
        |path: &str| library.lookup(path).map(|found| (found.entry.key.as_str(), found.place, found.by));
    assert_eq!(["c.txt", "a.txt", "b.txt"].map(place), [0, 1, 2].map(|n| Some(("k", n, By::Path))));
    assert_eq!(library.entries[0].files, ["c.txt", "a.txt", "b.txt"]);
}

#[test]
fn a_file_elsewhere_is_found_by_a_name_that_only_one_has() {
    let bib = "@book{k, title={K}, file={/home/me/AB/Talk.txt}}\n\
        @book{l, title={L}, file={/home/me/CD/Full Text.txt}}\n@book{m, title={M}, file={/home/me/EF/Full Text.txt}}\n\
        @book{n, title={N}, file={/home/me/GH/two.txt}}\n@book{stem, title={S}}\n";
    let seeds = folder(&[("library.bib", bib)]);
    let mut library = Library::read(seeds.path());
    let files = ["deep/Talk.txt", "x/Full Text.txt", "x/two.txt", "y/two.txt", "y/stem.pdf"];
    library.attach(files.into_iter());
    let found = files.map(|file| library.lookup(file).map(|f| (f.entry.key.to_string(), f.by)));
    let by = |key: &str, by| Some((key.to_owned(), by));
    assert_eq!(found, [by("k", By::Name), None, None, None, by("stem", By::Stem)]);
    let said = messages(&library);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].starts_with("library.bib:2") && said[1].starts_with("library.bib:3"), "{said:?}");
    assert!(said[2].contains("may be any of x/two.txt, y/two.txt"), "{said:?}");
}

#[test]
fn a_document_is_recognised_by_what_it_says_of_itself() {
    let bib = "@article{d, title={Roads}, author={Lind, Anna}, date={2019}, doi={https://doi.org/10.1000/AB_12}}\n\
        @book{i, title={Ports}, author={Berg, Jan}, isbn={0-306-40615-2}}\n\
        @incollection{j, title={A port}, author={Berg, Jan}, isbn={978-0-306-40615-7}}\n\
        @article{t, title={Trade routes of the north: A history}, author={Mori, Aiko}, date={2001}}\n\
        @article{u, title={Valleys}, author={Mori, Aiko}, date={2002}}\n\
        @article{v, title={The long road to the sea}, author={Mori, Aiko}, date={2003}}\n\
        @article{w, title={The long road to the sea}, author={Mori, Aiko}, date={2004}}\n";
    let library = read(folder(&[("library.bib", bib)]).path());
    let identity = |doi: &str, isbn: &str, title: &str, author: &str, year: Option<i32>| Identity {
        doi: (!doi.is_empty()).then(|| doi.to_owned()),
        isbns: vec![isbn.to_owned()],
        title: title.to_owned(),
        authors: vec![author.to_owned()],
        year,
    };
    for (identity, found) in [
        (identity("10.1000/ab_12", "", "", "", None), Some(("d", By::Doi))),
        (identity("", "9780306406157", "", "", None), Some(("i", By::Isbn))),
        (identity("", "", "trade routes of the north a history", "mori", None), Some(("t", By::Title))),
        (identity("", "", "trade routes of the north", "mori", None), Some(("t", By::Title))),
        (identity("", "", "trade routes of the north", "", Some(2001)), Some(("t", By::Title))),
        (identity("", "", "trade routes of the north", "lind", Some(2000)), None),
        (identity("", "", "valleys", "mori", None), None),
        (identity("", "", "valleys", "mori", Some(2002)), Some(("u", By::Title))),
        (identity("", "", "the long road to the sea", "mori", None), None),
        (identity("", "", "the long road to the sea", "mori", Some(2004)), Some(("w", By::Title))),
        (identity("10.1000/other", "", "roads", "lind", Some(2019)), None),
    ] {
        let recognised = library.recognise(&identity).map(|f| (f.entry.key.as_str(), f.by));
        assert_eq!(recognised, found, "{identity:?}");
    }
}

#[test]
fn an_old_thesis_says_its_sort() {
    let bib = "@phdthesis{t, title={T}, school={U}, year=1999, author={{\\'E}mile M{\\\"u}ller}}\n";
    let work = read(folder(&[("library.bib", bib)]).path()).entries.remove(0).work;
    assert_eq!((work.work_type, work.genre.as_deref()), (WorkType::Thesis, Some("PhD thesis")));
    assert_eq!(work.publisher.as_deref(), Some("U"));
    assert_eq!(work.authors[0].family.as_deref(), Some("Müller"));
    assert_eq!(work.authors[0].given.as_deref(), Some("Émile"));
}

#[test]
fn crossref_gives_what_the_parent_has() {
    let bib = "@incollection{c, title={Chapter}, crossref={p}}\n@collection{p, title={Whole}, publisher={P}, year=2001}\n";
    let library = read(folder(&[("library.bib", bib)]).path());
    let work = &library.entries[0].work;
    assert_eq!(work.title.as_deref(), Some("Chapter"));
    assert_eq!(work.publisher.as_deref(), Some("P"));
    assert_eq!(work.issued.unwrap().year, 2001);
}

#[test]
fn hayagriva_entries_are_read() {
    let yaml = "\
raza:
  type: article
  title: Ties
  author: [\"Raza, Maryam\", \"Nawaz, Palwasha\"]
  date: 2021-07-16
  file: [a.txt, 'b c.txt']
  parent:
    type: newspaper
    title: Dawn
bad:
  type: nonsense
  title: X
news:
  type: web
  title: Page
  url: { value: https://example.org/x, date: 2020-01-02 }
  file:
    - d.txt
";
    let seeds = folder(&[("library.yml", yaml), ("a.txt", ""), ("b c.txt", ""), ("d.txt", "")]);
    let library = read(seeds.path());
    assert_eq!(library.errors.len(), 1, "{:?}", messages(&library));
    assert!((10..=12).contains(&library.errors[0].line));
    let work = &library.lookup("a.txt").unwrap().entry.work;
    assert_eq!(work.work_type, WorkType::ArticleNewspaper);
    assert_eq!(work.container.as_deref(), Some("Dawn"));
    assert_eq!(work.issued.unwrap().to_string(), "2021-07-16");
    assert_eq!(work.authors[1].family.as_deref(), Some("Nawaz"));
    let second = library.lookup("b c.txt").unwrap();
    assert_eq!((second.entry.key.as_str(), second.place), ("raza", 1));
    let page = &library.lookup("d.txt").unwrap().entry.work;
    assert_eq!(page.url.as_deref(), Some("https://example.org/x"));
    assert_eq!(page.accessed.unwrap().to_string(), "2020-01-02");
}

#[test]
fn csl_json_items_are_read() {
    let json = r#"[
  {"id": "http://zotero.org/users/1/items/AB12", "type": "report", "title": "R",
   "author": [{"family": "Berg", "given": "J.", "non-dropping-particle": "van"}, {"literal": "CAREC Institute"}],
   "issued": {"date-parts": [["2020", 3]]}, "note": "seen\nfile: a.txt"},
  {"id": "x", "type": "article-newspaper" "title": "no comma"},
  {"id": "y", "type": "book", "issued": {"date-parts": [[2020, 15]]}}
]"#;
    let seeds = folder(&[("library.json", json), ("a.txt", "")]);
    let library = read(seeds.path());
    let lines: Vec<_> = library.errors.iter().map(|e| e.line).collect();
    assert_eq!(lines, [5, 6], "{:?}", messages(&library));
    let entry = library.lookup("a.txt").unwrap().entry;
    assert_eq!(entry.key.as_str(), "AB12");
    assert_eq!(entry.work.note.as_deref(), Some("seen"));
    assert_eq!(entry.work.issued.unwrap().to_string(), "2020-03");
    assert_eq!(entry.work.authors[0].particle.as_deref(), Some("van"));
    assert_eq!(entry.work.authors[1].literal.as_deref(), Some("CAREC Institute"));
}

#[test]
fn a_digest_changes_with_what_is_stated_only() {
    let read = |bib: &str| read(folder(&[("library.bib", bib)]).path()).entries.remove(0).digest();
    let first = read("@book{k, title={K}}");
    assert_eq!(first, read("% a comment\n@book{k,\n  title = {K},\n}"));
    assert_ne!(first, read("@book{k, title={L}}"));
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[@a-z{}\"#=,\\\\%$\\n :\\[\\]-]{0,120}", odd in ".{0,80}") {
        let mut complaints = Vec::new();
        for text in [text.as_str(), odd.as_str(), &format!("@book{{k, title={{{odd}}}, date={{{odd}}}, file={{{odd}}}, author={{{odd}}}}}")] {
            bibtex::read(text, &mut complaints);
            csl_json::read(text, &mut complaints);
            hayagriva::read(text, &mut complaints);
        }
    }
}

#[test]
fn a_type_or_names_that_csl_does_not_know_are_said_with_their_line() {
    let json = "[\n {\"id\": \"a\", \"type\": \"nonsense\", \"title\": \"T\"},\n {\"id\": \"b\", \"type\": \"song\", \"author\": \"Khan, H.\"}\n]";
    let library = read(folder(&[("library.json", json)]).path());
    let said = messages(&library);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("json:2") && said[0].contains("`nonsense` is no type of CSL"), "{}", said[0]);
    assert!(said[1].contains("json:3") && said[1].contains("`author` is no list of names"), "{}", said[1]);
}

#[test]
fn bodies_without_braces_and_signs_without_a_partner_in_bibtex() {
    let bib = "@misc{a, author={Ministry of Foreign Affairs and Institute for Regional Studies and de Gaulle, Charles}}\n@misc{b, title={It cost $5}}\n";
    let library = read(folder(&[("library.bib", bib)]).path());
    let authors = &library.entry(&Citekey::new("a").unwrap()).unwrap().work.authors;
    let shown: Vec<String> = authors.iter().map(Name::display).collect();
    assert_eq!(shown, ["Ministry of Foreign Affairs", "Institute for Regional Studies", "Charles de Gaulle"]);
    assert!(authors[0].literal.is_some() && authors[2].particle.as_deref() == Some("de"), "{authors:?}");
    assert!(messages(&library)[0].contains("a `$` has no partner"), "{:?}", messages(&library));
}

/// The library of one `library.bib`.
fn of_bib(bib: &str) -> Library {
    let seeds = folder(&[("library.bib", bib)]);
    read(seeds.path())
}

#[test]
fn circles_and_bombs_cost_their_entries_only() {
    let good = "\n@book{good, title={Good}, author={Khan, A.}, date={2019}}\n";
    let mut bomb = String::from("@string{a0 = \"lollollollollol\"}\n");
    for n in 1..12 {
        bomb.push_str(&format!("@string{{a{n} = {}}}\n", vec![format!("a{}", n - 1); 10].join("#")));
    }
    bomb.push_str("@book{big, title = a11}");
    let many: String =
        (0..30).map(|n| format!("@book{{c{n}, title={{C}}, crossref={{c{}}}}}\n", (n + 1) % 30)).collect();
    for (bib, said) in [
        ("@article{other, crossref={other}, title={T}}", "`other`: it inherits from itself"),
        (
            "@book{a, title={A}, xdata={x1}}\n@xdata{x1, xdata={x2}}\n@xdata{x2, xdata={x1}}",
            "`x1`: it inherits from itself",
        ),
        ("@string{a = b}\n@string{b = a}\n@book{k, title = a}", "`b` is not defined above it"),
        (bomb.as_str(), "stands for"),
        (many.as_str(), "`c0`: it inherits from itself"),
    ] {
        let library = of_bib(&format!("{bib}{good}"));
        assert!(
            messages(&library).iter().any(|message| message.contains(said)),
            "{said}: {:?}",
            messages(&library)
        );
        assert!(library.entry(&Citekey::new("good").unwrap()).is_some(), "{said}");
    }
}

#[test]
fn what_an_entry_inherits_does_not_win_over_its_own() {
    let library = of_bib(
        "@incollection{c, title={Chapter}, author={Noor, A.}, year=1999, crossref={p}}\n\
         @collection{p, title={Valleys}, subtitle={Essays}, date={2020}, publisher={Brill}}",
    );
    let work = &library.entry(&Citekey::new("c").unwrap()).unwrap().work;
    assert_eq!(work.title.as_deref(), Some("Chapter"));
    assert_eq!(work.issued.unwrap().year, 1999);
    assert_eq!(work.publisher.as_deref(), Some("Brill"));
}

#[test]
fn addresses_have_no_escapes_and_dates_keep_their_year() {
    let library = of_bib(
        "@misc{a, title={A}, date={1995-10-4}, url={https://a.example/b\\%20c?d=1\\&e=2\\#f{\\_}g}}\n\
         @misc{b, title={B}, year={Sept./1988}, doi={10.1000/ab\\_12}}\n@misc{c, title={C}, date={2003-21}}",
    );
    let work = |key: &str| &library.entry(&Citekey::new(key).unwrap()).unwrap().work;
    assert_eq!(work("a").url.as_deref(), Some("https://a.example/b%20c?d=1&e=2#f_g"));
    assert_eq!(work("b").doi.as_deref(), Some("10.1000/ab_12"));
    let dates = ["a", "b", "c"].map(|key| work(key).issued.unwrap().to_string());
    assert_eq!(dates, ["1995-10-04", "1988", "2003"]);
    assert_eq!(work("c").more["issued"]["season"], 1);
    assert_eq!(messages(&library).len(), 1, "{:?}", messages(&library));
}

#[test]
fn entries_in_round_brackets_are_read() {
    let library = of_bib("@book(a, title={Roads (old)}, year=1999)\n\n@book{b, title={Salt (new)}}\n");
    let titles: Vec<_> = library.entries.iter().map(|entry| entry.work.title.as_deref().unwrap()).collect();
    assert_eq!((titles, messages(&library)), (vec!["Roads (old)", "Salt (new)"], Vec::new()));
}

#[test]
fn dates_beyond_a_day_keep_what_is_said() {
    let library = of_bib(
        "@book{range, title={A}, date={1984/1990}}\n@book{years, title={A}, year={1984--1990}}\n@book{about, title={A}, date={1998~}}\n\
         @book{ca, title={A}, year={ca. 1998}}\n@book{soon, title={A}, year={Forthcoming}}\n\
         @book{press, title={A}, pubstate={inpress}, origdate={1950}}\n@book{nd, title={A}, date={n.d.}}\n@book{zero, title={A}, date={1993-00-00}}",
    );
    assert_eq!(messages(&library), Vec::<String>::new());
    let work = |key: &str| &library.entry(&Citekey::new(key).unwrap()).unwrap().work;
    let range = serde_json::json!([[1984], [1990]]);
    for key in ["range", "years"] {
        assert_eq!((work(key).issued.unwrap().year, &work(key).more["issued"]["date-parts"]), (1984, &range));
    }
    for key in ["about", "ca"] {
        assert_eq!(
            (work(key).issued.unwrap().year, &work(key).more["issued"]["circa"]),
            (1998, &serde_json::json!(true))
        );
    }
    assert_eq!(work("soon").more["issued"]["literal"], "forthcoming");
    assert_eq!(
        (&work("press").more["issued"]["literal"], &work("press").more["status"]),
        (&"in press".into(), &"in press".into())
    );
    assert_eq!(work("press").more["original-date"]["date-parts"][0][0], 1950);
    assert!(work("nd").issued.is_none() && work("nd").more.is_empty());
    assert_eq!(work("zero").issued.unwrap().to_string(), "1993");
}

#[test]
fn titles_are_read_as_csl_has_them() {
    let library = of_bib(
        "@article{a, title={Roads of the North and the {{Merv}} Oasis}, langid={english}}\n\
         @article{b, title={Routes Du Nord}, langid={french}}\n@article{c, title={The Merv Road by Night}}\n\
         @article{d, title={On \\emph{Homo longus}}}\n@incollection{e, title={A}, booktitle={The Big Book of Salt}, series={Salt Studies}}",
    );
    let work = |key: &str| &library.entry(&Citekey::new(key).unwrap()).unwrap().work;
    let titles = ["a", "b", "c", "d"].map(|key| work(key).title.as_deref().unwrap());
    assert_eq!(
        titles,
        [
            "Roads of the north and the Merv oasis",
            "Routes Du Nord",
            "The Merv road by night",
            "On Homo longus"
        ]
    );
    assert_eq!(work("d").more["title"], "On <i>Homo longus</i>");
    let held = (work("e").container.as_deref(), work("e").collection_title.as_deref());
    assert_eq!(held, (Some("The big book of salt"), Some("Salt Studies")));
}

#[test]
fn keys_that_better_bibtex_pins_are_the_citekeys() {
    let json = r#"[{"id": "http://zotero.org/users/1/items/AB12", "title": "R", "note": "seen\nCitation Key: cruz2020\ntwice"},
        {"id": "x", "title": "S", "note": "bibtex: lind2019"}, {"id": "y", "title": "T", "note": "Key: no key"}]"#;
    let library = read(folder(&[("library.json", json)]).path());
    let keys: Vec<&str> = library.entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys, ["cruz2020", "lind2019", "y"]);
    assert_eq!(library.entries[0].work.note.as_deref(), Some("seen twice"));
}

#[test]
fn a_library_in_another_encoding_is_read_as_it_names_it() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("library.bib"), b"% Encoding: Cp1252\n@book{a, title={Caf\xe9}}\n")
        .unwrap();
    let library = Library::read_as(dir.path(), &|bytes, named| {
        (named == Some("cp1252")).then(|| bytes.iter().map(|b| char::from(*b)).collect())
    });
    assert_eq!((library.errors.len(), library.entries[0].work.title.as_deref()), (0, Some("Café")));
    assert_eq!(Library::read(dir.path()).errors[0].line, 2);
}
