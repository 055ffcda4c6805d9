//! A message: its subject, who sent it when, and its text.

use super::super::{ReadError, html, text};
use super::page;
use crate::bibliography::Name;
use crate::document::{Document, Format, Role};
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};
use unicode_normalization::UnicodeNormalization;

/// Attachments that are named.
const MOST_NAMED: usize = 8;

/// Reads a message.
pub(super) fn read(message: &Message<'_>) -> Result<Document, ReadError> {
    let body = body(message)?;
    let mut document = Document::new(Format::Mail);
    let subject = message.subject().map(folded).filter(|s| !s.is_empty());
    let sender = sender(message);
    for (line, role) in [(&subject, Role::Title), (&sender, Role::Byline)] {
        if let Some(line) = line {
            document.push(line, role, 0, 0);
        }
    }
    let before = document.lines.len();
    body.lines.iter().for_each(|line| document.push(body.line_text(line), line.role, 0, 0));
    document.breaks = body.breaks.iter().map(|at| at + before).collect();
    document.doubts = body.doubts;
    document.doubts.extend(attachments(message));
    document.stated.title = subject;
    document.stated.authors = sender.as_deref().and_then(Name::parse).into_iter().collect();
    document.stated.issued = message.date().and_then(page::day);
    Ok(document)
}

/// The name of the sender, if one is given besides the address.
fn sender(message: &Message<'_>) -> Option<String> {
    let name = message.from()?.first()?.name()?;
    let name = folded(name.trim().trim_matches(['\'', '"']));
    Some(name).filter(|name| name.chars().any(char::is_alphabetic) && !name.contains('@'))
}

/// The text of the message: the plain one, unless it is but a remnant of the formatted one.
fn body(message: &Message<'_>) -> Result<Document, ReadError> {
    let plain: Vec<&str> = message
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(&**text),
            _ => None,
        })
        .collect();
    let formatted = message.html_bodies().find(|part| part.is_text_html());
    let formatted = formatted.map(|part| html::read(&page::bytes_of(message, part)));
    let plain = plain.join("\n\n");
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    match formatted {
        Some(Ok(page)) if 2 * letters(&plain) < letters(&page.text) => Ok(all_of(page)),
        Some(Err(error)) if plain.trim().is_empty() => Err(error),
        _ if plain.trim().is_empty() => Err(ReadError::broken("message", "it has no text")),
        _ => text::read(plain.as_bytes(), Format::Text),
    }
}

/// A message in which no article is found is all text: it has no menus.
fn all_of(mut page: Document) -> Document {
    if page.lines.iter().all(|line| line.role == Role::Boilerplate) {
        page.lines.iter_mut().for_each(|line| line.role = Role::Paragraph);
        page.doubts.clear();
    }
    page
}

/// What is said of the attachments: their names, for none is read.
fn attachments(message: &Message<'_>) -> Option<String> {
    let all: Vec<&MessagePart<'_>> = message.attachments().filter(|part| !is_picture_of_text(part)).collect();
    let names: Vec<String> = all.iter().take(MOST_NAMED).map(|part| name_of(part)).collect();
    let rest = all.len() - names.len();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    (!all.is_empty()).then(|| format!("attached and not read: {}{more}", names.join(", ")))
}

fn name_of(part: &MessagePart<'_>) -> String {
    let named = part.attachment_name().map(folded);
    let kind =
        || part.content_type().map(|t| format!("{}/{}", t.c_type, t.c_subtype.as_deref().unwrap_or("?")));
    named.or_else(kind).unwrap_or_else(|| "a part without a name".to_owned())
}

/// A picture that the text shows within itself, and the text in its other form.
fn is_picture_of_text(part: &MessagePart<'_>) -> bool {
    let is_attached = part.content_disposition().is_some_and(|d| d.is_attachment());
    let kind = part.content_type().map_or("", |t| &*t.c_type);
    !is_attached && (part.content_id().is_some() && kind == "image" || kind == "text")
}

fn folded(text: &str) -> String {
    let text: String = text.nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
