//! MIME: web pages that a browser saved in one file (MHTML), and mail.
//!
//! The parts are taken apart by the crate `mail-parser`, which undoes their encodings; the main part of a saved page is
//! read as the page that it is ([`page`]), a message as its text under its subject ([`message`]).

mod message;
mod page;

use super::{Limits, ReadError};
use crate::document::{Document, Format};
use mail_parser::{Message, MessageParser};

/// Bytes of a file in which its header must end.
const HEADER: usize = 64 << 10;
/// Bytes of the longest name of a field.
const LONGEST_NAME: usize = 80;
/// Messages within a message beyond which it is not read: each is a level of nesting.
const MOST_MESSAGES: usize = 50;

/// The kind of MIME file that the bytes are, by their header and the file's extension in small letters; `None` when
/// they have no such header. A text that only begins like a letter (`From:`, `To:`) is none.
pub fn detect(extension: &str, bytes: &[u8]) -> Option<Format> {
    let header = header_of(bytes)?;
    let has = |name: &str| header.iter().any(|(n, _)| n == name);
    let content = header.iter().find(|(n, _)| n == "content-type").map_or("", |(_, value)| value.as_str());
    let named = matches!(extension, "eml" | "mht" | "mhtml");
    let is_mail = named && (has("from") || has("subject") || has("mime-version"));
    let is_mime = has("mime-version") && has("content-type");
    if !(is_mail || is_mime) {
        return None;
    }
    let saved = matches!(extension, "mht" | "mhtml") || has("snapshot-content-location");
    let sent = has("to") || has("received") || has("message-id") || has("return-path");
    let is_page = saved || content.to_ascii_lowercase().contains("multipart/related") && !sent;
    Some(if is_page { Format::Mhtml } else { Format::Mail })
}

/// The fields of the header, names in small letters; `None` when the bytes do not begin with one.
fn header_of(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut fields: Vec<(String, String)> = Vec::new();
    for (i, line) in bytes[..bytes.len().min(HEADER)].split(|b| *b == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            fields.last_mut()?.1.push_str(&String::from_utf8_lossy(line));
            continue;
        }
        // The first line of a message as mailboxes hold it.
        if i == 0 && line.starts_with(b"From ") {
            continue;
        }
        let colon = line.iter().take(LONGEST_NAME).position(|b| *b == b':')?;
        let (name, value) = line.split_at(colon);
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            return None;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        fields.push((text(name).to_ascii_lowercase(), text(&value[1..])));
    }
    (!fields.is_empty()).then_some(fields)
}

/// Reads a saved page or a message.
///
/// # Errors
/// [`ReadError::Broken`] when it has no text, [`ReadError::Limit`], and what the reader of its main part gives.
pub fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let messages = memchr::memmem::find_iter(bytes, b"message/rfc822").count();
    if messages > MOST_MESSAGES {
        return Err(ReadError::Limit(format!("it has more than {MOST_MESSAGES} messages within it")));
    }
    let parsed = MessageParser::default().parse(bytes);
    let message: Message<'_> = parsed.ok_or_else(|| ReadError::broken("MIME", "it has no header"))?;
    let held: u64 = message.parts.iter().map(|part| part.len() as u64).sum();
    if held > limits.inflated_bytes.max(bytes.len() as u64) {
        return Err(ReadError::Limit(format!("its parts have more than {} bytes", limits.inflated_bytes)));
    }
    match format {
        Format::Mhtml => page::read(&message),
        _ => message::read(&message),
    }
}

#[cfg(test)]
mod tests;
