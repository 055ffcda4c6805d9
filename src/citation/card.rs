//! A passage as a block quotation with its citation, ready to paste into a draft.

use super::cite::{Cited, Format};
use super::markup::{escape_markdown, escape_start, html_escaped};

/// The passage's text as a block quotation of the format, its citation behind it, and the entry of the list where the
/// format has one. What the format takes for mark-up is escaped, so that the quotation stays verbatim.
pub fn card(text: &str, cited: &Cited, format: Format) -> String {
    let entry = cited.reference.as_ref().map(|r| format!("\n{r}\n")).unwrap_or_default();
    let in_text = cited.in_text.trim_end();
    match format {
        Format::Markdown | Format::Pandoc => {
            format!("> {} {in_text}\n{entry}", escape_start(&escape_markdown(text)))
        }
        Format::Html => {
            let entry = cited.reference.as_ref().map(|r| format!("<p>{r}</p>\n")).unwrap_or_default();
            format!("<blockquote>\n<p>{} {in_text}</p>\n</blockquote>\n{entry}", html_escaped(text))
        }
        Format::Typst => format!("#quote(block: true)[\n{}\n] {in_text}\n", typst(text)),
        Format::Latex => format!("\\begin{{quote}}\n{} {in_text}\n\\end{{quote}}\n", tex_escaped(text)),
        Format::Library(_) => format!("{text}\n{entry}"),
        Format::Text => format!("{text}\n\n{in_text}{entry}"),
    }
}

/// The text with LaTeX's signs escaped.
pub(super) fn tex_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The text with Typst's signs escaped.
fn typst(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        let start = i == 0 && "-+=/".contains(c);
        let comment = c == '/' && escaped.ends_with('/');
        if start || comment || "\\#$*_`<>@[]~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_format_are_escaped() {
        let cited = Cited { in_text: "(Khan, 2021)".into(), reference: Some("Khan. 2021.".into()) };
        let text = "A *bold* [claim] <of> #1 & http://x.org";
        let of = |format| card(text, &cited, format);
        assert_eq!(
            of(Format::Markdown),
            "> A \\*bold\\* \\[claim\\] \\<of\\> #1 & http://x.org (Khan, 2021)\n\nKhan. 2021.\n"
        );
        assert_eq!(
            of(Format::Typst),
            "#quote(block: true)[\nA \\*bold\\* \\[claim\\] \\<of\\> \\#1 & http:/\\/x.org\n] (Khan, 2021)\n"
        );
        assert!(
            of(Format::Html)
                .contains("<p>A *bold* [claim] &lt;of&gt; #1 &amp; http://x.org (Khan, 2021)</p>")
        );
        assert_eq!(of(Format::Text), format!("{text}\n\n(Khan, 2021)\nKhan. 2021.\n"));
    }
}
