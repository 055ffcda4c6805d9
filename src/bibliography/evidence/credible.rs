//! What a format's own fields state, without what programs put there by themselves.

use super::{Origin, Value};
use crate::bibliography::{Name, Work};

/// Words that programs write where nobody gave a title.
const NO_TITLES: [&str; 14] = [
    "untitled",
    "untitled document",
    "no title",
    "title",
    "document",
    "document1",
    "presentation",
    "slide 1",
    "powerpoint presentation",
    "microsoft word document",
    "full page photo",
    "print",
    "new document",
    "home",
];

/// Names that programs and offices write where nobody gave an author.
const NO_AUTHORS: [&str; 22] = [
    "admin",
    "administrator",
    "user",
    "owner",
    "author",
    "unknown",
    "unknown author",
    "anonymous",
    "root",
    "guest",
    "microsoft office user",
    "windows user",
    "microsoft",
    "microsoft account",
    "office",
    "hp",
    "dell",
    "lenovo",
    "pc",
    "default",
    "editor",
    "python-docx",
];

/// Endings of file names.
const FILE_ENDINGS: [&str; 18] = [
    ".doc", ".docx", ".pdf", ".rtf", ".odt", ".txt", ".tex", ".dvi", ".ps", ".indd", ".qxd", ".qxp", ".pmd",
    ".ppt", ".pptx", ".xls", ".htm", ".html",
];

/// The stated fields without a title that is a file name, authors that are accounts, and dates that are clocks
/// at their start; those are set aside.
pub(super) fn credible(stated: &Work, origin: Origin) -> Work {
    let mut work = stated.clone();
    if let Some(title) = work.title.take_if(|title| !is_title(title)) {
        work.set_aside(&Value::Title(title), origin, "written by a program");
    }
    let (authors, accounts): (Vec<_>, Vec<_>) =
        std::mem::take(&mut work.authors).into_iter().partition(is_author);
    work.authors = authors;
    work.set_aside(&Value::Authors(accounts), origin, "an account or a program");
    if let Some(date) = work.issued.take_if(|date| {
        let clock_start =
            matches!((date.year, date.month, date.day), (1970 | 1980 | 1601 | 1904, Some(1), Some(1)));
        clock_start || !(1000..=2200).contains(&date.year)
    }) {
        work.set_aside(&Value::Issued(date), origin, "a clock that was not set");
    }
    work
}

/// Returns true if and only if `title` reads as something a person gave.
pub(super) fn is_title(title: &str) -> bool {
    let plain = title.trim().to_lowercase();
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    let named_by_program =
        plain.starts_with("microsoft word - ") || plain.starts_with("microsoft powerpoint - ");
    let file = FILE_ENDINGS.iter().any(|ending| plain.ends_with(ending));
    // One word of letters, digits and lines between: `R48908_2`, `draft-3-final`.
    let code = !plain.contains(char::is_whitespace)
        && plain.chars().any(|c| c.is_ascii_digit() || c == '_')
        && plain.is_ascii();
    let numbered = plain
        .strip_prefix("untitled")
        .is_some_and(|rest| rest.trim_start_matches(['-', ' ']).bytes().all(|b| b.is_ascii_digit()));
    letters >= 2 && !named_by_program && !file && !code && !numbered && !NO_TITLES.contains(&plain.as_str())
}

pub(super) fn is_author(name: &Name) -> bool {
    let parts = [&name.given, &name.particle, &name.family, &name.literal];
    let whole: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let whole = whole.join(" ").to_lowercase();
    whole.chars().any(char::is_alphabetic) && !NO_AUTHORS.contains(&whole.trim()) && !whole.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::Date;

    #[test]
    fn what_programs_put_into_fields_is_not_believed() {
        for title in [
            "Microsoft Word - draft3.doc",
            "report_final.pdf",
            "Untitled-1",
            "R48908_2",
            "PowerPoint Presentation",
            "—",
        ] {
            let stated = Work { title: Some(title.to_owned()), ..Work::default() };
            assert_eq!(credible(&stated, Origin::FileFields).title, None, "{title}");
        }
        let stated = Work {
            title: Some("Ports".to_owned()),
            authors: vec![Name::literal("Administrator"), Name::literal("Ada Linden")],
            issued: Date::parse("1970-01-01"),
            ..Work::default()
        };
        let work = credible(&stated, Origin::FileFields);
        assert_eq!(work.title.as_deref(), Some("Ports"));
        assert_eq!(work.authors, [Name::literal("Ada Linden")]);
        assert_eq!(work.set_aside.len(), 2, "{:?}", work.set_aside);
        assert_eq!(work.issued, None);
    }
}
