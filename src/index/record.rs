//! Stored records: a compact binary form of a passage, with a checksum that is verified whenever one is read.

use super::StoredPassage;
use crate::passage::{InTextCitation, Kind, Ordinal};
use crate::tag::{CountryCode, CountryTag, Evidence};

/// Bytes of BLAKE3 before each record: of sixteen million damaged records one is not noticed. Not meant against an attacker.
const CHECKSUM: usize = 3;

/// Puts the checksum before a record's bytes. It is not bound to anything yet, which is to say bound to 0.
pub fn seal(content: &[u8]) -> Vec<u8> {
    let mut record = Vec::with_capacity(CHECKSUM + content.len());
    record.extend_from_slice(&blake3::hash(content).as_bytes()[..CHECKSUM]);
    record.extend_from_slice(content);
    record
}

/// Binds a sealed record to the number of what it belongs to, so that it is damaged to whoever takes it for another's: where
/// a record is found depends on files that have no such checksum.
pub fn bind(record: &mut [u8], to: u64) {
    record.iter_mut().zip(marks(to)).for_each(|(byte, mark)| *byte ^= mark);
}

/// What the checksum of a record that is bound to a number is changed by; nothing for 0.
fn marks(to: u64) -> [u8; CHECKSUM] {
    // Neighbours are the likeliest to be taken for each other: Fibonacci hashing puts them far apart.
    let [a, b, c, ..] = to.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
    [a, b, c]
}

/// The number that stands for a name, to bind a record to.
pub fn number_of(name: &str) -> u64 {
    name.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The content of a sealed record that is bound to the number; `None` when it was damaged, or is another's.
pub fn unseal(record: &[u8], bound_to: u64) -> Option<&[u8]> {
    let (checksum, content) = record.split_at_checked(CHECKSUM)?;
    let hash = blake3::hash(content);
    let expected = hash.as_bytes().iter().zip(marks(bound_to)).map(|(byte, mark)| byte ^ mark);
    checksum.iter().copied().eq(expected).then_some(content)
}

/// What a record says of a passage beside its text, a bit each: most passages of plain texts have little of it, and what is
/// not there takes no room.
mod says {
    /// A kind and a sort of number of its own; otherwise it is a paragraph, whole.
    pub const SORT: u8 = 1;
    /// The section it stands in, when that is not the first.
    pub const SECTION: u8 = 1 << 1;
    /// The line it begins on.
    pub const LINES: u8 = 1 << 2;
    /// That it goes on to a later line or page.
    pub const SPAN: u8 = 1 << 3;
    /// The page it begins on.
    pub const PAGES: u8 = 1 << 4;
    /// Countries.
    pub const COUNTRIES: u8 = 1 << 5;
    /// Citations in it.
    pub const CITES: u8 = 1 << 6;
    /// The fields of a reference entry.
    pub const PARSED: u8 = 1 << 7;
}

/// The sealed record of a passage, with its number in the sequence of its document. Numbers that mostly go with the
/// sequence are stored as their distance from it.
pub fn encode(sequence: u32, passage: &StoredPassage) -> Vec<u8> {
    let parsed = passage.parsed.as_ref().and_then(|p| serde_json::to_string(p).ok());
    let (first, last) = passage.lines.unwrap_or((0, 0));
    let (page, last_page) = passage.pages;
    let plain = passage.kind == Kind::Body && matches!(passage.ordinal, Ordinal::Paragraph { part: 1, .. });
    let bits = [
        (says::SORT, !plain),
        (says::SECTION, passage.section > 0),
        (says::LINES, first > 0),
        (says::SPAN, last > first || last_page > page),
        (says::PAGES, page > 0),
        (says::COUNTRIES, !passage.countries.is_empty()),
        (says::CITES, !passage.cites.is_empty()),
        (says::PARSED, parsed.is_some()),
    ];
    let said = bits.into_iter().filter(|(_, says)| *says).fold(0, |said, (bit, _)| said | bit);
    let mut out = Encoder::default();
    out.number(sequence).byte(said);
    let (sort, number, part) = match passage.ordinal {
        Ordinal::Paragraph { number, part } => (0, number, part),
        Ordinal::Reference(n) => (1, n, 1),
        Ordinal::Front(n) => (2, n, 1),
        Ordinal::Boilerplate(n) => (3, n, 1),
        Ordinal::Heading => (4, 0, 1),
    };
    if !plain {
        let kind = Kind::ALL.iter().position(|k| *k == passage.kind).unwrap_or(0);
        out.byte(kind as u8).byte(sort).number(part.into());
    }
    out.distance(sequence, number);
    if said & says::SECTION != 0 {
        out.number(passage.section);
    }
    if said & says::LINES != 0 {
        out.distance(sequence, first);
    }
    if said & says::PAGES != 0 {
        out.number(page);
    }
    if said & says::SPAN != 0 {
        out.number(last.saturating_sub(first)).number(last_page.saturating_sub(page));
    }
    if said & says::COUNTRIES != 0 {
        out.number(passage.countries.len() as u32);
    }
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
    if said & says::CITES != 0 {
        out.number(passage.cites.len() as u32);
    }
    for cite in &passage.cites {
        out.text(&cite.in_text).number(cite.reference.map_or(0, target));
    }
    if let Some(json) = parsed {
        out.text(&json);
    }
    out.bytes.extend_from_slice(passage.text.as_bytes());
    seal(&out.bytes)
}

/// What a citation leads to as a number: 0 for nothing, odd for an entry of the reference list, even for a note.
fn target(ordinal: Ordinal) -> u32 {
    match ordinal {
        Ordinal::Reference(n) => n.saturating_mul(2).saturating_add(1),
        Ordinal::Paragraph { number, .. } => number.saturating_mul(2),
        Ordinal::Front(_) | Ordinal::Boilerplate(_) | Ordinal::Heading => 0,
    }
}

/// What the number of [`target`] stands for.
fn cited(target: u32) -> Option<Ordinal> {
    match (target / 2, target % 2) {
        (0, 0) => None,
        (number, 0) => Some(Ordinal::Paragraph { number, part: 1 }),
        (n, _) => Some(Ordinal::Reference(n)),
    }
}

/// The sequence number and the passage of a sealed record of that document; `None` when it was damaged.
pub fn decode(record: &[u8], document: u64) -> Option<(u32, StoredPassage)> {
    let mut input = Decoder { bytes: unseal(record, document)? };
    let sequence = input.number()?;
    let said = input.byte()?;
    let says = |bit: u8| said & bit != 0;
    let (kind, sort, part) = match says(says::SORT) {
        true => {
            let kind = *Kind::ALL.get(usize::from(input.byte()?))?;
            (kind, input.byte()?, input.number()?.try_into().ok()?)
        }
        false => (Kind::Body, 0, 1),
    };
    let number = input.distance(sequence)?;
    let ordinal = match sort {
        0 => Ordinal::Paragraph { number, part },
        1 => Ordinal::Reference(number),
        2 => Ordinal::Front(number),
        3 => Ordinal::Boilerplate(number),
        _ => Ordinal::Heading,
    };
    let section = if says(says::SECTION) { input.number()? } else { 0 };
    let first = if says(says::LINES) { input.distance(sequence)? } else { 0 };
    let page = if says(says::PAGES) { input.number()? } else { 0 };
    let (lines, pages) = if says(says::SPAN) { (input.number()?, input.number()?) } else { (0, 0) };
    let lines = (first > 0).then(|| (first, first.saturating_add(lines)));
    let pages = (page, page.saturating_add(pages));
    let mut countries = Vec::new();
    for _ in 0..if says(says::COUNTRIES) { input.number()? } else { 0 } {
        let code = CountryCode::new(input.text()?)?;
        let flags = input.byte()?;
        let evidence =
            [Evidence::Named, Evidence::Section, Evidence::Source].get(usize::from(flags >> 1)).copied()?;
        let count = input.number()?;
        let because = (0..count).map(|_| input.text().map(str::to_owned)).collect::<Option<_>>()?;
        countries.push(CountryTag { code, evidence, about: flags & 1 == 1, because });
    }
    let mut cites = Vec::new();
    for _ in 0..if says(says::CITES) { input.number()? } else { 0 } {
        let in_text = input.text()?.to_owned();
        cites.push(InTextCitation { in_text, reference: cited(input.number()?) });
    }
    let parsed = match says(says::PARSED) {
        true => Some(serde_json::from_str(input.text()?).ok()?),
        false => None,
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

    /// How far `n` is from `base`, in zigzag order: 0, -1, 1, -2.
    fn distance(&mut self, base: u32, n: u32) -> &mut Self {
        let distance = n.wrapping_sub(base) as i32;
        self.number((distance << 1 ^ distance >> 31) as u32)
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

    fn distance(&mut self, base: u32) -> Option<u32> {
        let n = self.number()?;
        Some(base.wrapping_add(n >> 1 ^ (n & 1).wrapping_neg()))
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
    use crate::passage::ParsedReference;

    fn passage() -> StoredPassage {
        StoredPassage {
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
            cites: vec![
                InTextCitation { in_text: "[1]".into(), reference: Some(Ordinal::Reference(1)) },
                InTextCitation { in_text: "[x]".into(), reference: None },
                InTextCitation {
                    in_text: "¹²".into(),
                    reference: Some(Ordinal::Paragraph { number: 7, part: 1 }),
                },
            ],
            parsed: Some(ParsedReference {
                title: Some("Belt and Road".into()),
                ..ParsedReference::default()
            }),
        }
    }

    #[test]
    fn damage_is_noticed() {
        let mut record = encode(9, &passage());
        assert_eq!(decode(&record, 0), Some((9, passage())));
        let last = record.len() - 3;
        record[last] ^= 1;
        assert_eq!(decode(&record, 0), None);
        assert_eq!(decode(&[], 0), None);
    }

    #[test]
    fn a_record_of_one_document_is_none_of_another() {
        for document in [0, 1, 7, 300, u64::MAX] {
            let mut record = encode(9, &passage());
            bind(&mut record, document);
            for other in (0..400).chain([u64::MAX]) {
                assert_eq!(decode(&record, other).is_some(), other == document, "{document} {other}");
            }
        }
        assert_ne!(number_of("a"), number_of("b"));
    }

    #[test]
    fn every_passage_reads_back_with_or_without_each_of_its_parts() {
        let whole = passage();
        for without in 0..=u8::MAX {
            let has = |bit: u8| without & bit == 0;
            let passage = StoredPassage {
                kind: if has(1) { Kind::List } else { Kind::Body },
                section: if has(2) { 7 } else { 0 },
                lines: if has(4) { Some((12, if has(8) { 15 } else { 12 })) } else { None },
                pages: if has(16) { (3, if has(8) { u32::MAX } else { 3 }) } else { (0, 0) },
                countries: if has(32) { whole.countries.clone() } else { Vec::new() },
                cites: if has(64) { whole.cites.clone() } else { Vec::new() },
                parsed: if has(128) { whole.parsed.clone() } else { None },
                ..whole.clone()
            };
            for sequence in [0, 9, 300, u32::MAX] {
                for ordinal in [
                    Ordinal::Paragraph { number: 300, part: 1 },
                    Ordinal::Paragraph { number: u32::MAX, part: u16::MAX },
                    Ordinal::Reference(1),
                    Ordinal::Front(2),
                    Ordinal::Boilerplate(3),
                    Ordinal::Heading,
                ] {
                    let passage = StoredPassage { ordinal, ..passage.clone() };
                    assert_eq!(decode(&encode(sequence, &passage), 0), Some((sequence, passage)));
                }
            }
        }
    }
}
