"""CreateUserPoolDomain, DescribeUserPoolDomain, DeleteUserPoolDomain."""

import uuid

from user_pool import refused


def describe(cognito, domain):
    return cognito.describe_user_pool_domain(Domain=domain)["DomainDescription"]


def test_a_domain_belongs_to_its_pool_until_it_is_deleted(pool, cognito):
    domain = f"d-{uuid.uuid4()}"
    cognito.create_user_pool_domain(Domain=domain, UserPoolId=pool.id)
    described = describe(cognito, domain)
    assert described["UserPoolId"] == pool.id
    assert described["Domain"] == domain
    assert described["Status"] == "ACTIVE"
    cognito.delete_user_pool_domain(Domain=domain, UserPoolId=pool.id)
    assert describe(cognito, domain) == {}


def test_an_unknown_domain_has_an_empty_description(cognito):
    assert describe(cognito, f"d-{uuid.uuid4()}") == {}


def test_a_domain_is_not_given_twice(pool, cognito):
    domain = f"d-{uuid.uuid4()}"
    cognito.create_user_pool_domain(Domain=domain, UserPoolId=pool.id)
    with refused(cognito, "InvalidParameterException"):
        cognito.create_user_pool_domain(Domain=domain, UserPoolId=pool.id)
    cognito.delete_user_pool_domain(Domain=domain, UserPoolId=pool.id)
