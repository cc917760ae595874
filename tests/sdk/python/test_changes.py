"""UpdateUserPool, UpdateUserPoolClient, UpdateUserPoolDomain, AddCustomAttributes, tags."""

import uuid

import requests
from user_pool import UserPool, refused

CALLBACK = "https://app.example.com/callback"


def input_members(cognito, operation):
    """The members that botocore lets a program send."""
    return cognito.meta.service_model.operation_model(operation).input_shape.members


def sent_back(cognito, operation, described):
    """What a tool sends that reads, changes a little and writes: all that it may send."""
    return {name: described[name] for name in input_members(cognito, operation) if name in described}


def describe(cognito, pool):
    described = cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    del described["LastModifiedDate"]
    return described


def test_a_described_pool_can_be_sent_back(cognito, endpoint):
    pool = UserPool.create(
        cognito,
        endpoint,
        AutoVerifiedAttributes=["email"],
        UserPoolTags={"team": "pools"},
        Schema=[{"Name": "plan", "AttributeDataType": "String"}],
        UsernameConfiguration={"CaseSensitive": False},
        Policies={"PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True}},
    )
    before = describe(cognito, pool)
    request = sent_back(cognito, "UpdateUserPool", before)
    cognito.update_user_pool(UserPoolId=pool.id, PoolName=before["Name"], **request)
    assert describe(cognito, pool) == before
    pool.delete()


def test_what_an_update_leaves_out_is_reset(cognito, endpoint):
    pool = UserPool.create(
        cognito, endpoint, AutoVerifiedAttributes=["email"], DeletionProtection="ACTIVE"
    )
    cognito.update_user_pool(UserPoolId=pool.id)
    described = describe(cognito, pool)
    assert "AutoVerifiedAttributes" not in described
    assert described["DeletionProtection"] == "INACTIVE"
    pool.delete()


def test_protection_against_deletion_is_turned_on_and_off(pool, cognito):
    cognito.update_user_pool(UserPoolId=pool.id, DeletionProtection="ACTIVE")
    with refused(cognito, "InvalidParameterException"):
        cognito.delete_user_pool(UserPoolId=pool.id)
    cognito.update_user_pool(UserPoolId=pool.id, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=pool.id)


def test_a_described_client_can_be_sent_back(pool, cognito):
    client = pool.create_client(
        GenerateSecret=True,
        CallbackURLs=[CALLBACK],
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        AllowedOAuthFlowsUserPoolClient=True,
        SupportedIdentityProviders=["COGNITO"],
    )
    key = {"UserPoolId": pool.id, "ClientId": client.id}
    before = cognito.describe_user_pool_client(**key)["UserPoolClient"]
    request = sent_back(cognito, "UpdateUserPoolClient", before)
    after = cognito.update_user_pool_client(**request)["UserPoolClient"]
    del before["LastModifiedDate"], after["LastModifiedDate"]
    assert after == before
    assert after["ClientSecret"] == client.secret


def test_a_flow_that_an_update_takes_away_is_refused_at_once(pool, cognito):
    client = pool.create_client()
    username = pool.create_user()
    client.sign_in(username)
    cognito.update_user_pool_client(
        UserPoolId=pool.id, ClientId=client.id, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"]
    )
    text = "USER_PASSWORD_AUTH flow not enabled for this client"
    with refused(cognito, "InvalidParameterException", text):
        client.initiate(username)


def test_a_client_without_identity_providers_has_no_page(pool, endpoint):
    client = pool.create_client(
        CallbackURLs=[CALLBACK],
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        AllowedOAuthFlowsUserPoolClient=True,
    )
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK}
    page = requests.get(f"{endpoint}/login", params=query, timeout=15)
    assert page.status_code == 400
    assert "signInFormPassword" not in page.text
    assert "SupportedIdentityProviders" in page.text


def test_s12_a_script_is_no_callback_of_an_update(pool, cognito):
    client = pool.create_client()
    for callback in ["javascript:alert(1)", "data:text/html,x", "https://a.example/#part"]:
        with refused(cognito, "InvalidParameterException"):
            cognito.update_user_pool_client(
                UserPoolId=pool.id, ClientId=client.id, CallbackURLs=[callback]
            )


def test_custom_attributes_are_added_and_used(pool, cognito):
    attribute = {"Name": "plan", "AttributeDataType": "String", "Mutable": True}
    cognito.add_custom_attributes(UserPoolId=pool.id, CustomAttributes=[attribute])
    username = pool.create_user(**{"custom:plan": "gold"})
    attributes = pool.get_user(username)["UserAttributes"]
    assert {"Name": "custom:plan", "Value": "gold"} in attributes
    text = "custom:plan: Existing attribute already has name custom:plan."
    with refused(cognito, "InvalidParameterException", text):
        cognito.add_custom_attributes(UserPoolId=pool.id, CustomAttributes=[attribute])


def test_tags_are_those_of_the_pool(cognito, endpoint):
    pool = UserPool.create(cognito, endpoint, UserPoolTags={"team": "pools"})
    arn = cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]["Arn"]
    cognito.tag_resource(ResourceArn=arn, Tags={"stage": "test"})
    tags = {"team": "pools", "stage": "test"}
    assert cognito.list_tags_for_resource(ResourceArn=arn)["Tags"] == tags
    cognito.untag_resource(ResourceArn=arn, TagKeys=["team"])
    assert describe(cognito, pool)["UserPoolTags"] == {"stage": "test"}
    other = arn.rpartition("/")[0] + "/us-east-1_nowhere00"
    with refused(cognito, "ResourceNotFoundException"):
        cognito.list_tags_for_resource(ResourceArn=other)
    pool.delete()


def test_a_custom_domain_gets_another_certificate(pool, cognito):
    domain = f"{uuid.uuid4()}.example.com"
    key = {"Domain": domain, "UserPoolId": pool.id}
    certificate = "arn:aws:acm:us-east-1:000000000000:certificate/"
    cognito.create_user_pool_domain(**key, CustomDomainConfig={"CertificateArn": certificate + "a"})
    cognito.update_user_pool_domain(**key, CustomDomainConfig={"CertificateArn": certificate + "b"})
    described = cognito.describe_user_pool_domain(Domain=domain)["DomainDescription"]
    assert described["CustomDomainConfig"]["CertificateArn"] == certificate + "b"
    text = "Cannot convert custom domain to prefix domain."
    with refused(cognito, "InvalidParameterException", text):
        cognito.update_user_pool_domain(**key)
    cognito.delete_user_pool_domain(**key)


def test_a_clients_name_asks_for_a_fixed_id(pool, cognito):
    wanted = uuid.uuid4().hex
    client = pool.create_client(ClientName=f"_custom_id_:{wanted}")
    assert client.id == wanted
