//! Drafts in text: Markdown, LaTeX, Typst, plain text.

use super::*;

/// Puts the quotation and its citation into one of the sentences.
fn fill(dice: &mut Dice, frames: &[&str], quoted: &Quoted) -> String {
    let work = quoted.shelved();
    dice.one(frames)
        .replace("KEY", work.key)
        .replace("NUM", &quoted.paragraph.to_string())
        .replace("WHO", work.bracket)
        .replace("YEAR", &work.year.to_string())
        .replace("QUOTE", &quoted.words)
}

fn made(text: String, syntax: Syntax, quoted: Vec<Quoted>) -> Made {
    Made { draft: Draft::parse(&text, syntax), quoted, shown: text }
}

/// The places where a note's mark may stand by the closing mark.
const CLOSINGS: [&str; 4] = ["”M.", "”.M", ".”M", "M”."];

pub fn markdown(dice: &mut Dice, quoted: Vec<Quoted>) -> Made {
    const FRAMES: [&str; 7] = [
        "They hold that “QUOTE” [@KEY, para. NUM].",
        "They hold that \"QUOTE\" [see @KEY, para. NUM].",
        "@KEY [para. NUM] holds that “QUOTE”.",
        "They hold that “QUOTE” (WHO, YEAR, para. NUM).",
        "> QUOTE\n>\n> [@KEY, para. NUM]",
        "They hold that “QUOTE”.^[See @KEY, para. NUM.]",
        "They hold that “QUOTE” [@KEY, para. NUM; @nobody1999].",
    ];
    if dice.below(3) == 0 {
        return numbered(dice, quoted, Syntax::Markdown);
    }
    let (mut text, mut bodies, mut notes) = (String::new(), String::new(), Notes::default());
    for q in &quoted {
        if dice.below(2) == 0 {
            text.push_str(&fill(dice, &FRAMES, q));
        } else {
            if dice.below(4) == 0 {
                let remark = notes.remark(dice);
                text.push_str(&format!("It was cold.[^{}] ", notes.cited.len()));
                bodies.push_str(&format!("[^{}]: {remark}\n", notes.cited.len()));
            }
            let words = notes.next(dice, q);
            let mark = format!("[^{}]", notes.cited.len());
            text.push_str(&format!("They hold that “{}{}", q.words, dice.one(&CLOSINGS).replace('M', &mark)));
            bodies.push_str(&format!("[^{}]: {words}\n", notes.cited.len()));
        }
        text.push_str("\n\n");
    }
    made(format!("{text}{bodies}"), Syntax::Markdown, quoted)
}

pub fn latex(dice: &mut Dice, quoted: Vec<Quoted>) -> Made {
    const FRAMES: [&str; 6] = [
        "They hold that ``QUOTE'' \\autocite[para.~NUM]{KEY}.",
        "They hold that \\enquote{QUOTE}~\\parencite[see][para.~NUM]{KEY}.",
        "\\textcite[para.~NUM]{KEY} holds that ``QUOTE''.",
        "They hold that ``QUOTE''.\\footnote{See \\cite[para.~NUM]{KEY}.}",
        "\\begin{quote}QUOTE \\parencite[para.~NUM]{KEY}\\end{quote}",
        "They hold that ``QUOTE''.\\footcite[para.~NUM]{KEY}",
    ];
    let (mut text, mut notes) = (String::new(), Notes::default());
    let with_notes = dice.below(2) == 0;
    for q in &quoted {
        if with_notes {
            let words = notes.next(dice, q);
            text.push_str(&format!("They hold that ``{}''.\\footnote{{{words}}}\n\n", q.words));
        } else {
            text.push_str(&fill(dice, &FRAMES, q));
            text.push_str("\n\n");
        }
    }
    made(text, Syntax::Latex, quoted)
}

pub fn typst(dice: &mut Dice, quoted: Vec<Quoted>) -> Made {
    const FRAMES: [&str; 5] = [
        "They hold that “QUOTE” @KEY[para. NUM].",
        "They hold that \"QUOTE\" #cite(<KEY>, supplement: [para. NUM]).",
        "#cite(<KEY>, form: \"prose\", supplement: [para. NUM]) holds: “QUOTE”.",
        "They hold that “QUOTE”.#footnote[See @KEY[para. NUM].]",
        "#quote(block: true)[QUOTE] @KEY[para. NUM]",
    ];
    let (mut text, mut notes) = (String::new(), Notes::default());
    let with_notes = dice.below(2) == 0;
    for q in &quoted {
        if with_notes {
            let words = notes.next(dice, q);
            text.push_str(&format!("They hold that “{}”.#footnote[{words}]\n\n", q.words));
        } else {
            text.push_str(&fill(dice, &FRAMES, q));
            text.push_str("\n\n");
        }
    }
    made(text, Syntax::Typst, quoted)
}

pub fn plain(dice: &mut Dice, quoted: Vec<Quoted>) -> Made {
    const FRAMES: [&str; 5] = [
        "They hold that “QUOTE” (WHO, YEAR, para. NUM).",
        "They hold that \"QUOTE\" [KEY:NUM].",
        "WHO (YEAR, para. NUM) writes that “QUOTE”.",
        "They hold that “QUOTE” (see WHO YEAR, para. NUM).",
        "They wrote:\n\n    QUOTE (WHO, YEAR, para. NUM)\n",
    ];
    match dice.below(3) {
        0 => return numbered(dice, quoted, Syntax::Plain),
        1 => {}
        _ => {
            let text: Vec<String> = quoted.iter().map(|q| fill(dice, &FRAMES, q)).collect();
            return made(text.join("\n\n"), Syntax::Plain, quoted);
        }
    }
    let (mut text, mut bodies, mut notes) = (String::new(), String::new(), Notes::default());
    for q in &quoted {
        let words = notes.next(dice, q);
        let mark: String = notes.cited.len().to_string().chars().map(high).collect();
        text.push_str(&format!("They hold that “{}{}\n\n", q.words, dice.one(&CLOSINGS).replace('M', &mark)));
        bodies.push_str(&format!("{mark} {words}\n"));
    }
    made(format!("{text}{bodies}"), Syntax::Plain, quoted)
}

/// A digit set high.
pub fn high(digit: char) -> char {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10).unwrap() as usize).unwrap()
}

/// Citations by number, with a list at the end; some drafts have lost it.
fn numbered(dice: &mut Dice, quoted: Vec<Quoted>, syntax: Syntax) -> Made {
    let mut order: Vec<usize> = Vec::new();
    let mut text = String::new();
    for q in &quoted {
        let number = order.iter().position(|w| *w == q.work).unwrap_or_else(|| {
            order.push(q.work);
            order.len() - 1
        }) + 1;
        let bracket = dice.one(&["[#, para. $]", "[#, Para. $]", "[see #, para. $]"]);
        let bracket = bracket.replace('#', &number.to_string()).replace('$', &q.paragraph.to_string());
        text.push_str(&format!("They hold that “{}” {bracket}. It was so.\n\n", q.words));
    }
    let heading = if syntax == Syntax::Markdown { "# References" } else { "References" };
    text.push_str(&format!("{heading}\n\n"));
    let plain_numbers = dice.below(2) == 0;
    for (number, work) in (1..).zip(order.iter().map(|w| &WORKS[*w])) {
        let label = if plain_numbers { format!("{number}.") } else { format!("[{number}]") };
        text.push_str(&format!("{label} {}, “{},” {}.\n", work.full, work.title, work.year));
        text.push_str(if plain_numbers { "\n" } else { "" });
    }
    made(text, syntax, quoted)
}
