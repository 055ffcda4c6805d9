use super::super::tests::fields;

#[test]
fn entries_after_gost_are_read_exactly() {
    for (entry, expected) in [
        (
            "Лебедев А. Н., Орлов Г. П. Морская торговля севера // Вопросы флота. – 2014. – № 3. – С. 17–29.",
            "authors=Лебедев А. Н. + Орлов Г. П. | issued=2014 | title=Морская торговля севера | container=Вопросы флота | issue=3 | pages=17–29",
        ),
        (
            "2. Громова, Т. В. Речные порты : учебник / Т. В. Громова. – Гомель : Полесье, 2017. – 312 с.",
            "authors=Громова Т. В. | issued=2017 | title=Речные порты : учебник | publisher=Полесье",
        ),
        (
            "Громова, Т. В. Рынок зерна / Т. В. Громова, Л. Д. Юрьев [и др.] // Вестник порта. — 2018. — Т. 9, № 2. — С. 31–40.",
            "authors=Громова Т. В. + Юрьев Л. Д. + et al. | issued=2018 | title=Рынок зерна | container=Вестник порта | volume=9 | issue=2 | pages=31–40",
        ),
        (
            "Лебедев А.Н. Пути и цены: как искать причал//Судоходство. – 2011. – Вып. 4. – С. 8.",
            "authors=Лебедев А.Н. | issued=2011 | title=Пути и цены: как искать причал | container=Судоходство | issue=4 | pages=8",
        ),
        (
            "Лебедев А. Н. Море и берег. М.: Дом моря, 2013. 264 с.",
            "authors=Лебедев А. Н. | issued=2013 | title=Море и берег | publisher=Дом моря",
        ),
        (
            "Сафин Р. Т. Каналы юга // Флот сегодня. 2016. Т. 11. № 6. С. 90–97.",
            "authors=Сафин Р. Т. | issued=2016 | title=Каналы юга | container=Флот сегодня | volume=11 | issue=6 | pages=90–97",
        ),
        (
            "Сафин Р.Т. Баржи // Порт хабарлари. Бухоро, 2018. №2 (31). Б. 51-53.",
            "authors=Сафин Р.Т. | issued=2018 | title=Баржи | container=Порт хабарлари | issue=2 (31) | pages=51-53",
        ),
        (
            "Портал гаваней [Электронный ресурс]. – Режим доступа: http://gavan.example.by. – Дата доступа: 12.03.2019.",
            "title=Портал гаваней | url=http://gavan.example.by",
        ),
        (
            "Lebedev A. N. Trade of the north // Fleet Review. – 2015. – Vol. 12, No. 5. – P. 12–24. – DOI 10.1234/fr.2015.12.",
            "authors=Lebedev A. N. | issued=2015 | title=Trade of the north | container=Fleet Review | volume=12 | issue=5 | pages=12–24 | doi=10.1234/fr.2015.12",
        ),
        (
            "Торговля моря : сб. ст. / под ред. А. Н. Лебедева. – Душанбе : Садаф, 2010. – 215 с.",
            "issued=2010 | title=Торговля моря : сб. ст | publisher=Садаф",
        ),
        (
            "Громов Л. Д. Причалы – мосты – дороги // Труды чтений, 5 мая 2015 года, Брест – Пинск, 2016. – С. 3–9.",
            "authors=Громов Л. Д. | issued=2016 | title=Причалы – мосты – дороги | container=Труды чтений, 5 мая 2015 года, Брест – Пинск | pages=3–9",
        ),
        (
            "Орлов, Иван Петрович. Лодки / И. П. Орлов. — Омск : Берег, 1998. — 90 с.",
            "authors=Орлов И. П. | issued=1998 | title=Лодки | publisher=Берег",
        ),
        (
            "Министерство портов Замбии. Правила гавани. – Лусака, 2013. – 89 с.",
            "authors=Министерство портов Замбии | issued=2013 | title=Правила гавани",
        ),
        (
            "Harbour Docs. Sluices of the north [Электронный ресурс]. – Режим доступа: https://h.example (дата обращения: 20.01.2015).",
            "title=Harbour Docs. Sluices of the north | url=https://h.example",
        ),
    ] {
        assert_eq!(fields(entry), expected, "{entry}");
    }
}

#[test]
fn entries_in_other_forms_are_left_to_the_model() {
    for entry in [
        "Rahm, F. (2007). Ports – a history. Oslo: Press.",
        "Overview of Trade // Port of Durban – Natal. URL: https://example.org/a (date of access: 23.04.2021).",
        "Лебедев, А. Н. (2015). Морская торговля. Вопросы флота, 5(2), 12–24.",
    ] {
        assert!(super::parse(entry).is_none(), "{entry}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in ".{0,80}", entry in "[А-Яа-яA-Z№CС0-9,;:./()\\[\\]– —-]{0,120}") {
        let _ = super::parse(&text);
        let _ = super::parse(&entry);
    }
}
