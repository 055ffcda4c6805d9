//! Words that say what stands around them in a reference entry: `eds`, `pp`, `Press`, `Proceedings`, `London`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Sorts of telling words, each with its words in lower case. A word's sort is its place in this list, from 1.
const SORTS: [&str; 25] = [
    "in dans en im",
    "ed eds editor editors edited hg hrsg éd dir coord hgg hrg сост ред",
    "trans translated transl traduit trad übers",
    "vol vols volume band bd tome t т",
    "no nr number issue n № heft",
    "pp p pages page s с seiten",
    "press publishers publisher publishing verlag books editions éditions издательство изд edizioni ediciones",
    "university institute dept department universität université school college университет институт",
    "journal review magazine quarterly annals bulletin transactions zeitschrift revue журнал вестник j",
    "proceedings proc conference conf symposium workshop congress symp",
    "retrieved accessed available access from cited online url consulté обращения доступа abruf",
    "thesis dissertation report tech technical ph.d phd rapport memo",
    "edition edn rev revised reprint repr aufl",
    "and & und et y и",
    "al",
    "isbn issn",
    "doi",
    "of the for on a an to with de la le des der die das les du del los las von zur",
    "chapter chap ch",
    "london york paris oxford cambridge berlin amsterdam boston chicago washington philadelphia princeton leiden \
     dordrecht münchen munich stuttgart frankfurt leipzig wien vienna zürich roma rome milano madrid barcelona lisboa \
     tokyo beijing moscow москва м спб минск delhi toronto sydney melbourne hamburg göttingen tübingen heidelberg \
     edinburgh dublin stockholm copenhagen geneva genève bruxelles brussels islamabad lahore karachi ma ny nj ca dc \
     uk usa u.s.a england germany france",
    "news times post daily dawn guardian tribune gazette herald newspaper",
    "van von del di da ul ur",
    "spring summer fall autumn winter",
    "commission council association committee group ministry embassy agency bank center centre organization \
     organisation federation government society foundation corporation office board bureau authority national \
     international federal united nations ministère министерство",
    GIVEN_NAMES,
];

/// Common given names, in which an author's name shows where it is not inverted.
const GIVEN_NAMES: &str = "aaron adam adrian ahmed alan albert alberto alejandro alessandro alex alexander alexandra \
    alexei alfred ali alice allen amy ana andrea andreas andrew angela ann anna anne anthony antonio arthur barbara \
    benjamin bernard bernd bill bob boris brian bruce carl carla carlos carol caroline catherine charles charlotte \
    chris christian christina christine christopher claire claude claudia craig daniel daniela david deborah dennis \
    diana diane dieter dmitri dominique donald dorothy douglas edward elena elizabeth ellen emily emma eric erik \
    ernst eugene eva evelyn fatima felix fernando florian francesco francis francisco frank françois franz fred \
    frederick friedrich gabriel gary geoffrey georg george gerald gerhard gilbert giorgio giovanni giuseppe gordon \
    graham greg gregory guido guy hans harald harold harry hassan heather heinrich heinz helen helmut henri henry \
    herbert hermann howard hugh ian igor ingrid irene isabel ivan jack jacob jacques james jan jane janet jason jean \
    jeffrey jennifer jeremy jerry jessica jim joan joel johan johann johannes john jon jonathan jorge jose josé joseph \
    joshua juan judith julia julian julie jürgen karen karl kate katherine kathleen keith kenneth kevin khalid kim \
    klaus kurt larry laura lawrence lee leo leonard leslie lewis lisa louis louise luca lucas lucy luigi luis lynn \
    manfred manuel marc marco marcus margaret maria marie mario mark markus marta martha martin mary matthew maurice \
    max melissa michael michel michelle miguel mike mikhail mohamed mohammad mohammed monica muhammad nancy natalia \
    nathalie nicholas nick nicolas nicole nigel nikolai norman olga oliver oscar otto pablo pamela patricia patrick \
    paul paula paulo pedro peter philip philippe pierre rachel ralph raymond rebecca reinhard renate ricardo richard \
    rita robert roberto robin roger roland rolf ronald rosa ross roy rudolf russell ruth ryan sam samuel sandra sara \
    sarah scott sean sergei sergey sergio sharon simon sofia sophie stefan stephanie stephen steve steven stuart susan \
    sylvia tanya thomas tim timothy todd tom tony ulrich ulrike umberto ursula victor victoria vincent virginia \
    vladimir walter werner wilhelm william wolfgang yves";

/// The sort of a telling word, from 1; 0 for any other.
pub(super) fn sort(word: &str) -> u8 {
    static WORDS: OnceLock<HashMap<&'static str, u8>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words = HashMap::new();
        for (sort, list) in (1..).zip(SORTS) {
            for word in list.split_whitespace() {
                words.entry(word).or_insert(sort);
            }
        }
        words
    });
    words.get(word).copied().unwrap_or(0)
}
