//! Groups and resource servers with everything defaulted but what a test is about.

use std::collections::BTreeSet;

use poolhouse_model::{Group, GroupName, OAuthFlow, ResourceServer, ResourceServerScope, UserPool};
use poolhouse_service::CreateGroup;

use crate::builders::TestClient;
use crate::test_service::TestService;

impl TestService {
    /// Makes a group without role and precedence.
    pub async fn group(&self, pool: &UserPool, name: &str) -> Group {
        self.group_with(pool, name, None, None).await
    }

    /// Makes a group.
    pub async fn group_with(
        &self,
        pool: &UserPool,
        name: &str,
        precedence: Option<i32>,
        role_arn: Option<&str>,
    ) -> Group {
        let request = CreateGroup {
            pool_id: pool.id.clone(),
            name: GroupName::new(name),
            description: None,
            role_arn: role_arn.map(str::to_owned),
            precedence,
        };
        self.create_group(request).await.expect("the group is made")
    }

    /// Puts a user into a group.
    pub async fn join(&self, pool: &UserPool, username: &str, group: &str) {
        self.admin_add_user_to_group(&pool.id, username, &GroupName::new(group))
            .await
            .expect("the user is put into the group");
    }

    /// Makes a resource server, or replaces its scopes.
    pub async fn resource_server(&self, pool: &UserPool, identifier: &str, scopes: &[&str]) {
        let scopes = scopes.iter().map(|name| ResourceServerScope {
            name: (*name).to_owned(),
            description: "what it opens".to_owned(),
        });
        let server = ResourceServer {
            pool_id: pool.id.clone(),
            identifier: identifier.to_owned(),
            name: "API".to_owned(),
            scopes: scopes.collect(),
            version: 0,
        };
        let current = self.describe_resource_server(&pool.id, identifier).await;
        let put = match current {
            Ok(_) => self.update_resource_server(server).await,
            Err(_) => self.create_resource_server(server).await,
        };
        put.expect("the resource server is there");
    }

    /// Makes a client that gets tokens of its own for these custom scopes.
    pub async fn machine_client(&self, pool: &UserPool, scopes: &[&str]) -> TestClient {
        self.client_with(pool, |request| {
            request.generates_secret = true;
            let settings = &mut request.settings;
            settings.allowed_oauth_flows = BTreeSet::from([OAuthFlow::ClientCredentials]);
            settings.allowed_oauth_scopes = scopes.iter().map(|s| (*s).to_owned()).collect();
            settings.callback_urls.clear();
        })
        .await
    }
}
