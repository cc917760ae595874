//! Changes of attributes in one line, with outcomes as short texts.

use poolhouse_model::{SecretString, UserPool, UserPoolSettings};
use poolhouse_service::{
    AdminUpdateUserAttributes, AttributeWrite, CodeDelivery, ServiceError, VerifyUserAttribute,
};
use poolhouse_testkit::{SignInExt, TestClient, TestService};
use serde_json::json;

use crate::facts::{Pairs, fact};

pub(crate) fn writes(pairs: Pairs<'_>) -> Vec<AttributeWrite> {
    let write = |(name, value): &(&str, &str)| AttributeWrite {
        name: (*name).to_owned(),
        value: Some((*value).to_owned()),
    };
    pairs.iter().map(write).collect()
}

/// Where codes went, separated by blanks, or the fact that refused the change.
fn deliveries(outcome: Result<Vec<CodeDelivery>, ServiceError>) -> String {
    match outcome {
        Ok(deliveries) => {
            let deliveries = deliveries.into_iter().map(|delivery| delivery.destination);
            deliveries.collect::<Vec<_>>().join(" ")
        }
        Err(error) => format!("{error:?}"),
    }
}

/// `UpdateUserAttributes`
pub(crate) async fn update(kit: &TestService, token: &SecretString, pairs: Pairs<'_>) -> String {
    let updated = kit.update_user_attributes(token.expose(), writes(pairs));
    deliveries(updated.await)
}

/// `DeleteUserAttributes`
pub(crate) async fn delete(kit: &TestService, token: &SecretString, names: &[&str]) -> String {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    fact(&kit.delete_user_attributes(token.expose(), names).await)
}

/// `AdminUpdateUserAttributes`
pub(crate) async fn admin_update(
    kit: &TestService,
    pool: &UserPool,
    name: &str,
    pairs: Pairs<'_>,
) -> String {
    let updated = kit.admin_update_user_attributes(AdminUpdateUserAttributes {
        pool_id: pool.id.clone(),
        username: name.to_owned(),
        attributes: writes(pairs),
    });
    fact(&updated.await)
}

/// `GetUserAttributeVerificationCode`: where it went, or the fact that refused it.
pub(crate) async fn ask(kit: &TestService, token: &SecretString, attribute: &str) -> String {
    let asked = kit.get_user_attribute_verification_code(token.expose(), attribute);
    deliveries(asked.await.map(|delivery| vec![delivery]))
}

/// `VerifyUserAttribute`
pub(crate) async fn verify(
    kit: &TestService,
    token: &SecretString,
    attribute: &str,
    code: &str,
) -> String {
    let verified = kit.verify_user_attribute(VerifyUserAttribute {
        access_token: token.clone(),
        attribute: attribute.to_owned(),
        code: code.into(),
    });
    fact(&verified.await)
}

/// The access token of a user.
pub(crate) async fn token(kit: &TestService, client: &TestClient, name: &str) -> SecretString {
    kit.tokens_of(client, name).await.access_token
}

/// An attribute of a user, `-` without one.
pub(crate) async fn attribute(
    kit: &TestService,
    pool: &UserPool,
    name: &str,
    attribute: &str,
) -> String {
    let user = kit.admin_get_user(&pool.id, name).await.unwrap();
    user.attribute(attribute).unwrap_or("-").to_owned()
}

/// A code of the right form that is not the right one.
pub(crate) fn other_than(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..5])
}

/// Lets new addresses and numbers wait until they are verified.
pub(crate) fn keep_original(settings: &mut UserPoolSettings) {
    use poolhouse_model::ContactAttribute::{Email, PhoneNumber};
    settings.auto_verified_attributes = vec![Email, PhoneNumber];
    let listed = json!({
        "AttributesRequireVerificationBeforeUpdate": ["email", "phone_number"]
    });
    settings
        .kept
        .insert("UserAttributeUpdateSettings".to_owned(), listed);
}
