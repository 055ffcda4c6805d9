//! The library file and the documents: which entry a document belongs to, works of several texts, and what has no entry.

use super::harness::Desk;

const ROAD: &str = "The road through the northern valley was opened by the two ministers in September, and wheat was carried \
    over it in the first week of the month.";
const HOUSE: &str =
    "The customs house at the pass was built by engineers from three countries in less than two years.";
const TUNNEL: &str =
    "Only the page says that the tunnel below the pass is lit by lamps from the old harbour in the south.";

#[test]
fn documents_come_to_their_entries_and_the_report_says_how() {
    let desk = Desk::new();
    desk.write(
        "seeds/library.bib",
        "@article{a, title={Roads}, author={Lind, Anna}, date={2019}, file={/home/me/storage/X1/Lind - Roads.txt}}\n\
         @article{berg2020, title={Ports}, author={Berg, Jan}, date={2020}}\n\
         @article{c, title={Wheat}, author={Mori, Aiko}, date={2018}, doi={10.1000/wheat.18}}\n\
         @article{d, title={Another study of roads in the mountains}, author={Miller, John}, date={2017}}\n",
    );
    desk.write("seeds/deep/Lind - Roads.txt", ROAD);
    desk.write("seeds/berg2020.txt", HOUSE);
    desk.write("seeds/scan.txt", format!("{TUNNEL}\n\nhttps://doi.org/10.1000/WHEAT.18\n"));
    desk.write(
        "seeds/other.txt",
        format!("Title: Another Study of Roads in the Mountains\nAuthor: John Miller\n\n{HOUSE}\n"),
    );
    let run = desk.run(["ingest"]).expect_code(0);
    let run = run.expect_stderr("deep/Lind - Roads.txt: is `a` of library.bib, by its name");
    let run =
        run.expect_stderr("berg2020.txt: is `berg2020` of library.bib, by its name, which is the citekey");
    let run = run.expect_stderr("scan.txt: is `c` of library.bib, by its DOI");
    run.expect_stderr("other.txt: is `d` of library.bib, by its title");
    let sources = desk.json(["sources", "--json"]);
    let keys: Vec<_> =
        sources["sources"].as_array().unwrap().iter().map(|s| s["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["a", "berg2020", "c", "d"]);
    // An entry that changes is found again without reading the other documents.
    desk.write(
        "seeds/library.bib",
        "@article{c2, title={Wheat}, author={Mori, Aiko}, date={2018}, doi={10.1000/wheat.18}}\n",
    );
    desk.run(["ingest"]).expect_code(0).expect_stderr("scan.txt: is `c2` of library.bib, by its DOI");
    desk.run(["cite", "c2"]).expect_code(0).expect_stdout("(Mori, 2018)");
    desk.run(["ingest"]).expect_code(0).expect_stderr("0 read, 4 unchanged");
    desk.run(["doctor"]).expect_code(0);
}

#[test]
fn the_files_of_an_entry_are_texts_of_one_work() {
    let desk = Desk::new();
    desk.write(
        "seeds/library.bib",
        "@article{lind2019, title={The valley}, author={Lind, Anna}, date={2019}, file={paper.txt;page.html}}\n",
    );
    desk.write("seeds/paper.txt", format!("{ROAD}\n\n{HOUSE}\n"));
    desk.write(
        "seeds/page.html",
        format!("<html><body><article><p>{ROAD} {HOUSE}</p><p>{TUNNEL}</p></article></body></html>"),
    );
    desk.run(["ingest"]).expect_code(0);
    let sources = desk.json(["sources", "--json"]);
    let rows = sources["sources"].as_array().unwrap();
    assert_eq!((rows.len(), rows[0]["key"].as_str()), (1, Some("lind2019")));
    assert_eq!(rows[0]["texts"][0]["key"], "lind2019-2");
    // No letters tell the texts apart; what both say is one hit; the ids are the texts' own.
    let found = desk.json(["search", "northern valley wheat", "--json"]);
    let hits = found["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 1, "{found:#}");
    assert_eq!(
        (hits[0]["id"].as_str(), hits[0]["source"]["key"].as_str()),
        (Some("lind2019:1"), Some("lind2019"))
    );
    assert_eq!(hits[0]["citation"]["in_text"], "(Lind, 2019, para. 1)");
    let found = desk.json(["search", "tunnel lamps source:lind2019", "--json"]);
    assert_eq!(found["hits"][0]["id"], "lind2019-2:2");
    assert_eq!(found["hits"][0]["source"]["key"], "lind2019");
    desk.run(["cite", "lind2019-2:2", "--format", "pandoc"]).expect_stdout("[@lind2019, para. 2]");
    desk.write(
        "draft.md",
        format!("\"{TUNNEL}\" [@lind2019]. \"{HOUSE}\" [@lind2019, para. 2]. It was [lind2019-2:2].\n"),
    );
    desk.run(["check", "draft.md"]).expect_code(0);
    let bibliography = desk.run(["bib", "draft.md"]).expect_code(0).stdout;
    assert_eq!(bibliography.matches("@article{").count(), 1, "{bibliography}");
    desk.run(["sources", "--format", "biblatex"]).expect_stdout("file = {paper.txt;page.html}");
    // The second text takes the first one's place when that is gone.
    std::fs::remove_file(desk.path().join("seeds/paper.txt")).unwrap();
    desk.run(["ingest"]).expect_code(0);
    let found = desk.json(["search", "tunnel lamps", "--json"]);
    assert_eq!(found["hits"][0]["id"], "lind2019:2");
}

#[test]
fn what_has_no_entry_is_printed_to_be_appended() {
    let desk = Desk::new();
    desk.write(
        "seeds/library.bib",
        "@book{lind2019, title={Valleys}, author={Lind, Anna}, date={2019}, file={a.txt}}\n",
    );
    desk.write("seeds/a.txt", ROAD);
    desk.write(
        "seeds/b.txt",
        format!("Title: Ports of the North\nAuthor: Jan Berg\nDate: 2020\n\n{HOUSE}\n"),
    );
    let new = desk
        .run(["sources", "--new", "--format", "biblatex"])
        .expect_code(0)
        .expect_stdout("file = {b.txt}")
        .stdout;
    assert!(!new.contains("lind2019"), "{new}");
    let library = std::fs::read_to_string(desk.path().join("seeds/library.bib")).unwrap();
    desk.write("seeds/library.bib", format!("{library}{new}"));
    desk.run(["ingest"]).expect_code(0);
    desk.run(["sources", "--new"]).expect_code(1);
    desk.run(["sources"]).expect_code(0).expect_stdout("Ports of the North").expect_stdout("Valleys");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_seeds_is_named_and_followed_when_that_is_allowed() {
    let desk = Desk::new();
    desk.write("elsewhere/road.txt", ROAD);
    std::os::unix::fs::symlink(desk.path().join("elsewhere/road.txt"), desk.path().join("seeds/road.txt"))
        .unwrap();
    desk.run(["ingest"]).expect_code(2).expect_stderr("road.txt: a link that leads out of the seeds");
    desk.run(["ingest", "--follow-links"]).expect_code(0).expect_stderr("1 read");
    desk.run(["ingest"]).expect_code(0).expect_stderr("1 unchanged");
    desk.run(["search", "northern valley"]).expect_code(0).expect_stdout("wheat");
    desk.run(["doctor"]).expect_code(0);
    desk.run(["ingest", "--follow-links=false"]).expect_code(2);
}
