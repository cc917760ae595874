// src/main.rs
use std::error::Error;

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::config::{Builder, Credentials, Region};
use aws_sdk_cognitoidentityprovider::types::{AttributeType, AuthFlowType};

const POOL_ID: &str = "us-east-1_5af3v2UKS";
const CLIENT_ID: &str = "ursf8tho6k2xjpxvrzz0uqu4mu";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = Builder::new()
        .endpoint_url("http://localhost:9229")
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("dev", "dev", None, None, "dev"))
        .build();
    let cognito = Client::from_conf(config);

    // What a user calls.
    let answer = cognito
        .initiate_auth()
        .client_id(CLIENT_ID)
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .auth_parameters("USERNAME", "dev")
        .auth_parameters("PASSWORD", "Dev1-xvzgy2tachxn6dc8fc9859q2")
        .send()
        .await?;
    let tokens = answer.authentication_result().ok_or("a challenge came")?;
    let access_token = tokens.access_token().unwrap_or_default();
    let user = cognito.get_user().access_token(access_token).send().await?;
    println!("{} for {} seconds", user.username(), tokens.expires_in());

    // What an administrator calls.
    let email = AttributeType::builder()
        .name("email")
        .value("grace@example.com")
        .build()?;
    let made = cognito
        .admin_create_user()
        .user_pool_id(POOL_ID)
        .username("grace")
        .user_attributes(email)
        .send()
        .await?;
    println!("{:?}", made.user().and_then(|user| user.user_status()));

    // Errors are the ones that the API models.
    let again = cognito
        .admin_create_user()
        .user_pool_id(POOL_ID)
        .username("grace")
        .send()
        .await;
    let refusal = again.unwrap_err().into_service_error();
    println!(
        "{} {}",
        refusal.is_username_exists_exception(),
        refusal.meta().message().unwrap_or_default()
    );
    Ok(())
}
