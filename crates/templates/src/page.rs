//! What every page can do.

use askama::Template;

/// Why a page was not rendered; the templates hold nothing that can fail but memory.
pub type RenderError = askama::Error;

/// A page with its values.
pub trait Page: Template {
    /// Renders the page as HTML.
    /// # Errors
    /// [`RenderError`].
    fn to_html(&self) -> Result<String, RenderError> {
        self.render()
    }

    /// Makes one page for each shape that the template has.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::{
        CallbackPage, ClientPage, ConfirmSignUpPage, ConfirmationPage, ErrorPage, EventPage,
        EventsPage, ForgotPasswordPage, FormPage, InboxPage, MissingPage, NewPasswordPage,
        PlaygroundPage, PoolPage, ResetPasswordPage, SecondFactorPage, SecondFactorSetupPage,
        SignInPage, SignUpPage, StartPage, UserPage,
    };

    /// A type of page with its samples as HTML.
    struct Rendered {
        type_name: &'static str,
        samples: Vec<String>,
    }

    fn render_all<P: Page>() -> Rendered {
        let samples = P::samples();
        assert!(!samples.is_empty());
        Rendered {
            type_name: std::any::type_name::<P>().rsplit("::").next().unwrap(),
            samples: samples.iter().map(|page| page.to_html().unwrap()).collect(),
        }
    }

    fn rendered() -> Vec<Rendered> {
        vec![
            render_all::<SignInPage>(),
            render_all::<NewPasswordPage>(),
            render_all::<SecondFactorPage>(),
            render_all::<SecondFactorSetupPage>(),
            render_all::<SignUpPage>(),
            render_all::<ConfirmSignUpPage>(),
            render_all::<ForgotPasswordPage>(),
            render_all::<ResetPasswordPage>(),
            render_all::<ErrorPage>(),
            render_all::<StartPage>(),
            render_all::<PoolPage>(),
            render_all::<ClientPage>(),
            render_all::<UserPage>(),
            render_all::<FormPage>(),
            render_all::<EventsPage>(),
            render_all::<EventPage>(),
            render_all::<MissingPage>(),
            render_all::<InboxPage>(),
            render_all::<CallbackPage>(),
            render_all::<PlaygroundPage>(),
            render_all::<ConfirmationPage>(),
        ]
    }

    fn all_pages() -> Vec<String> {
        rendered()
            .into_iter()
            .flat_map(|page| page.samples)
            .collect()
    }

    /// The files under a folder of this crate, each by its path from there, with what is in it.
    fn files(folder: &str) -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files = Vec::new();
        let mut folders = vec![folder.clone()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&folder).unwrap();
                let name = name.to_str().unwrap().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
        files
    }

    /// What stands between two texts, each time.
    fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
        let parts = text.split(start).skip(1);
        parts.map(|part| part.split(end).next().unwrap()).collect()
    }

    #[test]
    fn every_type_of_page_is_rendered_here() {
        let sources = files("src");
        let all: BTreeSet<&str> = sources
            .iter()
            .flat_map(|(_, source)| between(source, "\nimpl Page for ", " {"))
            .collect();
        let rendered: BTreeSet<&str> = rendered().iter().map(|page| page.type_name).collect();
        assert_eq!(rendered, all);
    }

    #[test]
    fn every_template_is_that_of_a_page_or_a_part_of_one() {
        let (sources, templates) = (files("src"), files("templates"));
        let pages = sources.iter();
        let pages = pages.flat_map(|(_, source)| between(source, "#[template(path = \"", "\""));
        let parts = templates.iter().flat_map(|(_, template)| {
            let included = between(template, "{% include \"", "\"");
            [included, between(template, "{% extends \"", "\"")].concat()
        });
        let used: BTreeSet<&str> = pages.chain(parts).collect();
        let all: BTreeSet<&str> = templates.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(all, used);
    }

    /// Names of the tags that stay open, checked with a stack.
    fn unclosed_tags(html: &str) -> Vec<&str> {
        const VOID: [&str; 6] = ["meta", "link", "input", "img", "br", "!DOCTYPE"];
        let mut open = Vec::new();
        for tag in html.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("every tag ends");
            let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "</{name}> closes the wrong tag");
            } else if !tag.ends_with('/') && !VOID.contains(&name) {
                open.push(name);
            }
        }
        open
    }

    #[test]
    fn every_page_is_well_formed_for_every_sample() {
        for html in all_pages() {
            assert_eq!(unclosed_tags(&html), Vec::<&str>::new(), "{html}");
            assert_eq!(html.matches("<h1>").count(), 1, "{html}");
            assert_eq!(html.matches("<main").count(), 1, "{html}");
            assert!(html.contains(r#"<html lang="en""#), "{html}");
        }
    }

    #[test]
    fn s51_no_value_becomes_markup() {
        let hostile_pages = all_pages()
            .iter()
            .filter(|html| html.contains("alert(1)"))
            .count();
        assert!(hostile_pages >= 4, "each page has a hostile sample");
        for html in all_pages() {
            // The playground's own module is the one script of all pages.
            let own = format!(
                r#"<script type="module" src="{}"></script>"#,
                crate::playground_assets::path("main.js")
            );
            assert!(!html.replace(&own, "").contains("<script"), "{html}");
            // The logo is the one image of a page, and the page's own.
            let logo = r#"<img class="logo-customizable" src=""#;
            assert!(!html.replace(logo, "").contains("<img"), "{html}");
            assert!(!html.contains(r#""'>"#), "{html}");
        }
    }

    #[test]
    fn an_owner_can_style_every_label_field_button_and_notice_of_a_hosted_page() {
        let is_hosted = |html: &String| html.contains("banner-customizable");
        for html in all_pages().into_iter().filter(is_hosted) {
            for (start, class) in [
                ("<label ", "label-customizable"),
                ("<input id=", "inputField-customizable"),
                ("<input class=\"button", "submitButton-customizable"),
                ("class=\"notice", "errorMessage-customizable"),
                ("class=\"lead", "textDescription-customizable"),
                ("<main ", "background-customizable"),
            ] {
                for element in html.split(start).skip(1) {
                    let (element, _) = element.split_once('>').unwrap();
                    assert!(element.contains(class), "{start}{element} lacks {class}");
                }
            }
        }
    }

    #[test]
    fn an_owners_stylesheet_comes_after_ours_on_a_page_that_stays_light() {
        let branded = all_pages()
            .into_iter()
            .filter(|html| html.contains("/style.css"));
        let branded: Vec<String> = branded.collect();
        assert!(branded.len() >= 4, "each hosted page has such a sample");
        for html in branded {
            let ours = html.find("/poolhouse.css").unwrap();
            assert!(ours < html.find("/style.css").unwrap(), "{html}");
            assert!(html.contains(r#"<html lang="en" class="light">"#), "{html}");
            assert!(html.contains(r#"<meta name="color-scheme" content="light">"#));
            assert!(html.contains(r#"<img class="logo-customizable" src="/_poolhouse/"#));
            assert!(!html.contains("<svg"), "the owner's logo stands alone");
        }
        for html in all_pages() {
            let is_dressed = html.contains("/style.css") || html.contains("alert(1)");
            assert!(is_dressed || !html.contains("class=\"light\""), "{html}");
        }
    }

    #[test]
    fn s51_no_page_needs_script_or_inline_style() {
        for html in all_pages() {
            for forbidden in [" style=", "<style", " onclick", "javascript:", "http-equiv"] {
                assert!(!html.contains(forbidden), "{forbidden} in {html}");
            }
        }
    }

    #[test]
    fn every_id_that_is_referred_to_exists_once() {
        for html in all_pages() {
            for attribute in ["for=\"", "aria-describedby=\"", "aria-labelledby=\""] {
                for rest in html.split(&format!(" {attribute}")).skip(1) {
                    let (ids, _) = rest.split_once('"').unwrap();
                    for id in ids.split(' ') {
                        let count = html.matches(&format!(" id=\"{id}\"")).count();
                        assert_eq!(count, 1, "{id} in {html}");
                    }
                }
            }
        }
    }
}
