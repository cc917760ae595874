//! The sign-up page.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;
use crate::password_demand::{PasswordDemand, samples as demands};
use crate::sign_in_page::NameKind;

/// The page that makes an account.
///
/// Source: field names of the classic hosted page, as scripts that drive it and the service's own
/// logs have them.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_up.html")]
pub struct SignUpPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the form goes: `/signup` with the query of the request.
    pub action: String,
    /// Where to sign in instead.
    pub sign_in_path: String,
    /// What a user types as name.
    pub name_kind: NameKind,
    /// The name, filled in.
    pub username: String,
    /// The attributes that the pool requires.
    pub fields: Vec<AttributeField>,
    /// What is demanded of the password.
    pub demands: Vec<PasswordDemand>,
    /// The field that was refused: `username`, `password` or the name of an attribute.
    pub refused_field: Option<String>,
    /// Why the last attempt failed, or why the page is shown again.
    pub problem: Option<Problem>,
}

/// A field for an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeField {
    /// The attribute: `email`, `custom:tier`.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The value, filled in.
    pub value: String,
    /// What the schema admits.
    pub limits: Limits,
    /// Whether it may stay empty.
    pub is_optional: bool,
}

/// What the schema of an attribute admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// A text of so many characters.
    Text {
        /// The most.
        most: u64,
    },
    /// A whole number.
    Number {
        /// The least.
        least: Option<i64>,
        /// The greatest.
        most: Option<i64>,
    },
}

impl AttributeField {
    /// The id of the field: the number of its place, since a name may hold anything.
    pub fn id(index: &usize) -> String {
        format!("signUpFormAttribute{index}")
    }

    /// The type of the field.
    pub fn input_type(&self) -> &'static str {
        match (self.limits, self.name.as_str()) {
            (Limits::Number { .. }, _) => "number",
            (_, "email") => "email",
            (_, "phone_number") => "tel",
            (_, "birthdate") => "date",
            (_, "website" | "profile" | "picture") => "url",
            _ => "text",
        }
    }

    /// What a browser may fill in.
    /// Source: HTML, "Autofill".
    pub fn autocomplete(&self) -> &'static str {
        match self.name.as_str() {
            "email" => "email",
            "phone_number" => "tel",
            "name" => "name",
            "given_name" => "given-name",
            "family_name" => "family-name",
            "middle_name" => "additional-name",
            "nickname" => "nickname",
            "birthdate" => "bday",
            "gender" => "sex",
            "address" => "street-address",
            "locale" => "language",
            "website" | "profile" => "url",
            "picture" => "photo",
            _ => "off",
        }
    }

    /// Whether the value has several lines.
    pub fn is_multi_line(&self) -> bool {
        self.name == "address"
    }

    /// The message that says how the value is written, if that has to be said.
    pub fn hint(&self) -> Option<&'static str> {
        (self.name == "phone_number").then_some("phone-number-hint")
    }

    /// Whether its first letter is as it is typed.
    pub fn keeps_case(&self) -> bool {
        !matches!(self.input_type(), "text")
            || matches!(
                self.name.as_str(),
                "preferred_username" | "locale" | "zoneinfo"
            )
    }
}

impl SignUpPage {
    fn is_refused(&self, field: &str) -> bool {
        self.refused_field.as_deref() == Some(field)
    }

    /// Whether the name is the first field to be filled in.
    fn starts_at_name(&self) -> bool {
        self.refused_field.is_none() && self.username.is_empty()
    }
}

impl Page for SignUpPage {
    fn samples() -> Vec<Self> {
        let field = |name: &str, label: &str| AttributeField {
            name: name.to_owned(),
            label: label.to_owned(),
            value: String::new(),
            limits: Limits::Text { most: 2048 },
            is_optional: false,
        };
        let number = AttributeField {
            limits: Limits::Number {
                least: Some(0),
                most: None,
            },
            ..field("updated_at", "Last change")
        };
        let fresh = Self {
            frame: samples::frame(),
            action: "/signup?client_id=1example23456789".to_owned(),
            sign_in_path: "/login?client_id=1example23456789".to_owned(),
            name_kind: NameKind::Username,
            username: String::new(),
            fields: vec![
                field("email", "Email"),
                field("phone_number", "Phone number"),
                field("birthdate", "Date of birth"),
                field("address", "Address"),
                number,
            ],
            demands: demands::demands(false),
            refused_field: None,
            problem: None,
        };
        vec![
            fresh.clone(),
            Self {
                username: "jane".to_owned(),
                demands: demands::demands(true),
                refused_field: Some("password".to_owned()),
                problem: Some(samples::refusal("The password does not meet the demands.")),
                ..fresh.clone()
            },
            Self {
                name_kind: NameKind::Email,
                username: "jane@example.com".to_owned(),
                fields: Vec::new(),
                refused_field: Some("username".to_owned()),
                problem: Some(samples::refusal("An account of that name exists.")),
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                sign_in_path: samples::HOSTILE.to_owned(),
                username: samples::HOSTILE.to_owned(),
                fields: vec![
                    AttributeField {
                        value: samples::HOSTILE.to_owned(),
                        ..field(samples::HOSTILE, samples::HOSTILE)
                    },
                    AttributeField {
                        value: samples::HOSTILE.to_owned(),
                        ..field("address", samples::HOSTILE)
                    },
                ],
                refused_field: Some(samples::HOSTILE.to_owned()),
                problem: Some(samples::refusal(samples::HOSTILE)),
                ..fresh
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_has_the_names_that_scripts_use() {
        let html = SignUpPage::samples()[0].to_html().unwrap();
        for part in [
            r#"name="_csrf" value="6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64""#,
            r#"name="username" type="text""#,
            r#"name="requiredAttributes[email]" type="email""#,
            r#"name="requiredAttributes[phone_number]" type="tel""#,
            r#"name="requiredAttributes[birthdate]" type="date""#,
            r#"name="requiredAttributes[updated_at]" type="number""#,
            r#"<textarea id="signUpFormAttribute3""#,
            r#"name="password" type="password""#,
            r#"<button class="button submitButton-customizable" name="signUpButton" type="submit">Sign up</button>"#,
            ">Sign in</a>",
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
    }

    #[test]
    fn browsers_know_what_to_fill_in() {
        let html = SignUpPage::samples()[0].to_html().unwrap();
        for token in [
            "username",
            "email",
            "tel",
            "bday",
            "street-address",
            "new-password",
        ] {
            let part = format!(r#"autocomplete="{token}""#);
            assert_eq!(html.matches(&part).count(), 1, "{part} in {html}");
        }
    }

    #[test]
    fn a_refusal_marks_its_field_alone_and_says_which_demands_were_met() {
        let html = SignUpPage::samples()[1].to_html().unwrap();
        assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 1);
        let (_, password) = html.split_once(r#"name="password""#).unwrap();
        let (password, _) = password.split_once('>').unwrap();
        assert!(password.contains("aria-invalid") && password.contains("autofocus"));
        assert!(html.contains("passwordCheck-valid-customizable\">At least 8 characters"));
        assert!(html.contains("passwordCheck-notValid-customizable\">A number"));
        assert!(html.contains(">: not met</span>"));
        let fresh = SignUpPage::samples()[0].to_html().unwrap();
        assert!(!fresh.contains("passwordCheck-"), "nothing was judged yet");
    }
}
