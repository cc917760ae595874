//! Languages of the hosted pages, and their texts.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// A language that the hosted pages speak.
/// Source: AWS page "User pool managed login", languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Indonesian.
    Indonesian,
    /// Italian.
    Italian,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// Portuguese of Brazil.
    BrazilianPortuguese,
    /// Chinese in simplified characters.
    SimplifiedChinese,
    /// Chinese in traditional characters.
    TraditionalChinese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::English,
        Self::German,
        Self::Spanish,
        Self::French,
        Self::Indonesian,
        Self::Italian,
        Self::Japanese,
        Self::Korean,
        Self::BrazilianPortuguese,
        Self::SimplifiedChinese,
        Self::TraditionalChinese,
    ];

    /// Its tag, as the parameter `lang` and the attribute of the same name have it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Indonesian => "id",
            Self::Italian => "it",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::BrazilianPortuguese => "pt-BR",
            Self::SimplifiedChinese => "zh-CN",
            Self::TraditionalChinese => "zh-TW",
        }
    }

    /// Finds the language of a tag in any case, or of the part before its first hyphen.
    /// Source: RFC 4647 section 3.4, "Lookup".
    pub fn of_tag(tag: &str) -> Option<Self> {
        let is = |tag: &str| {
            let mut all = Self::ALL.into_iter();
            all.find(|language| language.tag().eq_ignore_ascii_case(tag))
        };
        let primary = tag.split('-').next().unwrap_or(tag);
        is(tag).or_else(|| is(primary)).or_else(|| relative(tag))
    }

    /// The text of a message.
    pub fn text(self, message: &str) -> String {
        self.text_with(message, &[])
    }

    /// The text of a message with its variables.
    ///
    /// A message that the language lacks is told in English; tests find messages that nobody has.
    pub fn text_with(self, message: &str, variables: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in variables {
            arguments.set(*name, *value);
        }
        format(self, message, &arguments)
            .or_else(|| format(Self::English, message, &arguments))
            .unwrap_or_else(|| message.to_owned())
    }

    /// What an attribute is called; one of the pool's own by its name.
    pub fn attribute_label(self, attribute: &str) -> String {
        let message = match attribute {
            "email" => "name-email".to_owned(),
            "phone_number" => "name-phone-number".to_owned(),
            name => format!("attribute-{name}"),
        };
        let arguments = FluentArgs::new();
        format(self, &message, &arguments)
            .or_else(|| format(Self::English, &message, &arguments))
            .unwrap_or_else(|| attribute.trim_start_matches("custom:").to_owned())
    }

    fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../texts/en.ftl"),
            Self::German => include_str!("../texts/de.ftl"),
            Self::Spanish => include_str!("../texts/es.ftl"),
            Self::French => include_str!("../texts/fr.ftl"),
            Self::Indonesian => include_str!("../texts/id.ftl"),
            Self::Italian => include_str!("../texts/it.ftl"),
            Self::Japanese => include_str!("../texts/ja.ftl"),
            Self::Korean => include_str!("../texts/ko.ftl"),
            Self::BrazilianPortuguese => include_str!("../texts/pt-BR.ftl"),
            Self::SimplifiedChinese => include_str!("../texts/zh-CN.ftl"),
            Self::TraditionalChinese => include_str!("../texts/zh-TW.ftl"),
        }
    }

    /// The parsed texts: each language is read when it is first spoken.
    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static BUNDLES: [LazyLock<FluentBundle<FluentResource>>; 11] = [
            LazyLock::new(|| parse(Language::English)),
            LazyLock::new(|| parse(Language::German)),
            LazyLock::new(|| parse(Language::Spanish)),
            LazyLock::new(|| parse(Language::French)),
            LazyLock::new(|| parse(Language::Indonesian)),
            LazyLock::new(|| parse(Language::Italian)),
            LazyLock::new(|| parse(Language::Japanese)),
            LazyLock::new(|| parse(Language::Korean)),
            LazyLock::new(|| parse(Language::BrazilianPortuguese)),
            LazyLock::new(|| parse(Language::SimplifiedChinese)),
            LazyLock::new(|| parse(Language::TraditionalChinese)),
        ];
        &BUNDLES[self as usize]
    }
}

/// The language that is nearest to one that has another region or script in its tag.
fn relative(tag: &str) -> Option<Language> {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_any = |part: &str, all: &[&str]| all.iter().any(|one| one.eq_ignore_ascii_case(part));
    if is_any(primary, &["pt"]) {
        return Some(Language::BrazilianPortuguese);
    }
    if !is_any(primary, &["zh"]) {
        return None;
    }
    let is_traditional = parts.any(|part| is_any(part, &["Hant", "TW", "HK", "MO"]));
    Some(if is_traditional {
        Language::TraditionalChinese
    } else {
        Language::SimplifiedChinese
    })
}

fn format(language: Language, message: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let bundle = language.bundle();
    let pattern = bundle.get_message(message)?.value()?;
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut faults);
    faults.is_empty().then(|| text.into_owned())
}

/// Reads the texts of a language. What a file holds is fixed when the program is built, and tests
/// read them all; a part that cannot be read would be missing, and be told in English.
fn parse(language: Language) -> FluentBundle<FluentResource> {
    let locale = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks would come back out of copied text, and every text here runs one way.
    bundle.set_use_isolating(false);
    let source = language.source().to_owned();
    let resource = FluentResource::try_new(source).unwrap_or_else(|(part, _)| part);
    let _ = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// Messages with the variables they name.
    fn messages(language: Language) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
        let is_message = |line: &&str| !line.is_empty() && !line.starts_with(['#', ' ']);
        let lines = language.source().lines().filter(is_message);
        let parts = lines.map(|line| line.split_once(" = ").expect(line));
        parts
            .map(|(name, text)| {
                let variables = text.split("{ $").skip(1);
                let names = variables.map(|rest| rest.split(" }").next().expect(text));
                (name, names.collect())
            })
            .collect()
    }

    #[test]
    fn every_language_has_every_message_with_its_variables() {
        let english = messages(Language::English);
        for language in Language::ALL {
            assert!(FluentResource::try_new(language.source().to_owned()).is_ok());
            assert_eq!(messages(language), english, "{}", language.tag());
        }
    }

    /// Names of messages that a template asks its frame for.
    fn names_in(template: &str) -> Vec<String> {
        let asks = template.replace("language.text", "frame.text");
        let calls = asks.split("frame.").skip(1).filter_map(|call| {
            let (_, arguments) = call.split_once('(')?;
            arguments.strip_prefix('"')?.split('"').next()
        });
        calls.map(str::to_owned).collect()
    }

    fn files_under(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let files = paths.flat_map(|path| {
            if path.is_dir() {
                files_under(&path)
            } else {
                vec![path]
            }
        });
        files.collect()
    }

    #[test]
    fn every_message_that_a_template_names_exists() {
        let english = messages(Language::English);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut named = 0;
        for path in files_under(&folder) {
            for name in names_in(&fs::read_to_string(&path).unwrap()) {
                assert!(english.contains_key(name.as_str()), "{name} in {path:?}");
                named += 1;
            }
        }
        assert!(named > 5, "the templates name messages");
    }

    #[test]
    fn variables_are_filled_in_as_they_are() {
        let text = Language::English.text_with("sign-in-title", &[("application", "<b>{x}")]);
        assert_eq!(text, "Sign in to <b>{x}");
        assert_eq!(Language::English.text("sign-in-submit"), "Sign in");
        assert_eq!(Language::English.text("no-such-message"), "no-such-message");
    }

    #[test]
    fn an_attribute_of_the_pools_own_is_called_by_its_name() {
        let label = |name| Language::English.attribute_label(name);
        assert_eq!(label("given_name"), "Given name");
        assert_eq!(label("phone_number"), "Phone number");
        assert_eq!(label("custom:tier"), "tier");
        assert_eq!(label("custom:"), "");
        assert_eq!(label("a.b c"), "a.b c");
    }

    #[test]
    fn other_languages_say_it_in_their_own_words() {
        let english = texts(Language::English);
        for language in Language::ALL.into_iter().skip(1) {
            let own = texts(language);
            let borrowed: Vec<_> = own.iter().filter(|line| english.contains(*line)).collect();
            // `Code`, `Name`, `Password` and their like are words of several languages.
            assert!(borrowed.len() < 8, "{}: {borrowed:?}", language.tag());
        }
    }

    fn texts(language: Language) -> BTreeSet<&'static str> {
        language
            .source()
            .lines()
            .filter(|line| line.contains(" = "))
            .collect()
    }

    #[test]
    fn relatives_of_a_language_are_spoken_to_in_it() {
        for (tag, language) in [
            ("pt-PT", Language::BrazilianPortuguese),
            ("PT", Language::BrazilianPortuguese),
            ("zh", Language::SimplifiedChinese),
            ("zh-Hans-CN", Language::SimplifiedChinese),
            ("zh-sg", Language::SimplifiedChinese),
            ("zh-Hant", Language::TraditionalChinese),
            ("zh-HK", Language::TraditionalChinese),
            ("zh-TW", Language::TraditionalChinese),
            ("de-AT", Language::German),
        ] {
            assert_eq!(Language::of_tag(tag), Some(language), "{tag}");
        }
    }

    #[test]
    fn a_tag_finds_its_language() {
        for tag in ["en", "EN", "en-GB", "en-us"] {
            assert_eq!(Language::of_tag(tag), Some(Language::English), "{tag}");
        }
        for tag in ["", "-", "e", "xx", "eng", "en_GB", "<b>"] {
            assert_eq!(Language::of_tag(tag), None, "{tag}");
        }
    }
}
