//! What a token of a reference entry belongs to.

/// The parts of an entry that the model tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Label {
    Author,
    Editor,
    Translator,
    Date,
    Title,
    Book,
    Journal,
    Series,
    Publisher,
    Place,
    Volume,
    Pages,
    Number,
    Note,
    Genre,
    Url,
    Doi,
    Isbn,
    Edition,
    Other,
}

impl Label {
    /// Every label, in the order of their numbers.
    pub const ALL: [Label; 20] = [
        Label::Author,
        Label::Editor,
        Label::Translator,
        Label::Date,
        Label::Title,
        Label::Book,
        Label::Journal,
        Label::Series,
        Label::Publisher,
        Label::Place,
        Label::Volume,
        Label::Pages,
        Label::Number,
        Label::Note,
        Label::Genre,
        Label::Url,
        Label::Doi,
        Label::Isbn,
        Label::Edition,
        Label::Other,
    ];

    /// The label of an element of the training data.
    pub fn from_tag(tag: &str) -> Label {
        match tag {
            "author" => Label::Author,
            "editor" | "director" | "producer" => Label::Editor,
            "translator" => Label::Translator,
            "date" => Label::Date,
            "title" => Label::Title,
            "container-title" => Label::Book,
            "journal" => Label::Journal,
            "collection-title" => Label::Series,
            "publisher" => Label::Publisher,
            "location" => Label::Place,
            "volume" => Label::Volume,
            "pages" => Label::Pages,
            "citation-number" => Label::Number,
            "note" => Label::Note,
            "genre" => Label::Genre,
            "url" => Label::Url,
            "doi" => Label::Doi,
            "isbn" => Label::Isbn,
            "edition" => Label::Edition,
            _ => Label::Other,
        }
    }
}

/// How many labels there are.
pub const LABELS: usize = Label::ALL.len();
