//! What the model looks at: for each token, hashes of what can be seen of it, its neighbours and its place in
//! the entry; between two tokens, what stands on the joint.

use super::token::{MARKS, Mark, SHAPES, Shape, Token};

/// Features of one token, as hashes.
pub type Features = Vec<u32>;

/// How many sorts of joints between two tokens there are.
pub const JOINTS: usize = MARKS * SHAPES;

/// FNV-1a over a tag and the parts of a feature.
struct Hash(u32);

impl Hash {
    fn new(tag: u8) -> Hash {
        Hash(0x811c_9dc5).byte(tag)
    }

    fn byte(self, byte: u8) -> Hash {
        Hash((self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    fn pair(self, pair: u16) -> Hash {
        pair.to_le_bytes().into_iter().fold(self, Hash::byte)
    }

    fn word(self, word: u32) -> Hash {
        word.to_le_bytes().into_iter().fold(self, Hash::byte)
    }

    fn text(self, text: &str) -> Hash {
        text.bytes().fold(self, Hash::byte).byte(0xff)
    }
}

/// The joint in front of a token: the mark that closes the token before and the shape of this one.
pub fn joint(before: &Token<'_>, token: &Token<'_>) -> usize {
    before.end as usize * SHAPES + token.shape as usize
}

/// What is known of a token's place in its entry.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Sentence-like pieces before it.
    piece: u8,
    /// Tokens since the piece began and until it ends.
    since: u8,
    until: u8,
    quoted: u8,
    bracketed: u8,
    /// The mark that ends its piece, and the shape of the token behind that.
    closing: u8,
    following: u8,
    /// Signed distance to the first year, in bounds.
    year: u8,
    /// Share of capitalised words in its piece, in fifths.
    capitals: u8,
    number_ahead: u8,
    comma_until: u8,
    comma_following: u8,
}

/// Returns true if and only if the token ends a sentence-like piece of the entry.
fn ends_piece(token: &Token<'_>) -> bool {
    match token.end {
        Mark::Stop => {
            let short = matches!(token.key, 2..=6 | 15);
            !token.is_initial() && !short
        }
        Mark::Question | Mark::StopQuote | Mark::CommaQuote | Mark::BracketStop | Mark::Slashes => true,
        _ => false,
    }
}

fn bound(number: usize, most: u8) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX).min(most)
}

/// Small numbers apart, larger ones in steps.
fn step(number: usize) -> u8 {
    match number {
        0..=4 => bound(number, 4),
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        _ => 9,
    }
}

fn places(tokens: &[Token<'_>]) -> Vec<Place> {
    let mut places = vec![Place::default(); tokens.len()];
    let first_year = tokens.iter().position(|t| t.shape == Shape::Year);
    let (mut quoted, mut quotes, mut depth) = (false, 0u8, 0u8);
    for (i, token) in tokens.iter().enumerate() {
        let place = &mut places[i];
        if token.start == Mark::Quote {
            quoted = true;
        }
        let opens = token.text.matches(['(', '[']).count();
        let closes = token.text.matches([')', ']']).count();
        depth = depth.saturating_add(bound(opens, 9));
        place.quoted = u8::from(quoted) + 2 * quotes;
        place.bracketed = bound(depth.into(), 1);
        depth = depth.saturating_sub(bound(closes, 9));
        if quoted && matches!(token.end, Mark::Quote | Mark::StopQuote | Mark::CommaQuote) {
            quoted = false;
            quotes = 1;
        }
        place.year = match first_year {
            None => 0,
            Some(y) if y == i => 1,
            Some(y) if y > i => 1 + step(y - i),
            Some(y) => 11 + step(i - y),
        };
    }
    runs(tokens, &mut places);
    ahead(tokens, &mut places);
    places
}

/// Fills in what the piece of each token is like.
fn runs(tokens: &[Token<'_>], places: &mut [Place]) {
    let (mut start, mut piece) = (0, 0u8);
    for end in 0..tokens.len() {
        if !ends_piece(&tokens[end]) && end + 1 < tokens.len() {
            continue;
        }
        let run = &tokens[start..=end];
        let words = run
            .iter()
            .filter(|t| matches!(t.shape, Shape::Lower | Shape::Capital | Shape::Upper | Shape::Mixed));
        let (mut all, mut capital) = (0, 0);
        for word in words {
            all += 1;
            capital += usize::from(word.shape != Shape::Lower);
        }
        let capitals = (capital * 5).checked_div(all).map_or(6, |fifths| bound(fifths, 5));
        let following = tokens.get(end + 1).map_or(SHAPES, |t| t.shape as usize);
        for (offset, place) in places[start..=end].iter_mut().enumerate() {
            place.piece = piece;
            place.since = step(offset);
            place.until = step(end - start - offset);
            place.closing = tokens[end].end as u8;
            place.following = bound(following, u8::MAX);
            place.capitals = capitals;
        }
        piece = piece.saturating_add(1).min(6);
        start = end + 1;
    }
}

/// Fills in how far the next number and the next comma are, and what follows the comma.
fn ahead(tokens: &[Token<'_>], places: &mut [Place]) {
    let (mut number, mut comma) = (usize::MAX, usize::MAX);
    for i in (0..tokens.len()).rev() {
        let token = &tokens[i];
        let numeric =
            matches!(token.shape, Shape::Number | Shape::Range | Shape::VolumeIssue | Shape::WithDigit);
        if numeric {
            number = i;
        }
        if !matches!(token.end, Mark::None) && !token.is_initial() {
            comma = i;
        }
        let place = &mut places[i];
        place.number_ahead = if number == usize::MAX { 15 } else { step(number - i) };
        if comma != usize::MAX {
            place.comma_until = 1 + step(comma - i);
            place.comma_following =
                tokens.get(comma + 1).map_or(31, |t| t.shape as u8) + 32 * (tokens[comma].end as u8 % 8);
        }
    }
}

/// What a stretch of tokens between two marks is like.
#[derive(Clone, Copy, Default)]
struct Span {
    /// Index of its first and the end of its tokens.
    first: usize,
    end: usize,
    /// A bit for each sort of keyword in it.
    keys: u32,
    /// Summary of its words: few or many, small or capitals, abbreviated, initials, numbers.
    sort: u16,
}

/// Cuts the entry into stretches that end where `ends` says.
fn spans(tokens: &[Token<'_>], ends: impl Fn(&Token<'_>) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut first = 0;
    for (i, token) in tokens.iter().enumerate() {
        if ends(token) || i + 1 == tokens.len() {
            spans.push(Span::of(tokens, first, i + 1));
            first = i + 1;
        }
    }
    spans
}

impl Span {
    fn of(tokens: &[Token<'_>], first: usize, end: usize) -> Span {
        let own = &tokens[first..end];
        let keys = own.iter().map(|t| t.key).filter(|k| *k > 0 && *k != 18 && *k != 14 && *k != 25);
        let keys = keys.fold(0u32, |all, key| all | (1 << (u32::from(key) & 31)));
        let count = |test: &dyn Fn(&Token<'_>) -> bool| own.iter().filter(|t| test(t)).count();
        let small = count(&|t| t.shape == Shape::Lower && t.key == 0);
        let initials = count(&|t| t.is_initial());
        let numbers = count(&|t| {
            matches!(
                t.shape,
                Shape::Number | Shape::Range | Shape::VolumeIssue | Shape::LongNumber | Shape::WithDigit
            )
        });
        let years = count(&|t| t.shape == Shape::Year);
        let abbreviated = count(&|t| t.shape == Shape::Capital && t.end == Mark::Stop && t.word.len() <= 6);
        let share = |n: usize| u8::from(n > 0) + u8::from(n * 2 > own.len());
        let size = match own.len() {
            1 => 0,
            2..=3 => 1,
            4..=7 => 2,
            _ => 3,
        };
        let sort = [share(small), share(initials), share(numbers), share(abbreviated)];
        let sort = sort.iter().fold(size, |all, share| all * 3 + u16::from(*share));
        Span { first, end, keys, sort: (sort * 2) | u16::from(years > 0) }
    }
}

/// Returns true if and only if the token ends a stretch between any two marks.
fn ends_stretch(token: &Token<'_>) -> bool {
    match token.end {
        Mark::None | Mark::Dash | Mark::Other => false,
        Mark::Stop => ends_piece(token),
        Mark::Quote => true,
        _ => true,
    }
}

/// Features of the stretches around each token, coarse and fine.
fn stretches(tokens: &[Token<'_>], places: &[Place], features: &mut [Features]) {
    for (tag, spans) in [(100, spans(tokens, ends_piece)), (120, spans(tokens, ends_stretch))] {
        for (k, span) in spans.iter().enumerate() {
            let before = k.checked_sub(1).and_then(|k| spans.get(k)).copied().unwrap_or_default();
            let next = spans.get(k + 1).copied().unwrap_or_default();
            let after = spans.get(k + 2).copied().unwrap_or_default();
            let first = tokens.get(span.first);
            let start = first.map_or("", |t| &t.word);
            let next_start = tokens.get(span.end).map_or("", |t| &t.word);
            let closing = tokens.get(span.end.wrapping_sub(1)).map_or(0, |t| t.end as u8);
            let left = bound(spans.len() - 1 - k, 7);
            let mut hashes = vec![
                Hash::new(tag).word(span.keys),
                Hash::new(tag + 1).word(span.keys).pair(span.sort),
                Hash::new(tag + 2).pair(span.sort).byte(closing),
                Hash::new(tag + 3).word(next.keys).pair(next.sort),
                Hash::new(tag + 4).word(before.keys).pair(before.sort),
                Hash::new(tag + 5).pair(span.sort).pair(next.sort).pair(before.sort),
                Hash::new(tag + 6).byte(left).byte(bound(k, 7)),
                Hash::new(tag + 7).byte(left).pair(span.sort),
                Hash::new(tag + 8).text(start),
                Hash::new(tag + 9).text(next_start),
                Hash::new(tag + 10).word(next.keys | after.keys).byte(closing),
            ];
            let later = spans.iter().skip(k + 1).fold(0, |all, s| all | s.keys);
            hashes.push(Hash::new(tag + 11).word(later));
            let earlier = spans.iter().take(k).fold(0, |all, s| all | s.keys);
            hashes.push(Hash::new(tag + 12).word(earlier));
            for (offset, own) in features[span.first..span.end].iter_mut().enumerate() {
                own.extend(hashes.iter().map(|h| h.0));
                let place = places[span.first + offset];
                own.push(Hash::new(tag + 13).pair(span.sort).byte(step(offset)).byte(place.quoted).0);
            }
        }
    }
}

/// The features of every token of an entry.
pub fn extract(tokens: &[Token<'_>]) -> Vec<Features> {
    let places = places(tokens);
    let mut features: Vec<Features> = (0..tokens.len()).map(|i| of_token(tokens, &places, i)).collect();
    stretches(tokens, &places, &mut features);
    features
}

fn of_token(tokens: &[Token<'_>], places: &[Place], i: usize) -> Features {
    let mut features = Vec::with_capacity(104);
    let token = &tokens[i];
    let place = places[i];
    let at = |offset: isize| i.checked_add_signed(offset).and_then(|j| tokens.get(j));
    let word = |offset: isize| at(offset).map_or("", |t| &t.word);
    let shape = |offset: isize| at(offset).map_or(SHAPES as u8, |t| t.shape as u8);
    let end = |offset: isize| at(offset).map_or(MARKS as u8, |t| t.end as u8);
    let key = |offset: isize| at(offset).map_or(99, |t| t.key);
    let mut add = |hash: Hash| features.push(hash.0);

    add(Hash::new(0));
    words(token, &mut add, &word);
    // Shapes and marks here and around.
    for (tag, offset) in [(20, 0), (21, -1), (22, 1), (23, -2), (24, 2)] {
        add(Hash::new(tag).byte(shape(offset)).byte(end(offset)));
        add(Hash::new(tag + 10).byte(key(offset)));
    }
    add(Hash::new(40).byte(shape(0)));
    add(Hash::new(41).byte(end(0)).byte(token.start as u8));
    add(Hash::new(42).byte(shape(-1)).byte(shape(0)).byte(shape(1)));
    add(Hash::new(43).byte(shape(0)).byte(end(-1)).byte(end(0)));
    add(Hash::new(44).byte(shape(-1)).byte(end(-1)).byte(shape(0)).byte(end(0)));
    add(Hash::new(45).byte(shape(0)).byte(end(0)).byte(shape(1)).byte(end(1)));
    add(Hash::new(46).byte(shape(0)).byte(shape(1)).byte(shape(2)));
    add(Hash::new(47).byte(shape(0)).byte(shape(-1)).byte(shape(-2)));
    add(Hash::new(48).byte(token.start as u8).byte(end(-1)));
    // Place in the entry.
    add(Hash::new(60).byte(step(i)));
    add(Hash::new(61).byte(step(tokens.len() - 1 - i)));
    add(Hash::new(62).byte(bound(i * 10 / tokens.len(), 9)));
    add(Hash::new(63).byte(place.piece));
    add(Hash::new(64).byte(place.piece).byte(place.since));
    add(Hash::new(65).byte(place.quoted).byte(place.bracketed));
    add(Hash::new(66).byte(place.year));
    add(Hash::new(67).byte(place.year).byte(shape(0)));
    add(Hash::new(68).byte(place.closing).byte(place.following));
    add(Hash::new(69).byte(place.capitals).byte(place.closing).byte(place.following));
    add(Hash::new(70).byte(place.until).byte(place.following));
    add(Hash::new(71).byte(place.number_ahead).byte(place.bracketed));
    add(Hash::new(72).byte(place.comma_until));
    add(Hash::new(73).byte(place.comma_following));
    add(Hash::new(74).byte(place.comma_until).byte(place.comma_following));
    add(Hash::new(75).byte(place.quoted).byte(place.piece).byte(shape(0)));
    add(Hash::new(76).byte(place.piece).byte(place.capitals).byte(place.quoted));
    add(Hash::new(77).byte(place.capitals).byte(place.since).byte(place.until));
    entry(tokens, place, shape(0), &mut add);
    features
}

/// Features of the characters of a token and its neighbours' words.
fn words<'t>(token: &Token<'_>, add: &mut impl FnMut(Hash), word: &impl Fn(isize) -> &'t str) {
    add(Hash::new(1).text(word(0)));
    add(Hash::new(2).text(token.text));
    add(Hash::new(3).text(word(-1)));
    add(Hash::new(4).text(word(1)));
    add(Hash::new(5).text(word(-1)).text(word(0)));
    add(Hash::new(6).text(word(0)).text(word(1)));
    add(Hash::new(7).text(word(-2)));
    add(Hash::new(8).text(word(2)));
    let own = &token.word;
    let ends: Vec<usize> = own.char_indices().map(|(at, _)| at).chain([own.len()]).collect();
    for n in 2..=4u8 {
        if let Some(&to) = ends.get(usize::from(n)) {
            add(Hash::new(8 + n).text(&own[..to]));
        }
        if let Some(&from) = ends.len().checked_sub(usize::from(n) + 1).and_then(|k| ends.get(k)) {
            add(Hash::new(11 + n).text(&own[from..]));
        }
    }
}

/// Features of the entry as a whole: its style shows in where its year and its quotation marks stand.
fn entry(tokens: &[Token<'_>], place: Place, shape: u8, add: &mut impl FnMut(Hash)) {
    let year = tokens.iter().position(|t| t.shape == Shape::Year);
    let early = year.map_or(2, |y| u8::from(y * 2 < tokens.len()));
    let bracketed = year.and_then(|y| tokens.get(y)).is_some_and(|t| t.start == Mark::Bracket);
    let quotes = tokens.iter().any(|t| t.start == Mark::Quote);
    let numbered =
        tokens.first().is_some_and(|t| matches!(t.shape, Shape::Number) || t.start == Mark::Bracket);
    let web = tokens.iter().any(|t| matches!(t.shape, Shape::Url));
    let slashes = tokens.iter().any(|t| t.text == "//");
    let style = early | u8::from(bracketed) << 2 | u8::from(quotes) << 3 | u8::from(numbered) << 4;
    add(Hash::new(80).byte(style).byte(place.piece));
    add(Hash::new(81).byte(style).byte(place.year));
    add(Hash::new(82).byte(style).byte(place.quoted).byte(place.piece).byte(shape));
    add(Hash::new(83).byte(u8::from(web)).byte(place.piece).byte(place.year));
    add(Hash::new(84).byte(u8::from(slashes)).byte(place.piece).byte(place.closing));
}
