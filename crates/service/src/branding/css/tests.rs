use super::{MAX_CSS_BYTES, to_served};

/// The service's own example and what a console offers as a template hold these.
const TEMPLATE: &str = "
.logo-customizable {\n\tmax-width: 60%;\n\tmax-height: 30%;\n}
.banner-customizable {\n\tpadding: 25px 0px 25px 0px;\n\tbackground-color: lightgray;\n}
.label-customizable { font-weight: 400; }
.textDescription-customizable, .idpDescription-customizable { display: block; }
.legalText-customizable { color: #747474; font-size: 11px }
.submitButton-customizable { margin: 20px -15px 10px -13px; width: 108%; color: #fff; }
.submitButton-customizable:hover { background-color: #286090; }
.errorMessage-customizable { background: #F5F5F5; border: 2px solid #D64958; }
.inputField-customizable { width: 100%; width: 100%; border-radius: 0px; }
.inputField-customizable:focus { border-color: #66afe9; outline: 0; }
.idpButton-customizable { text-align: center; }
.idpButton-customizable:hover { color: #fff; }
.socialButton-customizable { padding: 1px; text-align: left; }
.redirect-customizable { text-align: center; }
.passwordCheck-notValid-customizable { color: #DF3312; }
.passwordCheck-valid-customizable { color: #19BF00; }
.background-customizable { background-color: #fff; }
";

fn serve(source: &str) -> String {
    to_served(source).unwrap_or_else(|refusal| panic!("{source:?}: {refusal}"))
}

fn refusal(source: &str) -> String {
    match to_served(source) {
        Ok(served) => panic!("{source:?} was taken as {served:?}"),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn the_templates_of_the_service_are_taken() {
    let served = serve(TEMPLATE);
    assert_eq!(served.lines().count(), 17);
    assert!(served.contains(
        ":root .submitButton-customizable{margin:20px -15px 10px -13px;width:108%;color:#fff;}\n"
    ));
    assert!(served.contains(
        ":root .textDescription-customizable,:root .idpDescription-customizable{display:block;}"
    ));
}

#[test]
fn values_are_written_as_they_were_read() {
    for (source, served) in [
        ("color:RED", "color:RED;"),
        ("COLOR : red ! IMPORTANT ;;", "color:red!important;"),
        (
            "width: calc( 100% - 2 * 1.5rem )",
            "width:calc( 100% - 2 * 1.5rem );",
        ),
        (
            "background: linear-gradient(135deg, rgb(1 2 3 / 50%), #12345678)",
            "background:linear-gradient(135deg, rgb(1 2 3 / 50%), #12345678);",
        ),
        (
            "font-family: 'Noto Sans', \"メイリオ\", sans-serif",
            "font-family:\"Noto Sans\", \"メイリオ\", sans-serif;",
        ),
        ("font: 600 1rem/1.5 Arial", "font:600 1rem/1.5 Arial;"),
        ("margin: -.5em/**/+1px", "margin:-.5em +1px;"),
        ("", ""),
    ] {
        let rule = format!("/* a */.label-customizable/* b */{{/* c */{source}}} /* d */");
        let expected = format!(":root .label-customizable{{{served}}}\n");
        assert_eq!(serve(&rule), expected, "{source}");
    }
    assert_eq!(serve(" /* nothing */ \n"), "");
}

#[test]
fn a_refusal_says_where_and_what() {
    for (source, text) in [
        (
            "\n.other { color: red }",
            "CSS is not allowed: line 2: .other is none of the classes.",
        ),
        (
            ".label-customizable {\n\n position: fixed }",
            "CSS is not allowed: line 3: the property position is not allowed.",
        ),
        (
            "@import 'x';",
            "CSS is not allowed: line 1: rules that begin with @ are not allowed.",
        ),
        (
            ".label-customizable { background: url(x) }",
            "CSS is not allowed: line 1: url() is not allowed.",
        ),
    ] {
        assert_eq!(refusal(source), text);
    }
}

#[test]
fn a_stylesheet_has_3_kilobytes_at_most() {
    let fill = |length: usize| {
        let rule = ".label-customizable{color:red}";
        format!("{rule}{}", " ".repeat(length - rule.len()))
    };
    serve(&fill(MAX_CSS_BYTES));
    assert!(refusal(&fill(MAX_CSS_BYTES + 1)).contains("longer than 3072 bytes"));
}

#[test]
fn s51_other_selectors_than_the_classes_are_refused() {
    for selector in [
        "body",
        "*",
        "#signInFormPassword",
        ".card",
        ".label-customizable *",
        "html .label-customizable",
        ".label-customizable .logo-customizable",
        ".label-customizable.card",
        ".label-customizable>a",
        ".label-customizable:hover",
        ".inputField-customizable:hover",
        ".inputField-customizable::before",
        ".submitButton-customizable:hover:focus",
        ".submitButton-customizable:not(.a)",
        ".inputField-customizable[value^=a]",
        ". label-customizable",
        ".LABEL-customizable",
        ".label-customizable:",
        ".submitButton-customizable :hover",
        ".label-customizable,",
        ",.label-customizable",
        "",
        ".\\6c abel-customizable",
        ".label\\2d customizable",
        ".label-customizable\\",
        ".label-customizable,body",
        ".label-custom/**/izable",
        ".label-customizable&",
        ".\u{6c}\u{200b}abel-customizable",
        "label-customizable",
        ".label-customizable\u{0}",
    ] {
        refusal(&format!("{selector} {{ color: red }}"));
    }
}

#[test]
fn s51_what_fetches_runs_or_lays_itself_over_others_is_refused() {
    for declaration in [
        "background: url(javascript:alert(1))",
        "background: URL('https://evil.example/?')",
        "background: u\\72l(https://evil.example/)",
        "background: \\75rl(x)",
        "background: url/**/(x)",
        "background-image: image-set('a.png' 1x)",
        "background: url(data:image/svg+xml,<svg/onload=alert(1)>)",
        "background: -webkit-image-set(url(x) 1x)",
        "background: src('x')",
        "color: var(--x)",
        "color: attr(value)",
        "color: expression(alert(1))",
        "width: expression/**/(alert(1))",
        "color: red; @import 'https://evil.example/x.css'",
        "--x: url(x)",
        "position: fixed",
        "POSITION: fixed",
        "p\\6fsition: fixed",
        "z-index: 9",
        "content: 'x'",
        "color: 'red'",
        "behavior: url(x)",
        "-moz-binding: url(x)",
        "-ms-filter: 'progid'",
        "filter: url(x)",
        "cursor: url(x), auto",
        "list-style-type: '</style>'",
        "font-family: '</style><script>alert(1)</script>'",
        "font-family: 'a\\'b'",
        "font-family: 'a\nb'",
        "font-family: 'a",
        "color: red !ie",
        "color: red !important blue",
        "color: !important",
        "color",
        "color:",
        "color red",
        ": red",
        "color: red } body { color: red",
        "color: red }}",
        "color: {red}",
        "color: {",
        "color: (red)",
        "color: rgb(1,2,3",
        "color: rgb(1,2,3))",
        "color: rgb(1,2;3)",
        "color: rgb(}",
        "color: #12345",
        "color: #ggg",
        "color: red</style>",
        "color: red<!--",
        "color: red-->",
        "color: a:b",
        "color: \u{ff1a}",
        "width: 1e5px",
        "width: 1 + 1",
        "transform: translate(1px)",
        "animation: a 1s",
        ".label-customizable { color: red }",
        "&:hover { color: red }",
    ] {
        refusal(&format!(".label-customizable {{ {declaration} }}"));
    }
    for source in [
        "@media screen { .label-customizable { color: red } }",
        "@supports (color: red) { .label-customizable { color: red } }",
        "@page { margin: 0 }",
        "@font-face { src: url(x) }",
        "@charset 'utf-7';",
        "@\\69mport 'x';",
        "</style><script>alert(1)</script>",
        "<!-- .label-customizable { color: red } -->",
        ".label-customizable { color: red",
        ".label-customizable { color: red } /*",
        ".label-customizable",
        "}",
        "{}",
        "\u{feff}.label-customizable { color: red }",
        "\0",
    ] {
        refusal(source);
    }
}

#[test]
fn s51_nesting_ends_early_and_costs_nothing() {
    let deep = |depth: usize| {
        let (open, close) = ("calc(".repeat(depth), ")".repeat(depth));
        format!(".label-customizable{{width:{open}1px{close}}}")
    };
    serve(&deep(4));
    assert!(refusal(&deep(5)).contains("too deep"));
    let brackets = format!(".label-customizable{}", "{".repeat(3000));
    refusal(&brackets);
    refusal(&format!(
        ".label-customizable{{width:{}",
        "calc(".repeat(600)
    ));
    refusal(&"/*".repeat(1500));
}

/// Pieces of which hostile stylesheets are made.
const PIECES: [&str; 40] = [
    ".label-customizable",
    ".submitButton-customizable",
    ":hover",
    "{",
    "}",
    "color",
    ":",
    ";",
    "red",
    " ",
    "\n",
    "/*",
    "*/",
    "url(",
    "calc(",
    "rgb(",
    ")",
    "\\",
    "'",
    "\"",
    "@import",
    "<",
    "</style>",
    "!",
    "important",
    "#fff",
    "1px",
    "-",
    "+",
    ".5",
    "%",
    ",",
    "/",
    "*",
    "font-family",
    "width",
    "position",
    "é",
    "\u{2028}",
    "--x",
];

#[test]
fn s51_whatever_is_served_is_of_the_allowed_alone_and_is_taken_again_as_it_is() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or(0)
    };
    let mut taken = 0;
    for _ in 0..60_000 {
        // Half of them begin as a sound one, so that more than the first step is met.
        let mut source = String::new();
        if next() % 2 == 0 {
            source.push_str(".label-customizable{color:");
        }
        for _ in 0..next() % 12 {
            source.push_str(PIECES[next() % PIECES.len()]);
        }
        if next() % 2 == 0 {
            source.push('}');
        }
        let Ok(served) = to_served(&source) else {
            continue;
        };
        taken += 1;
        let outside = served.replace(":root .", ".");
        for forbidden in [
            "url",
            "@",
            "\\",
            "<",
            "/*",
            "expression",
            "position:",
            "{--",
            ";--",
            "var(",
        ] {
            assert!(!outside.contains(forbidden), "{source:?} gave {served:?}");
        }
        assert_eq!(served.matches('{').count(), served.matches('}').count());
        assert_eq!(serve(&outside), served, "{source:?}");
    }
    assert!(taken > 500, "only {taken} were taken");
}
