//! A saved web page: the part that is the page goes to the reader of web pages.

use super::super::{ReadError, html};
use crate::bibliography::Date;
use crate::document::Document;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{DateTime, Encoding, Message, MessagePart, MimeHeaders};
use std::borrow::Cow;

/// Reads the page. Its address is where it was saved from unless it names a better one, and it was accessed on the
/// day on which it was saved.
pub(super) fn read(message: &Message<'_>) -> Result<Document, ReadError> {
    let saved_from = message.header_raw("Snapshot-Content-Location").map(str::trim);
    let part = main_part(message, saved_from).ok_or_else(|| ReadError::broken("MHTML", "it has no page"))?;
    let mut document = html::read(&bytes_of(message, part))?;
    let address = saved_from.or(part.content_location()).filter(|url| url.starts_with("http"));
    let stated = &mut document.stated;
    stated.url = stated.url.take().or_else(|| address.map(str::to_owned));
    stated.title = stated.title.take().or_else(|| message.subject().map(str::to_owned));
    stated.accessed = stated.accessed.or_else(|| message.date().and_then(day));
    Ok(document)
}

/// The page itself, rather than a frame in it: the part with the address of the whole, or the one that the header
/// names, or the first.
fn main_part<'m, 'x>(message: &'m Message<'x>, saved_from: Option<&str>) -> Option<&'m MessagePart<'x>> {
    let start =
        message.content_type().and_then(|t| t.attribute("start")).map(|id| id.trim_matches(['<', '>']));
    let pages = || message.parts.iter().filter(|part| part.is_text_html());
    let located = pages().find(|part| saved_from.is_some() && part.content_location() == saved_from);
    let named = || pages().find(|part| start.is_some() && part.content_id() == start);
    located.or_else(named).or_else(|| pages().next())
}

/// The bytes of a page: in UTF-8 where its part names a character set, or else as they are, for the reader of web pages
/// to look for one in them.
pub(super) fn bytes_of<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>) -> Cow<'m, [u8]> {
    let names_charset = part.content_type().is_some_and(|t| t.has_attribute("charset"));
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize);
    let decoded = match (raw.filter(|_| !names_charset), part.encoding) {
        (None, _) => None,
        (Some(raw), Encoding::None) => Some(Cow::Borrowed(raw)),
        (Some(raw), Encoding::QuotedPrintable) => quoted_printable_decode(raw).map(Cow::Owned),
        (Some(raw), Encoding::Base64) => base64_decode(raw).map(Cow::Owned),
    };
    decoded.unwrap_or_else(|| Cow::Borrowed(part.contents()))
}

/// The day of a date, where it was written.
pub(super) fn day(date: &DateTime) -> Option<Date> {
    Date::parse(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}
