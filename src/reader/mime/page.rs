//! A saved web page: the part that is the page goes to the reader of web pages.

use super::super::{ReadError, html};
use crate::bibliography::Date;
use crate::document::Document;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{DateTime, Message, MessagePart, MimeHeaders};
use std::borrow::Cow;

/// Reads the page. Its address is where it was saved from unless it names a better one, and it was accessed on the
/// day on which it was saved.
pub(super) fn read(message: &Message<'_>) -> Result<Document, ReadError> {
    let saved_from = message.header_raw("Snapshot-Content-Location").map(str::trim);
    let part = main_part(message, saved_from).ok_or_else(|| ReadError::broken("MHTML", "it has no page"))?;
    let address = saved_from.or(part.content_location()).filter(|url| url.starts_with("http"));
    let saved = html::Saved { url: address.map(str::to_owned), accessed: message.date().and_then(day) };
    let mut document = html::read_saved(&bytes_of(message, part), saved)?;
    if part.is_encoding_problem {
        document.doubts.push("the saved file ends before its page does".to_owned());
    }
    let stated = &mut document.stated;
    stated.title = stated.title.take().or_else(|| message.subject().map(str::to_owned));
    Ok(document)
}

/// The page itself, rather than a frame in it: the part with the address of the whole, or the one that the header
/// names, or the first.
fn main_part<'m, 'x>(message: &'m Message<'x>, saved_from: Option<&str>) -> Option<&'m MessagePart<'x>> {
    let start =
        message.content_type().and_then(|t| t.attribute("start")).map(|id| id.trim_matches(['<', '>']));
    let pages = || message.parts.iter().filter(|part| is_page(part));
    let located = pages().find(|part| saved_from.is_some() && part.content_location() == saved_from);
    let named = || pages().find(|part| start.is_some() && part.content_id() == start);
    located.or_else(named).or_else(|| pages().next())
}

/// One that is cut short is none to the parser, which takes it for other text.
fn is_page(part: &MessagePart<'_>) -> bool {
    part.is_text_html() || part.is_content_type("text", "html")
}

/// The bytes of a page: in UTF-8 where its part names a character set, or else as they are, for the reader of web pages
/// to look for one in them. A part that is cut short is decoded as far as it goes.
pub(super) fn bytes_of<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>) -> Cow<'m, [u8]> {
    let charset = part.content_type().and_then(|t| t.attribute("charset"));
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize);
    let Some(raw) = raw.filter(|_| charset.is_none() || part.is_encoding_problem) else {
        return Cow::Borrowed(part.contents());
    };
    let transfer = part.content_transfer_encoding().unwrap_or_default().to_ascii_lowercase();
    let decoded = match transfer.as_str() {
        "quoted-printable" => quoted_printable_decode(raw),
        "base64" => base64_decode(raw),
        _ => None,
    };
    let bytes = decoded.map_or(Cow::Borrowed(raw), Cow::Owned);
    match charset.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())) {
        Some(encoding) => Cow::Owned(encoding.decode(&bytes).0.into_owned().into_bytes()),
        None => bytes,
    }
}

/// The day of a date, where it was written.
pub(super) fn day(date: &DateTime) -> Option<Date> {
    Date::parse(&format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}
