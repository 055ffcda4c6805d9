//! Filters: the same as flags and as `field:value`, alone or beside words, over few documents and many.

use crate::harness::Desk;
use serde_json::Value;

/// The ids of all hits, in order.
fn ids(desk: &Desk, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> =
        ["search", "--jsonl", "-n", "500"].into_iter().chain(args.iter().copied()).collect();
    let run = desk.run(args);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
    let hit = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    run.stdout.lines().map(|line| hit(line)["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_flag_and_a_field_are_one_filter() {
    let desk = Desk::with_project_seeds();
    for (flags, fields) in [
        (vec!["trade", "-c", "kz"], "country:kz trade"),
        (vec!["trade", "-c", "KZ,belarus"], "trade country:KZ,belarus"),
        (vec!["trade", "-c", "!uz", "-c", "pk"], "country:pk trade -country:uz"),
        (vec!["trade", "--year", "2015..=2021"], "year:2015..2021 trade"),
        (vec!["trade", "-s", "khanzhen,razanawaz"], "source:khanzhen,razanawaz trade"),
        (vec!["Komissina", "-k", "reference"], "Komissina kind:reference"),
        (vec!["trade", "-k", "body,list"], "kind:body,list trade"),
        (vec!["-c", "kz"], "country:kz"),
        (vec!["--year", "2021", "-c", "pk"], "year:2021 country:pk"),
    ] {
        let found = ids(&desk, &flags);
        assert!(!found.is_empty(), "{fields}");
        assert_eq!(found, ids(&desk, &[fields]), "{fields}");
    }
}

#[test]
fn a_filter_that_cannot_be_read_ends_a_flag_and_is_left_out_of_a_query() {
    let desk = Desk::with_project_seeds();
    for (flag, field, value) in [
        ("--year", "year", "2021..2015"),
        ("--kind", "kind", "heading"),
        ("--country", "country", "Kazakstann"),
    ] {
        desk.run(["search", "trade", flag, value]).expect_code(2).expect_stderr(flag).expect_stderr(value);
        let query = format!("trade {field}:{value}");
        desk.run(["search", &query]).expect_code(0).expect_stderr(&format!("`{field}:{value}` was left out"));
    }
    desk.run(["search"]).expect_code(2).expect_stderr("--country KZ");
    desk.run(["search", "-c", "JP"]).expect_code(1).expect_stderr("no passage fits the filters");
}

/// Ninety works of 2001 to 2003, odd ones on bridges and even ones on roads, each of two paragraphs.
fn many_works() -> Desk {
    let desk = Desk::new();
    for n in 0..90 {
        let (year, about) = (2001 + n % 3, if n % 2 == 1 { "Old bridges" } else { "Stone roads" });
        desk.write(
            &format!("seeds/w{n:02}.md"),
            format!(
                "---\ntitle: {about} of valley {n}\nauthor: Ann Lind\ndate: {year}\n---\n\nThe {n}th pier was of larch.\n\n\
                 Nobody crossed river number{n} in winter.\n"
            ),
        );
    }
    desk
}

#[test]
fn years_and_titles_choose_among_many_works() {
    let desk = many_works();
    let count = |args: &[&str]| ids(&desk, args).len();
    assert_eq!(count(&["pier"]), 90);
    assert_eq!(count(&["pier", "--year", "2002"]), 30);
    assert_eq!(count(&["pier", "--year", "2002..2003"]), 60);
    assert_eq!(count(&["pier", "--year", "2004.."]), 0);
    // In any form of its words, and all of them.
    assert_eq!(count(&["title:bridge pier"]), 45);
    assert_eq!(count(&["title:\"stone road\" pier year:2001"]), 15);
    assert_eq!(count(&["title:\"stone bridge\" pier"]), 0);
    assert_eq!(count(&["pier -title:bridges"]), 45);
    assert_eq!(count(&["--year", "2003"]), 60);
    assert_eq!(count(&["(title:bridges OR year:2002) AND pier"]), 60);
    // One word of the query is enough, none is too few.
    assert_eq!(count(&["year:2002 winter pier"]), 60);
    assert_eq!(count(&["year:2002 zeppelin"]), 0);
    assert_eq!(count(&["pier", "-s", "lind2001old,lind2002stone"]), 2);
    desk.run(["search", "pier", "-s", "nobody"])
        .expect_code(1)
        .expect_stderr("no source `nobody` in the index");
}

#[test]
fn a_corrected_year_and_title_count_at_once() {
    let desk = many_works();
    desk.run(["ingest"]).expect_code(0);
    // What is left in the index's new part has years that are all two apart.
    desk.write(
        "seeds/library.bib",
        "@book{lind, author={Lind, Ann}, title={Ferries}, year={1999}, file={w00.md}}\n@book{berg, title={Roads of \
         stone}, year={1999}, file={w01.md}}\n",
    );
    desk.run(["ingest"]).expect_code(0);
    let found = |query: &str| ids(&desk, &[query]);
    assert_eq!(found("year:1999 pier"), ["lind:1", "berg:1"]);
    assert_eq!(found("title:ferry"), ["lind:1", "lind:2"]);
    assert_eq!(found("title:\"stone roads\" pier").len(), 45);
    assert_eq!(found("title:bridges pier").len(), 44);
    desk.run(["ingest", "--rebuild"]).expect_code(0);
    assert_eq!(found("year:1999 pier"), ["lind:1", "berg:1"]);
}
