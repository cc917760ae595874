//! `CreateUserPoolDomain`

use poolhouse_api_model::operations::{CreateUserPoolDomainRequest, CreateUserPoolDomainResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::CreateDomain;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("Domain", Member::Obeyed),
        ("UserPoolId", Member::Obeyed),
        (
            "ManagedLoginVersion",
            Member::Harmless("all pages have one look"),
        ),
        (
            "CustomDomainConfig",
            Member::Harmless(
                "TLS is ended in front of the server; the certificate's name is repeated",
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
    let certificate = input.custom_domain_config;
    let domain = call
        .service()
        .create_domain(CreateDomain {
            pool_id: UserPoolId::new(input.user_pool_id),
            domain: input.domain,
            certificate_arn: certificate.map(|config| config.certificate_arn),
            managed_login_version: input.managed_login_version.map(i64::from),
        })
        .await?;
    Ok(CreateUserPoolDomainResponse {
        managed_login_version: i32::try_from(domain.managed_login_version).ok(),
        cloud_front_domain: domain.is_custom().then(|| domain.domain.clone()),
        routing: None,
    })
}
