//! The fields of the sign-up page.

use poolhouse_model::{AttributeDataType, AttributeSchema, ContactAttribute, UserPoolSettings};
use poolhouse_testkit::{PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, page_path, start};

fn require(settings: &mut UserPoolSettings, names: &[&str]) {
    for attribute in &mut settings.schema {
        attribute.is_required |= names.contains(&attribute.name.as_str());
    }
}

async fn house(app: &TestApp, change: impl FnOnce(&mut UserPoolSettings)) -> TestClient {
    let pool = app.pool_with(change).await;
    app.public_client(&pool).await
}

#[tokio::test]
async fn only_required_attributes_are_asked_for_each_by_its_type() {
    let app = start().await;
    let required = ["email", "birthdate", "website", "given_name", "updated_at"];
    let client = house(&app, |settings| require(settings, &required)).await;
    let page = app.get(&page_path("/signup", &client, &[])).await;
    let html = page.text();
    for (name, input_type) in required
        .into_iter()
        .zip(["email", "date", "url", "text", "number"])
    {
        let field = format!(r#"name="requiredAttributes[{name}]" type="{input_type}""#);
        assert!(html.contains(&field), "{field} in {html}");
    }
    assert_eq!(html.matches("requiredAttributes[").count(), required.len());
    assert!(html.contains(r#" step="1" min="0""#));
    assert!(html.contains(r#" maxlength="10""#), "a date of birth");
    assert!(html.contains(">Given name</label>"));
}

#[tokio::test]
async fn the_attribute_that_the_name_stands_for_is_not_asked_for_again() {
    use ContactAttribute::{Email, PhoneNumber};
    let app = start().await;
    for (names, asked, label) in [
        (vec![], vec!["email", "phone_number"], "Username"),
        (vec![Email], vec!["phone_number"], "Email"),
        (vec![PhoneNumber], vec!["email"], "Phone number"),
    ] {
        let client = house(&app, |settings| {
            require(settings, &["email", "phone_number"]);
            settings.username_attributes = names;
        })
        .await;
        let page = app.get(&page_path("/signup", &client, &[])).await;
        let html = page.text();
        assert!(html.contains(&format!(r#"Username">{label}</label>"#)));
        for name in ["email", "phone_number"] {
            let field = format!("requiredAttributes[{name}]");
            assert_eq!(
                html.contains(&field),
                asked.contains(&name),
                "{label} {name}"
            );
        }
    }
    // Where the name may be either, either may stay empty, and both need a value in the end.
    let client = house(&app, |settings| {
        require(settings, &["email"]);
        settings.username_attributes = vec![Email, PhoneNumber];
    })
    .await;
    let path = page_path("/signup", &client, &[]);
    let by_email = [
        ("username", "jane@example.com"),
        ("requiredAttributes[email]", ""),
        ("password", PASSWORD),
    ];
    assert_eq!(
        Browser::new(&app).submit(&path, &by_email).await.status,
        302
    );
    let by_number = [("username", "+12065550100"), by_email[1], by_email[2]];
    let page = Browser::new(&app).submit(&path, &by_number).await;
    assert!(
        page.text().contains("Please fill in: Email"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn the_demands_on_the_password_are_listed_and_judged() {
    let app = start().await;
    let client = house(&app, |settings| {
        settings.password_policy.minimum_length = 10;
        settings.password_policy.requires_symbols = false;
    })
    .await;
    let path = page_path("/signup", &client, &[]);
    let page = app.get(&path).await;
    assert!(page.text().contains(">At least 10 characters</li>"));
    assert!(!page.text().contains("special character"));
    assert!(!page.text().contains("passwordCheck-"));

    let form = [("username", "jane"), ("password", "short1A")];
    let page = Browser::new(&app).submit(&path, &form).await;
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(html.contains("The password does not meet what is demanded of it."));
    assert!(html.contains(r#"passwordCheck-notValid-customizable">At least 10"#));
    assert!(html.contains(r#"passwordCheck-valid-customizable">A number"#));
    assert!(!html.contains("short1A"));
}

#[tokio::test]
async fn values_that_do_not_fit_are_told_at_their_field() {
    let app = start().await;
    let client = house(&app, |settings| {
        require(settings, &["email", "phone_number", "birthdate"]);
    })
    .await;
    let path = page_path("/signup", &client, &[]);
    let right = [
        ("username", "jane"),
        ("requiredAttributes[birthdate]", "1990-01-31"),
        ("requiredAttributes[email]", "jane@example.com"),
        ("requiredAttributes[phone_number]", "+12065550100"),
        ("password", PASSWORD),
    ];
    for (place, value, text) in [
        (0, "", "That is no username"),
        (0, "jane doe", "That is no username"),
        (0, "\u{202e}enaj", "That is no username"),
        (1, "31.1.1990", "Date of birth: the value is too short"),
        (1, "", "Please fill in: Date of birth"),
        (2, "jane", "Invalid email address format."),
        (3, "12065550100", "Invalid phone number format."),
        (
            4,
            " Correct-horse-7",
            "neither begins nor ends with a space",
        ),
        (4, "", "does not meet what is demanded"),
    ] {
        let mut form = right;
        form[place].1 = value;
        let page = Browser::new(&app).submit(&path, &form).await;
        assert_eq!(page.status, 200, "{value}");
        let html = page.text();
        assert!(html.contains(text), "{text} in {html}");
        let (_, field) = html
            .split_once(&format!(r#"name="{}""#, right[place].0))
            .unwrap();
        let (field, _) = field.split_once('>').unwrap();
        assert!(field.contains(r#"aria-invalid="true""#), "{text}: {field}");
    }
    // Names that scripts use, without what is around them.
    let plain = right.map(|(name, value)| {
        let name = name.trim_start_matches("requiredAttributes[");
        (name.trim_end_matches(']'), value)
    });
    assert_eq!(Browser::new(&app).submit(&path, &plain).await.status, 302);
}

#[tokio::test]
async fn s51_hostile_values_come_back_as_text() {
    let app = start().await;
    let payload = r#""></textarea><script>alert(1)</script><img src=x onerror=alert(2)>'"#;
    let client = house(&app, |settings| {
        require(settings, &["email", "address", "name"]);
        settings.schema.push(AttributeSchema {
            name: format!("custom:{payload}"),
            data_type: AttributeDataType::String,
            is_developer_only: false,
            is_mutable: true,
            is_required: true,
            string_limits: None,
            number_limits: None,
        });
    })
    .await;
    let path = page_path(
        "/signup",
        &client,
        &[("state", payload), ("login_hint", payload)],
    );
    let form = [
        ("username", payload),
        ("requiredAttributes[email]", payload),
        ("requiredAttributes[address]", payload),
        ("requiredAttributes[name]", payload),
        (payload, payload),
        ("password", payload),
    ];
    let browser = Browser::new(&app);
    for page in [browser.get(&path).await, browser.submit(&path, &form).await] {
        assert_eq!(page.status, 200);
        let html = page.text();
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<img"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'"), "{policy}");
    }
}
