//! Words and signs by which reference lists, their entries and their ends are known.

use super::cue::plain_name;
use crate::clean::wording::{bullet, enumerator, head};

/// Names under which reference lists are: English, French, German, Spanish, Portuguese, Italian, Dutch, Swedish, Polish,
/// Turkish, Azerbaijani, Russian, Belarusian, Ukrainian, Kazakh, Kyrgyz, Uzbek, Tajik, Chinese, Japanese, Korean, Arabic,
/// Persian, Urdu.
const REFERENCE_LISTS: &str = "\
    references;reference list;list of references;references and notes;references cited;\
    references and further reading;selected references;key references;additional references;\
    bibliographic references;bibliographical references;references and bibliography;bibliography;\
    bibliography and references;select bibliography;selected bibliography;annotated bibliography;works cited;\
    literature cited;sources cited;notes and references;endnotes;cited literature;cited works;cited sources;\
    works consulted;sources and literature;sources and bibliography;references and sources;\
    literature references;list of literature;list of sources;bibliographie;références;\
    références bibliographiques;liste des références;ouvrages cités;literaturverzeichnis;quellenverzeichnis;\
    quellen und literatur;literatur und quellen;quellen- und literaturverzeichnis;bibliografía;referencias;\
    referencias bibliográficas;obras citadas;bibliografia;referências;referências bibliográficas;\
    riferimenti bibliografici;literatuurlijst;bibliografi;referenser;källförteckning;piśmiennictwo;kaynakça;\
    kaynaklar;ədəbiyyat;список литературы;список использованной литературы;использованная литература;\
    библиография;библиографический список;библиографические ссылки;список использованных источников;\
    список источников и литературы;список литературы и источников;список источников;источники и литература;\
    литература и источники;список использованных источников и литературы;спіс літаратуры;\
    спіс выкарыстаных крыніц;бібліяграфія;список літератури;список використаних джерел;бібліографія;әдебиеттер;\
    әдебиеттер тізімі;пайдаланылған әдебиеттер;пайдаланылған әдебиеттер тізімі;қолданылған әдебиеттер;\
    колдонулган адабияттар;адабияттар;пайдаланылган адабияттар;адабиётлар;фойдаланилган адабиётлар;\
    фойдаланилган адабиётлар рўйхати;адабиётлар рўйхати;adabiyotlar;foydalanilgan adabiyotlar;\
    foydalanilgan adabiyotlar ro'yxati;foydalanilgan adabiyotlar ro‘yxati;adabiyotlar ro'yxati;\
    adabiyotlar ro‘yxati;адабиёт;рӯйхати адабиёт;参考文献;参考資料;引用文献;참고문헌;المراجع;منابع;کتابیات;حوالہ جات";

/// Names under which reference lists are, and other sections too.
const REFERENCE_LISTS_MAYBE: &str = "\
    reference;literature;sources;notes;further reading;literatur;quellen;literatuur;bronnen;literatura;źródła;\
    sources primaires;primary sources;secondary sources;литература;источники;примечания;сноски;літаратура;\
    література;примітки;footnotes;dipnotlar;authorities";

/// Names of sections that follow a reference list and are none.
const AFTER_LISTS: &str = "\
    appendix;appendices;annex;annexes;annexe;anhang;anexo;anexos;allegato;bijlage;ek;ekler;приложение;\
    приложения;қосымша;додаток;дадатак;affiliation;affiliations;author note;author notes;author's note;\
    about the author;about the authors;notes on contributors;notes on contributor;notes on the contributors;\
    author biography;author biographies;author information;author contributions;biographical note;\
    biographical notes;biography;corresponding author;contributors;acknowledgements;acknowledgments;\
    acknowledgement;supplementary material;supplementary materials;supplementary information;сведения об авторе;\
    сведения об авторах;информация об авторе;информация об авторах;об авторе;об авторах;авторлар туралы мәлімет;\
    über den autor;über die autoren;à propos de l'auteur;sur l'auteur;sobre el autor;sobre o autor";

/// Returns true if and only if `name` is one of `names`, which semicolons part.
fn is_one_of(name: &str, names: &str) -> bool {
    // Of a table of numbers as text every line is asked for.
    name.contains(char::is_alphabetic) && names.split(';').any(|known| known == name)
}

/// Returns true if and only if a reference list is under that heading, in one language or in several:
/// `Литература / References`.
pub fn names_reference_list(heading: &str) -> bool {
    if heading.len() > 120 {
        return false;
    }
    let name = plain_name(heading);
    if is_one_of(&name, REFERENCE_LISTS) {
        return true;
    }
    let mut parts = name.split(['/', '|', '(', ')']).map(str::trim).filter(|p| !p.is_empty()).peekable();
    let known = |part: &str| is_one_of(part, REFERENCE_LISTS) || is_one_of(part, REFERENCE_LISTS_MAYBE);
    name.contains(['/', '|', '(']) && parts.peek().is_some() && parts.all(known)
}

/// Returns true if and only if a reference list is under that heading, seeing that `entry`, the text that follows,
/// looks like an entry.
pub fn may_name_reference_list(heading: &str, entry: &str) -> bool {
    heading.len() <= 80
        && is_one_of(&plain_name(heading), REFERENCE_LISTS_MAYBE)
        && entry.len() < 800
        && (entry.contains("://") || begins_entry(entry) || bullet(entry).is_some())
}

/// Returns true if and only if `words` look like the beginning of a reference entry: a number, a name and
/// a comma, a name and initials, a quotation mark.
pub fn begins_entry(words: &str) -> bool {
    if enumerator(words).is_some() || words.starts_with(['“', '"', '«', '[', '—']) {
        return true;
    }
    let mut parts = words.split(' ');
    let (first, second) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let name = first.strip_suffix(',').unwrap_or(first);
    let is_name = name.chars().count() >= 2
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
    let capital = second.starts_with(char::is_uppercase);
    let initials = capital && second.len() <= 6 && second.trim_end_matches(',').ends_with('.');
    is_name && (first.ends_with(',') && capital || initials)
}

/// Returns true if and only if `heading` is that of an appendix, a note on the author or the like.
pub fn ends_reference_list(heading: &str) -> bool {
    if heading.len() > 120 {
        return false;
    }
    let name = plain_name(heading);
    let name = name.trim_end_matches([':', '.', ' ']);
    let labelled = |word: &str| {
        let rest = name.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let label = rest.split([' ', ':', '.', ')']).next().unwrap_or_default();
        (1..=4).contains(&label.chars().count())
            && label.chars().all(char::is_alphanumeric)
            && !name.contains(',')
    };
    is_one_of(name, AFTER_LISTS) || AFTER_LISTS.split(';').take(16).any(labelled)
}

/// Returns true if and only if a year that a work may be of is in the first `most` bytes.
pub fn has_year(text: &str, most: usize) -> bool {
    let years = |n: &str| n.len() == 4 && (n.starts_with("1") || n.starts_with("20"));
    head(text, most).split(|c: char| !c.is_ascii_digit()).any(years)
}

/// Signs of which entries have several and running text few.
const SIGNS: &[&str] = &[
    "://",
    "doi",
    "pp. ",
    " p. ",
    "vol. ",
    "Vol. ",
    "no. ",
    "No. ",
    "№",
    " С. ",
    " с.",
    "//",
    "Press",
    "Journal",
    "Review",
    "University",
    "Verlag",
    "Publish",
    "Retrieved",
    "Accessed",
    "accessed",
    "Available",
    "et al.",
    " eds",
    "Eds.",
    "(ed.",
    "arXiv",
    "Proc",
    "In:",
    "Изд",
    "изд",
    "Вестник",
    "URL",
    "Working Paper",
];

/// Verbs that make running text.
const VERBS: &[&str] = &[
    " is ",
    " was ",
    " were ",
    " are ",
    " has ",
    " had ",
    " have ",
    " will ",
    " would ",
    " said ",
    " we ",
    " they ",
    " he ",
    " she ",
    " that ",
    " был ",
    " была ",
    " были ",
    " что ",
    " является ",
];

/// Returns true if and only if `text` is surely a whole entry of a reference list: it begins as one, has a year or an
/// address, marks of the fields of an entry, and no sentences.
pub fn is_entry(text: &str) -> bool {
    if !(30..=900).contains(&text.len()) || !begins_with_author(text) {
        return false;
    }
    if !(has_year(text, text.len()) || text.contains("://") || text.contains("n.d.")) {
        return false;
    }
    let signs = SIGNS.iter().filter(|sign| text.contains(**sign)).count() + volumes(text);
    let verbs = VERBS.iter().map(|verb| text.matches(verb).count()).sum::<usize>();
    let marks = text.matches([',', '.', ':', ';']).count();
    let words = text.split(' ').count();
    verbs <= 1 + words / 40 && marks * 5 >= words && (signs >= 1 && marks >= 4 || marks * 3 >= words)
}

/// Returns true if and only if `text` begins with a number, a quotation mark, a name with initials before or after it,
/// or a body and a year in brackets.
pub fn begins_with_author(text: &str) -> bool {
    let bare = enumerator(text).map_or(text, |at| &text[at..]);
    let direct = bare
        .split(' ')
        .next()
        .is_some_and(|w| w.len() <= 6 && w.ends_with('.') && w.starts_with(char::is_uppercase));
    let listed =
        bare.len() < text.len() && bare.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"');
    let named = head(bare, 120).split_once(" (").is_some_and(|(name, rest)| {
        bare.starts_with(char::is_uppercase) && has_year(rest, 5) && name.split(' ').count() <= 12
    });
    listed || direct || begins_entry(bare) || named || vancouver(bare)
}

/// `Zeileis A, Köll S (2020).`, `Petersen MA (2009).`
fn vancouver(text: &str) -> bool {
    let mut words = text.split(' ');
    let family = words.next().unwrap_or_default();
    let initials = words.next().unwrap_or_default().trim_end_matches([',', '.']);
    let name = family.chars().count() >= 2
        && family.starts_with(char::is_uppercase)
        && family.chars().all(|c| c.is_alphabetic() || c == '-');
    name && (1..=3).contains(&initials.chars().count()) && initials.chars().all(char::is_uppercase)
}

/// How often a number or a bracket is right before another: `12(3)`, `65:661`, `12–24`.
fn volumes(text: &str) -> usize {
    let digit = |b: &u8| b.is_ascii_digit();
    let found = text
        .as_bytes()
        .windows(3)
        .any(|w| digit(&w[0]) && matches!(w[1], b'(' | b':' | b'-') && digit(&w[2]));
    let dashed = ["–", "—"].iter().any(|dash| {
        text.split(dash).zip(text.split(dash).skip(1)).any(|(a, b)| {
            a.ends_with(|c: char| c.is_ascii_digit()) && b.starts_with(|c: char| c.is_ascii_digit())
        })
    });
    usize::from(found) + usize::from(dashed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_by_their_headings() {
        for name in [
            "## **5. REFERENCES**",
            "V. Works cited:",
            "BIBLIOGRAPHY",
            "Список литературы",
            "Әдебиеттер",
            "KAYNAKÇA",
            "Литература / References",
            "Bibliographie",
            "Пайдаланылған әдебиеттер тізімі:",
        ] {
            assert!(names_reference_list(name), "{name}");
        }
        assert!(!names_reference_list("References to the treaty") && !names_reference_list("Reference"));
        assert!(may_name_reference_list("Reference", "Rahm, F. (2007). Ports. Oslo: Press."));
        assert!(!may_name_reference_list("Literature", "The literature on ports is vast."));
    }

    #[test]
    fn lists_end_where_something_else_begins() {
        for name in [
            "Appendix A: Survey questions",
            "ANNEX 2",
            "Affiliation:",
            "About the Author",
            "Приложение 1",
            "Anhang",
        ] {
            assert!(ends_reference_list(name), "{name}");
        }
        for name in [
            "Appendix, J. (2007). Ports. Oslo: Press.",
            "Annexation of the north. Oslo Post, 2007.",
            "Ek, A. (2012)",
        ] {
            assert!(!ends_reference_list(name), "{name}");
        }
    }

    #[test]
    fn entries_are_told_from_running_text() {
        for text in [
            "Rahm, F. (2007). Evolving Relations. Uppsala: North Sea Publishers.",
            "[3] A. Rahm and B. Silva, Phys. Rev. Lett. 12, 345 (2007).",
            "Rahm F, Silva R (2009). “Ports.” Journal of Quays, 12(3), 1–17.",
            "World Ferry Organization (2011). Routes of the north. https://example.org/a",
            "Лебедев А. Н. Морская торговля // Вопросы флота. – 2014. – № 3. – С. 17–29.",
            "12. Okafor B. Quays. Accra: Press, 2011.",
        ] {
            assert!(is_entry(text), "{text}");
        }
        for text in [
            "In 2015 the ports of the north were closed, and the ferries that had served them were sold to the south.",
            "1. In 2015 the Ministry closed the ports of the north and sold the ferries that had served them to the south.",
            "Rahm, who was then at Oslo, said in 2007 that the ports were closed and that they would stay so for years.",
            "Oslo, March 2015",
        ] {
            assert!(!is_entry(text), "{text}");
        }
    }
}
