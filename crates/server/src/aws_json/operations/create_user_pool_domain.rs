//! `CreateUserPoolDomain`

use poolhouse_api_model::operations::{CreateUserPoolDomainRequest, CreateUserPoolDomainResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::CreateDomain;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::domain;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("Domain", Member::Obeyed),
        ("UserPoolId", Member::Obeyed),
        (
            "ManagedLoginVersion",
            Member::Harmless("there is one kind of page, which SetUICustomization acts on"),
        ),
        (
            "CustomDomainConfig",
            Member::Harmless(
                "TLS is ended in front of the server; the certificate's name and the policy are repeated",
            ),
        ),
        ("Routing", Member::Harmless("there is one region")),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<CreateUserPoolDomainResponse, CallError> {
    let input: CreateUserPoolDomainRequest = call.input()?;
    let domain = call
        .service()
        .create_domain(CreateDomain {
            pool_id: UserPoolId::new(input.user_pool_id),
            domain: input.domain,
            custom: input.custom_domain_config.map(domain::custom),
            managed_login_version: input.managed_login_version.map(i64::from),
        })
        .await?;
    Ok(CreateUserPoolDomainResponse {
        managed_login_version: i32::try_from(domain.managed_login_version).ok(),
        cloud_front_domain: domain::cloud_front_domain(&domain),
        routing: None,
    })
}
