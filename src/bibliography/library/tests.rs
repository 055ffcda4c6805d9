use super::*;
use crate::bibliography::{Name, WorkType};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    dir
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
    let library = Library::read(seeds.path());
    assert_eq!(messages(&library), Vec::<String>::new());
    let (key, entry) = library.lookup("a.txt").unwrap();
    assert_eq!((key.as_str(), entry.line), ("khan2017", 2));
    let work = &entry.work;
    assert_eq!(work.title.as_deref(), Some("Strength & Strength: A NATO View"));
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
    let report = &library.lookup("b.txt").unwrap().1.work;
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
    let library = Library::read(seeds.path());
    let keys: Vec<_> = library.entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys, ["good", "baddate", "nofile", "twice", "last"]);
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
fn further_files_of_an_entry_get_numbered_keys() {
    let bib = "@book{k, title={K}, file={a.txt;b.txt;c.txt}}\n@book{k-2, title={Other}}\n";
    let seeds = folder(&[("library.bib", bib), ("a.txt", ""), ("b.txt", ""), ("c.txt", "")]);
    let library = Library::read(seeds.path());
    let key = |path: &str| library.lookup(path).unwrap().0.as_str().to_owned();
    assert_eq!([key("a.txt"), key("b.txt"), key("c.txt")], ["k", "k-3", "k-4"]);
}

#[test]
fn an_old_thesis_says_its_sort() {
    let bib = "@phdthesis{t, title={T}, school={U}, year=1999, author={{\\'E}mile M{\\\"u}ller}}\n";
    let work = Library::read(folder(&[("library.bib", bib)]).path()).entries.remove(0).work;
    assert_eq!((work.work_type, work.genre.as_deref()), (WorkType::Thesis, Some("PhD thesis")));
    assert_eq!(work.publisher.as_deref(), Some("U"));
    assert_eq!(work.authors[0].family.as_deref(), Some("Müller"));
    assert_eq!(work.authors[0].given.as_deref(), Some("Émile"));
}

#[test]
fn crossref_gives_what_the_parent_has() {
    let bib = "@incollection{c, title={Chapter}, crossref={p}}\n@collection{p, title={Whole}, publisher={P}, year=2001}\n";
    let library = Library::read(folder(&[("library.bib", bib)]).path());
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
    let library = Library::read(seeds.path());
    assert_eq!(library.errors.len(), 1, "{:?}", messages(&library));
    assert!((10..=12).contains(&library.errors[0].line));
    let work = &library.lookup("a.txt").unwrap().1.work;
    assert_eq!(work.work_type, WorkType::ArticleNewspaper);
    assert_eq!(work.container.as_deref(), Some("Dawn"));
    assert_eq!(work.issued.unwrap().to_string(), "2021-07-16");
    assert_eq!(work.authors[1].family.as_deref(), Some("Nawaz"));
    assert_eq!(library.lookup("b c.txt").unwrap().0.as_str(), "raza-2");
    let page = &library.lookup("d.txt").unwrap().1.work;
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
    let library = Library::read(seeds.path());
    let lines: Vec<_> = library.errors.iter().map(|e| e.line).collect();
    assert_eq!(lines, [5, 6], "{:?}", messages(&library));
    let (key, entry) = library.lookup("a.txt").unwrap();
    assert_eq!(key.as_str(), "AB12");
    assert_eq!(entry.work.note.as_deref(), Some("seen"));
    assert_eq!(entry.work.issued.unwrap().to_string(), "2020-03");
    assert_eq!(entry.work.authors[0].particle.as_deref(), Some("van"));
    assert_eq!(entry.work.authors[1].literal.as_deref(), Some("CAREC Institute"));
}

#[test]
fn a_digest_changes_with_what_is_stated_only() {
    let read = |bib: &str| Library::read(folder(&[("library.bib", bib)]).path()).entries.remove(0).digest();
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
    let library = Library::read(folder(&[("library.json", json)]).path());
    let said = messages(&library);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("json:2") && said[0].contains("`nonsense` is no type of CSL"), "{}", said[0]);
    assert!(said[1].contains("json:3") && said[1].contains("`author` is no list of names"), "{}", said[1]);
}

#[test]
fn bodies_without_braces_and_signs_without_a_partner_in_bibtex() {
    let bib = "@misc{a, author={Ministry of Foreign Affairs and Institute for Regional Studies and de Gaulle, Charles}}\n@misc{b, title={It cost $5}}\n";
    let library = Library::read(folder(&[("library.bib", bib)]).path());
    let authors = &library.entry(&Citekey::new("a").unwrap()).unwrap().work.authors;
    let shown: Vec<String> = authors.iter().map(Name::display).collect();
    assert_eq!(shown, ["Ministry of Foreign Affairs", "Institute for Regional Studies", "Charles de Gaulle"]);
    assert!(authors[0].literal.is_some() && authors[2].particle.as_deref() == Some("de"), "{authors:?}");
    assert!(messages(&library)[0].contains("a `$` has no partner"), "{:?}", messages(&library));
}

/// The library of one `library.bib`.
fn of_bib(bib: &str) -> Library {
    let seeds = folder(&[("library.bib", bib)]);
    Library::read(seeds.path())
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
    assert_eq!(messages(&library).len(), 2, "{:?}", messages(&library));
}
