//! What a document says.

use std::collections::BTreeSet;

use poolhouse_api_model::Operation;
use poolhouse_api_model::operations::{CreateUserPoolClientRequest, CreateUserPoolRequest};
use poolhouse_model::{
    Attributes, ClientId, GroupName, ResourceServer, ResourceServerScope, Sub, UserPoolId,
};
use poolhouse_service::{
    Seed, SeedClient, SeedDomain, SeedGroup, SeedHash, SeedPassword, SeedPool, SeedResourceServer,
    SeedUser,
};
use serde_json::{Map, Value, json};

use super::api_members;
use super::error::SeedError;
use super::fields::{Fields, text_of};
use super::tree::{Node, NodeValue};
use crate::aws_json::{client_settings, pool_settings};

const DOCUMENT: [&str; 1] = ["user_pools"];
const POOL: [&str; 8] = [
    "id",
    "name",
    "settings",
    "domain",
    "groups",
    "resource_servers",
    "clients",
    "users",
];
const GROUP: [&str; 4] = ["name", "description", "precedence", "role_arn"];
const RESOURCE_SERVER: [&str; 3] = ["identifier", "name", "scopes"];
const CLIENT: [&str; 4] = ["id", "name", "secret", "settings"];
const USER: [&str; 9] = [
    "username",
    "sub",
    "password",
    "temporary_password",
    "password_hash",
    "confirmed",
    "enabled",
    "attributes",
    "groups",
];

/// Members of `CreateUserPool` and `CreateUserPoolClient` that the document has elsewhere.
const POOL_ELSEWHERE: [(&str, &str); 1] = [("PoolName", "it is name, beside settings")];
const CLIENT_ELSEWHERE: [(&str, &str); 4] = [
    ("UserPoolId", "it is the pool that the client stands in"),
    ("ClientName", "it is name, beside settings"),
    ("ClientSecret", "it is secret, beside settings"),
    (
        "GenerateSecret",
        "a seed has fixed secrets; it is secret, beside settings",
    ),
];

/// Reads a whole document; an empty one seeds nothing.
pub(super) fn read(document: &Node) -> Result<Seed, SeedError> {
    if matches!(document.value, NodeValue::Null) {
        return Ok(Seed::default());
    }
    let fields = Fields::of(document, "a seed", &DOCUMENT)?;
    let pools = fields.list("user_pools")?.iter().map(read_pool);
    let pools: Vec<SeedPool> = pools.collect::<Result<_, _>>()?;
    refuse_twice(pools.iter().map(|pool| (pool.line, pool.id.as_str())))?;
    let domains = pools.iter().filter_map(|pool| pool.domain.as_ref());
    refuse_twice(domains.map(|domain| (domain.line, domain.prefix.as_str())))?;
    let clients = pools.iter().flat_map(|pool| &pool.clients);
    refuse_twice(clients.map(|client| (client.line, client.id.as_str())))?;
    Ok(Seed { pools })
}

fn read_pool(node: &Node) -> Result<SeedPool, SeedError> {
    let fields = Fields::of(node, "a user pool", &POOL)?;
    let line = fields.line();
    let (id, name) = (fields.required("id")?, fields.required("name")?);
    api_members::check(
        Operation::DescribeUserPool,
        line,
        &json!({"UserPoolId": id}),
    )?;
    let given = Map::from_iter([("PoolName".to_owned(), Value::from(name))]);
    let settings = fields.find("settings");
    let input: CreateUserPoolRequest = api_members::input(settings, line, &POOL_ELSEWHERE, given)?;
    let settings = pool_settings(input)
        .map_err(|text| SeedError::at(settings.map_or(line, |node| node.line), text))?;
    let id = UserPoolId::new(id);
    let groups = fields.list("groups")?.iter();
    let groups = groups.map(|node| read_group(&id, node));
    let groups: Vec<SeedGroup> = groups.collect::<Result<_, _>>()?;
    refuse_twice(groups.iter().map(|group| (group.line, group.name.as_str())))?;
    let servers = fields.list("resource_servers")?.iter();
    let servers = servers.map(|node| read_resource_server(&id, node));
    let resource_servers: Vec<SeedResourceServer> = servers.collect::<Result<_, _>>()?;
    let identifiers = resource_servers.iter();
    refuse_twice(identifiers.map(|one| (one.line, one.server.identifier.as_str())))?;
    let clients = fields.list("clients")?.iter();
    let clients = clients.map(|node| read_client(&id, node));
    let users = fields.list("users")?.iter();
    let users = users.map(|node| read_user(&id, node));
    let users: Vec<SeedUser> = users.collect::<Result<_, _>>()?;
    refuse_twice(users.iter().map(|user| (user.line, user.username.as_str())))?;
    Ok(SeedPool {
        line,
        name: name.to_owned(),
        settings,
        domain: read_domain(&id, &fields)?,
        groups,
        resource_servers,
        clients: clients.collect::<Result<_, _>>()?,
        users,
        id,
    })
}

fn read_domain(pool_id: &UserPoolId, fields: &Fields<'_>) -> Result<Option<SeedDomain>, SeedError> {
    let Some(node) = fields.find("domain") else {
        return Ok(None);
    };
    let (line, prefix) = (node.line, text_of(node, "domain")?);
    let members = json!({"UserPoolId": pool_id.as_str(), "Domain": prefix});
    api_members::check(Operation::CreateUserPoolDomain, line, &members)?;
    let prefix = prefix.to_owned();
    Ok(Some(SeedDomain { line, prefix }))
}

fn read_group(pool_id: &UserPoolId, node: &Node) -> Result<SeedGroup, SeedError> {
    let fields = Fields::of(node, "a group", &GROUP)?;
    let line = fields.line();
    let (name, description) = (fields.required("name")?, fields.text("description")?);
    let (role_arn, precedence) = (fields.text("role_arn")?, fields.number("precedence")?);
    let mut members = Map::from_iter([
        ("UserPoolId".to_owned(), Value::from(pool_id.as_str())),
        ("GroupName".to_owned(), Value::from(name)),
    ]);
    members.extend(description.map(|text| ("Description".to_owned(), text.into())));
    members.extend(role_arn.map(|text| ("RoleArn".to_owned(), text.into())));
    members.extend(precedence.map(|number| ("Precedence".to_owned(), number.into())));
    api_members::check(Operation::CreateGroup, line, &Value::Object(members))?;
    Ok(SeedGroup {
        line,
        name: GroupName::new(name),
        description: description.map(str::to_owned),
        role_arn: role_arn.map(str::to_owned),
        precedence,
    })
}

fn read_resource_server(
    pool_id: &UserPoolId,
    node: &Node,
) -> Result<SeedResourceServer, SeedError> {
    let fields = Fields::of(node, "a resource server", &RESOURCE_SERVER)?;
    let line = fields.line();
    let identifier = fields.required("identifier")?;
    let name = fields.text("name")?.unwrap_or(identifier);
    let scopes = read_scopes(fields.find("scopes"))?;
    let wire: Vec<Value> = scopes
        .iter()
        .map(|scope| json!({"ScopeName": scope.name, "ScopeDescription": scope.description}))
        .collect();
    let members = json!({
        "UserPoolId": pool_id.as_str(), "Identifier": identifier, "Name": name, "Scopes": wire,
    });
    api_members::check(Operation::CreateResourceServer, line, &members)?;
    let server = ResourceServer {
        pool_id: pool_id.clone(),
        identifier: identifier.to_owned(),
        name: name.to_owned(),
        scopes,
        version: 0,
    };
    Ok(SeedResourceServer { line, server })
}

/// Scopes: their names and what their owner writes about them.
fn read_scopes(node: Option<&Node>) -> Result<Vec<ResourceServerScope>, SeedError> {
    let Some(node) = node else {
        return Ok(Vec::new());
    };
    let NodeValue::Map(entries) = &node.value else {
        let text = "scopes is a map of names and descriptions";
        return Err(SeedError::at(node.line, text));
    };
    let read = |(key, node): &(super::tree::Key, Node)| {
        Ok(ResourceServerScope {
            name: key.name.clone(),
            description: text_of(node, &key.name)?.to_owned(),
        })
    };
    entries.iter().map(read).collect()
}

fn read_client(pool_id: &UserPoolId, node: &Node) -> Result<SeedClient, SeedError> {
    let fields = Fields::of(node, "an app client", &CLIENT)?;
    let line = fields.line();
    let (id, name) = (fields.required("id")?, fields.required("name")?);
    let place = json!({"UserPoolId": pool_id.as_str(), "ClientId": id});
    api_members::check(Operation::DescribeUserPoolClient, line, &place)?;
    let secret = fields.secret("secret")?;
    let mut given = Map::from_iter([
        ("UserPoolId".to_owned(), Value::from(pool_id.as_str())),
        ("ClientName".to_owned(), Value::from(name)),
    ]);
    if let Some(secret) = &secret {
        given.insert("ClientSecret".to_owned(), Value::from(secret.expose()));
    }
    let settings = fields.find("settings");
    let input: CreateUserPoolClientRequest =
        api_members::input(settings, line, &CLIENT_ELSEWHERE, given)?;
    let settings = client_settings(input)
        .map_err(|text| SeedError::at(settings.map_or(line, |node| node.line), text))?;
    Ok(SeedClient {
        line,
        id: ClientId::new(id),
        name: name.to_owned(),
        secret,
        settings,
    })
}

fn read_user(pool_id: &UserPoolId, node: &Node) -> Result<SeedUser, SeedError> {
    let fields = Fields::of(node, "a user", &USER)?;
    let line = fields.line();
    let username = fields.required("username")?;
    let attributes = read_attributes(fields.find("attributes"))?;
    let wire: Vec<Value> = attributes
        .iter()
        .map(|(name, value)| json!({"Name": name, "Value": value}))
        .collect();
    let members = json!({
        "UserPoolId": pool_id.as_str(), "Username": username, "UserAttributes": wire,
    });
    api_members::check(Operation::AdminCreateUser, line, &members)?;
    let groups = fields.list("groups")?.iter();
    let groups = groups.map(|node| text_of(node, "groups").map(GroupName::new));
    let groups: Vec<GroupName> = groups.collect::<Result<_, _>>()?;
    let password = read_password(&fields)?;
    let confirmed = fields.flag("confirmed")?;
    if confirmed.is_some() && matches!(password, SeedPassword::Temporary(_)) {
        let text = "a user with a temporary password is neither confirmed nor not: leave \
                    confirmed out";
        return Err(SeedError::at(line, text));
    }
    Ok(SeedUser {
        line,
        username: username.to_owned(),
        sub: read_sub(&fields)?,
        password,
        is_confirmed: confirmed.unwrap_or(true),
        is_enabled: fields.flag("enabled")?,
        attributes,
        groups,
    })
}

/// The one of the three ways to say something of a password that is there.
fn read_password(fields: &Fields<'_>) -> Result<SeedPassword, SeedError> {
    let permanent = fields.secret("password")?.map(SeedPassword::Permanent);
    let temporary = fields.secret("temporary_password")?;
    let temporary = temporary.map(SeedPassword::Temporary);
    let hash = match fields.find("password_hash") {
        None => None,
        Some(node) => {
            let hash = SeedHash::parse(text_of(node, "password_hash")?);
            let hash =
                hash.map_err(|why| SeedError::at(node.line, format!("password_hash: {why}")));
            Some(SeedPassword::Hash(hash?))
        }
    };
    let mut given = [permanent, temporary, hash].into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(password), None) => Ok(password),
        _ => Err(SeedError::at(
            fields.line(),
            "a user needs one of password, temporary_password and password_hash",
        )),
    }
}

/// A subject as the service draws them: a UUID in lower case.
fn read_sub(fields: &Fields<'_>) -> Result<Option<Sub>, SeedError> {
    let Some(node) = fields.find("sub") else {
        return Ok(None);
    };
    let text = text_of(node, "sub")?;
    let is_uuid = text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        });
    if is_uuid {
        return Ok(Some(Sub::new(text)));
    }
    let text = "sub is a UUID in lower case, like 7b4c1a9e-0d5f-4c7a-9a33-2f6f0b1c5d10";
    Err(SeedError::at(node.line, text))
}

/// Attributes; `true` and `false` may stand without quotes.
fn read_attributes(node: Option<&Node>) -> Result<Attributes, SeedError> {
    let Some(node) = node else {
        return Ok(Attributes::new());
    };
    let NodeValue::Map(entries) = &node.value else {
        let text = "attributes is a map of names and texts";
        return Err(SeedError::at(node.line, text));
    };
    let read = |(key, node): &(super::tree::Key, Node)| {
        let value = match &node.value {
            NodeValue::Boolean(truth) => truth.to_string(),
            _ => text_of(node, &key.name)?.to_owned(),
        };
        Ok((key.name.clone(), value))
    };
    entries.iter().map(read).collect()
}

fn refuse_twice<'a>(names: impl Iterator<Item = (u64, &'a str)>) -> Result<(), SeedError> {
    let mut seen = BTreeSet::new();
    for (line, name) in names {
        if !seen.insert(name) {
            return Err(SeedError::at(line, format!("{name} is there twice")));
        }
    }
    Ok(())
}
