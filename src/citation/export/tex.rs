//! Text for BibTeX: TeX's signs written out, CSL's mark-up as commands, and braces around what must keep its capitals.

/// CSL's elements in titles, and TeX's commands for them.
const COMMANDS: [(&str, &str); 6] = [
    ("i", "emph"),
    ("b", "textbf"),
    ("sup", "textsuperscript"),
    ("sub", "textsubscript"),
    ("span style=\"font-variant: small-caps;\"", "textsc"),
    ("span style=\"font-variant:small-caps;\"", "textsc"),
];

/// A title. Styles of BibTeX lower the capitals of all words but the first; those of names are in braces, a word at a time, so
/// that styles that want capitals can put them on the others. `marked_up` is the title in CSL's mark-up, where it has any.
pub fn title(plain: &str, marked_up: Option<&str>) -> String {
    let Some(marked_up) = marked_up else { return protected(plain, true) };
    let mut text = String::new();
    let mut rest = marked_up;
    let mut open: Vec<bool> = Vec::new();
    while let Some((before, tag, behind)) = next_tag(rest) {
        text.push_str(&protected(&unescaped(before), text.is_empty()));
        match tag.strip_prefix('/') {
            Some(_) => text.push_str(if open.pop() == Some(true) { "}" } else { "" }),
            None => {
                let command =
                    COMMANDS.iter().find(|(element, _)| *element == tag).map(|(_, command)| command);
                text.extend(command.map(|command| format!("\\{command}{{")));
                open.push(command.is_some());
            }
        }
        rest = behind;
    }
    text.push_str(&protected(&unescaped(rest), text.is_empty()));
    text.extend(open.iter().filter(|is_command| **is_command).map(|_| '}'));
    text
}

/// What is before the next element's tag, what the tag says, and what is behind it.
fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('<')?;
    let end = start + text.get(start..)?.find('>')?;
    Some((&text[..start], &text[start + 1..end], &text[end + 1..]))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The text with braces around words with capitals, but for a plain one at its start.
fn protected(text: &str, is_start: bool) -> String {
    let is_paired = pairs_up(text);
    let mut out = String::new();
    for (at, word) in text.split_inclusive(' ').enumerate() {
        let (word, space) = word.strip_suffix(' ').map_or((word, ""), |word| (word, " "));
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let begins_plainly = at == 0
            && is_start
            && capitals == 1
            && word.starts_with(char::is_uppercase)
            && !word.contains('-');
        let escaped = escape_as(word, is_paired);
        match capitals > 0 && !begins_plainly {
            true => out.push_str(&braced(&escaped)),
            false => out.push_str(&escaped),
        }
        out.push_str(space);
    }
    out
}

/// A word in braces, its signs at both ends outside.
fn braced(word: &str) -> String {
    let is_sign =
        |c: char| matches!(c, '(' | ')' | ',' | '.' | ':' | ';' | '?' | '!' | '“' | '”' | '‘' | '’' | '"');
    let inner = word.trim_matches(is_sign);
    match word.split_once(inner) {
        Some((before, behind)) if !inner.is_empty() => format!("{before}{{{inner}}}{behind}"),
        _ => format!("{{{word}}}"),
    }
}

/// The text with TeX's signs written out. Signs that are accents or begin commands with a backslash before them have
/// names; so have braces without a partner, since BibTeX counts those with a backslash too.
pub fn escape(text: &str) -> String {
    escape_as(text, pairs_up(text))
}

fn escape_as(text: &str, is_paired: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' if is_paired => escaped.extend(['\\', c]),
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Returns true if and only if every brace has its partner.
fn pairs_up(text: &str) -> bool {
    let mut depth = 0i32;
    for c in text.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn only_names_are_protected() {
        for (plain, marked_up, written) in [
            ("Roads to the sea: A history of NATO", None, "Roads to the sea: {A} history of {NATO}"),
            ("“Ports” of Merv (USSR), 100%", None, "“{Ports}” of {Merv} ({USSR}), 100\\%"),
            ("NATO in Merv's eyes", None, "{NATO} in {Merv's} eyes"),
            (
                "H2O & salt",
                Some("H<sub>2</sub>O &amp; <i>salt</i>"),
                "H\\textsubscript{2}{O} \\& \\emph{salt}",
            ),
            ("", None, ""),
        ] {
            assert_eq!(title(plain, marked_up), written);
        }
    }
}
