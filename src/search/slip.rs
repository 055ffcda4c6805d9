//! [`OneSlip`]: the words that one slip of spelling makes of another, as an automaton that walks a vocabulary.

use tantivy_fst::Automaton;

/// Letters that a word may have: its places are bits of a number, and one more.
const LONGEST: usize = 62;

/// Accepts a word and those that are one insertion, deletion, replacement or transposition of neighbours away from it
/// (Damerau 1964: four in five slips of spelling are one of these) and begin with its letter. The states are sets of places
/// in the word, kept in the bits of a number (Baeza-Yates and Gonnet 1992), so that a vocabulary is walked only where such a
/// word may stand.
#[derive(Debug, Clone)]
pub struct OneSlip {
    letters: Vec<char>,
}

impl OneSlip {
    /// For a word; `None` when it has too many letters, or none.
    pub fn of(word: &str) -> Option<OneSlip> {
        let letters: Vec<char> = word.chars().collect();
        (1..=LONGEST).contains(&letters.len()).then_some(OneSlip { letters })
    }

    /// The places at which the letter stands.
    fn places(&self, letter: char) -> u64 {
        let places = self.letters.iter().enumerate().filter(|(_, l)| **l == letter);
        places.fold(0, |places, (i, _)| places | 1 << i)
    }
}

/// What has been read of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Places in the word up to which it is as read.
    sure: u64,
    /// Those up to which it is as read but for one slip.
    slipped: u64,
    /// Those whose next two letters change places, of which one is read.
    swapping: u64,
    /// The bits of a letter that is not yet whole, and how many of its bytes are to come.
    letter: (u32, u8),
}

impl State {
    const DEAD: State = State { sure: 0, slipped: 0, swapping: 0, letter: (0, 0) };

    /// After a letter that stands at `places`.
    fn read(self, places: u64) -> State {
        let State { sure, slipped, swapping, .. } = self;
        let replaced_or_inserted = sure << 1 | sure;
        let deleted = (sure << 1 & places) << 1;
        State {
            sure: (sure & places) << 1,
            slipped: (slipped & places) << 1 | replaced_or_inserted | deleted | (swapping & places) << 2,
            swapping: sure & places >> 1,
            letter: (0, 0),
        }
    }
}

impl Automaton for OneSlip {
    type State = State;

    fn start(&self) -> State {
        State { sure: 1, ..State::DEAD }
    }

    fn is_match(&self, state: &State) -> bool {
        let end = 1u64 << self.letters.len();
        // The last letter may be the one that is missing.
        state.letter.1 == 0 && (state.sure & (end | end >> 1) | state.slipped & end) != 0
    }

    fn can_match(&self, state: &State) -> bool {
        state.sure | state.slipped | state.swapping != 0
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let (bits, to_come) = match (state.letter, byte) {
            ((_, 0), 0..0x80) => (u32::from(byte), 0),
            ((_, 0), 0xC0..0xE0) => (u32::from(byte & 0x1F), 1),
            ((_, 0), 0xE0..0xF0) => (u32::from(byte & 0x0F), 2),
            ((_, 0), 0xF0..) => (u32::from(byte & 0x07), 3),
            ((bits, to_come), 0x80..0xC0) if to_come > 0 => (bits << 6 | u32::from(byte & 0x3F), to_come - 1),
            _ => return State::DEAD,
        };
        if to_come > 0 {
            return State { letter: (bits, to_come), ..*state };
        }
        let places = char::from_u32(bits).map_or(0, |letter| self.places(letter));
        // The first letter is no slip.
        if *state == (State { letter: state.letter, ..self.start() }) && places & 1 == 0 {
            return State::DEAD;
        }
        let next = state.read(places);
        // Beyond the end of the word there is nothing to read.
        let whole = (2u64 << self.letters.len()) - 1;
        State {
            sure: next.sure & whole,
            slipped: next.slipped & whole,
            swapping: next.swapping & whole,
            ..next
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(word: &str, other: &str) -> bool {
        let slip = OneSlip::of(word).unwrap();
        let state = other.bytes().fold(slip.start(), |state, byte| slip.accept(&state, byte));
        slip.can_match(&state) && slip.is_match(&state)
    }

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        for (a, b) in [
            ("wakhan", "wakan"),
            ("lukashenko", "lukashenka"),
            ("pakistan", "pakisatn"),
            ("pakistan", "pakista"),
            ("pakistan", "pakistann"),
            ("минск", "мниск"),
            ("türkmen", "turkmen"),
            ("trade", "trade"),
        ] {
            assert!(accepts(a, b) && accepts(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("wakhan", "wagon"),
            ("trade", "traders"),
            ("trade", "grade"),
            ("trade", "rtade"),
            ("pakistan", "pakisnta"),
            ("минск", "миснк."),
            ("abc", ""),
        ] {
            assert!(!accepts(a, b), "{a} {b}");
        }
        assert!(OneSlip::of("").is_none() && OneSlip::of(&"a".repeat(63)).is_none());
        assert!(accepts(&"a".repeat(62), &"a".repeat(61)) && !accepts(&"a".repeat(62), &"a".repeat(60)));
    }

    /// All words that one slip makes of another.
    fn slips(word: &[char]) -> Vec<Vec<char>> {
        let mut slips = vec![word.to_vec()];
        for i in 0..=word.len() {
            let (before, behind) = word.split_at(i);
            for letter in ['a', 'b', 'ж'] {
                slips.push([before, &[letter], behind].concat());
                if let [_, rest @ ..] = behind {
                    slips.push([before, &[letter], rest].concat());
                }
            }
            if let [_, rest @ ..] = behind {
                slips.push([before, rest].concat());
            }
            if let [x, y, rest @ ..] = behind {
                slips.push([before, &[*y, *x], rest].concat());
            }
        }
        slips
    }

    proptest::proptest! {
        #[test]
        fn what_is_accepted_is_what_a_slip_makes(word in "[abж]{1,6}", other in "[abж]{1,7}") {
            let (letters, others): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
            let is_slip = letters[0] == others[0] && slips(&letters).contains(&others);
            proptest::prop_assert_eq!(accepts(&word, &other), is_slip, "{} {}", word, other);
        }
    }
}
