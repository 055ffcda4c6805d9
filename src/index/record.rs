//! Stored records: a compact binary form of a passage, with a checksum that is verified whenever one is read.

use super::StoredPassage;
use crate::passage::{InTextCitation, Kind, Ordinal};
use crate::tag::{CountryCode, CountryTag, Evidence};

/// Bytes of BLAKE3 before each record: enough to notice damage, not meant against an attacker.
const CHECKSUM: usize = 4;

/// Puts the checksum before a record's bytes.
pub fn seal(content: &[u8]) -> Vec<u8> {
    let mut record = Vec::with_capacity(CHECKSUM + content.len());
    record.extend_from_slice(&blake3::hash(content).as_bytes()[..CHECKSUM]);
    record.extend_from_slice(content);
    record
}

/// The content of a sealed record; `None` when it was damaged.
pub fn unseal(record: &[u8]) -> Option<&[u8]> {
    let (checksum, content) = record.split_at_checked(CHECKSUM)?;
    (blake3::hash(content).as_bytes()[..CHECKSUM] == *checksum).then_some(content)
}

/// The sealed record of a passage, with its number in the sequence of its document.
pub fn encode(sequence: u32, passage: &StoredPassage) -> Vec<u8> {
    let mut out = Encoder::default();
    out.number(sequence);
    out.byte(Kind::ALL.iter().position(|k| *k == passage.kind).unwrap_or(0) as u8);
    match passage.ordinal {
        Ordinal::Paragraph { number, part } => out.tagged(0, number).number(part.into()),
        Ordinal::Reference(n) => out.tagged(1, n),
        Ordinal::Front(n) => out.tagged(2, n),
        Ordinal::Boilerplate(n) => out.tagged(3, n),
        Ordinal::Heading => out.tagged(4, 0),
    };
    let (first, last) = passage.lines.unwrap_or((0, 0));
    out.number(passage.section).number(first).number(last.saturating_sub(first));
    out.number(passage.pages.0).number(passage.pages.1.saturating_sub(passage.pages.0));
    out.number(passage.countries.len() as u32);
    for tag in &passage.countries {
        out.text(tag.code.as_str());
        let evidence = match tag.evidence {
            Evidence::Named => 0,
            Evidence::Section => 1,
            Evidence::Source => 2,
        };
        out.byte(evidence << 1 | u8::from(tag.about)).number(tag.because.len() as u32);
        for word in &tag.because {
            out.text(word);
        }
    }
    out.number(passage.cites.len() as u32);
    for cite in &passage.cites {
        out.text(&cite.in_text).number(cite.reference.map_or(0, |n| n + 1));
    }
    let parsed = passage.parsed.as_ref().and_then(|p| serde_json::to_string(p).ok());
    out.text(parsed.as_deref().unwrap_or_default());
    out.bytes.extend_from_slice(passage.text.as_bytes());
    seal(&out.bytes)
}

/// The sequence number and the passage of a sealed record; `None` when it was damaged.
pub fn decode(record: &[u8]) -> Option<(u32, StoredPassage)> {
    let mut input = Decoder { bytes: unseal(record)? };
    let sequence = input.number()?;
    let kind = *Kind::ALL.get(usize::from(input.byte()?))?;
    let (sort, n) = (input.byte()?, input.number()?);
    let ordinal = match sort {
        0 => Ordinal::Paragraph { number: n, part: input.number()?.try_into().ok()? },
        1 => Ordinal::Reference(n),
        2 => Ordinal::Front(n),
        3 => Ordinal::Boilerplate(n),
        _ => Ordinal::Heading,
    };
    let section = input.number()?;
    let (first, span) = (input.number()?, input.number()?);
    let lines = (first > 0).then(|| (first, first.saturating_add(span)));
    let page = input.number()?;
    let pages = (page, page.saturating_add(input.number()?));
    let mut countries = Vec::new();
    for _ in 0..input.number()? {
        let code = CountryCode::new(input.text()?)?;
        let flags = input.byte()?;
        let evidence =
            [Evidence::Named, Evidence::Section, Evidence::Source].get(usize::from(flags >> 1)).copied()?;
        let count = input.number()?;
        let because = (0..count).map(|_| input.text().map(str::to_owned)).collect::<Option<_>>()?;
        countries.push(CountryTag { code, evidence, about: flags & 1 == 1, because });
    }
    let mut cites = Vec::new();
    for _ in 0..input.number()? {
        let in_text = input.text()?.to_owned();
        cites.push(InTextCitation { in_text, reference: input.number()?.checked_sub(1) });
    }
    let parsed = match input.text()? {
        "" => None,
        json => Some(serde_json::from_str(json).ok()?),
    };
    let text = std::str::from_utf8(input.bytes).ok()?.to_owned();
    Some((sequence, StoredPassage { ordinal, kind, text, section, lines, pages, countries, cites, parsed }))
}

#[derive(Default)]
struct Encoder {
    bytes: Vec<u8>,
}

impl Encoder {
    fn byte(&mut self, byte: u8) -> &mut Self {
        self.bytes.push(byte);
        self
    }

    /// LEB128.
    fn number(&mut self, mut n: u32) -> &mut Self {
        while n >= 0x80 {
            self.bytes.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.byte(n as u8)
    }

    fn tagged(&mut self, tag: u8, n: u32) -> &mut Self {
        self.byte(tag).number(n)
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.number(text.len() as u32);
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }
}

struct Decoder<'a> {
    bytes: &'a [u8],
}

impl<'a> Decoder<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut n = 0u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            n |= u32::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        std::str::from_utf8(taken).ok()
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        self.take(length as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_reads_back_and_damage_is_noticed() {
        let passage = StoredPassage {
            ordinal: Ordinal::Paragraph { number: 300, part: 2 },
            kind: Kind::List,
            text: "Both “countries”.".into(),
            section: 7,
            lines: Some((12, 15)),
            pages: (3, 4),
            countries: vec![CountryTag {
                code: CountryCode::new("KZ").unwrap(),
                evidence: Evidence::Section,
                about: true,
                because: vec!["Kazakhstan".into()],
            }],
            cites: vec![InTextCitation { in_text: "[1]".into(), reference: Some(1) }],
            parsed: None,
        };
        let mut record = encode(9, &passage);
        assert_eq!(decode(&record), Some((9, passage)));
        let last = record.len() - 3;
        record[last] ^= 1;
        assert_eq!(decode(&record), None);
        assert_eq!(decode(&[]), None);
    }
}
