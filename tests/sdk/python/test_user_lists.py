"""ListUsers, by boto3's own paginator."""

import pytest
from botocore.exceptions import ClientError
from user_pool import UserPool, refused


def listed(cognito, pool, **request):
    """The user names of all pages, in order of the names."""
    paginator = cognito.get_paginator("list_users")
    pages = paginator.paginate(UserPoolId=pool.id, **request)
    return sorted(user["Username"] for page in pages for user in page["Users"])


@pytest.fixture
def staff(pool, cognito):
    """A pool with ten users of two families."""
    for number in range(10):
        family = "Reddy" if number % 2 else "O'Neill \"Jr\""
        pool.create_invited_user(
            Username=f"user-{number}",
            UserAttributes=[
                {"Name": "email", "Value": f"User-{number}@Example.com"},
                {"Name": "family_name", "Value": family},
                {"Name": "phone_number", "Value": f"+1206555120{number}"},
            ],
        )
    return pool


def test_a_paginator_reads_every_user_once(staff, cognito):
    everybody = [f"user-{number}" for number in range(10)]
    for size in (1, 3, 60):
        config = {"PageSize": size}
        assert listed(cognito, staff, PaginationConfig=config) == everybody
    assert len(listed(cognito, staff, PaginationConfig={"MaxItems": 4, "PageSize": 3})) == 4


def test_a_paginator_follows_a_filter(staff, cognito):
    odd = [f"user-{number}" for number in range(1, 10, 2)]
    even = [f"user-{number}" for number in range(0, 10, 2)]
    config = {"PageSize": 2}
    for expression, expected in [
        ('family_name = "Reddy"', odd),
        ('"family_name" = "reddy"', odd),
        ('family_name = "O\'Neill \\"Jr\\""', even),
        ('email = "user-3@example.com"', ["user-3"]),
        ('email ^= "user-3@"', ["user-3"]),
        ('phone_number ^= "+12065551"', odd + even),
        ('username = "user-4"', ["user-4"]),
        ('cognito:user_status = "FORCE_CHANGE_PASSWORD"', odd + even),
        ('cognito:user_status = "CONFIRMED"', []),
        ('status = "Enabled"', odd + even),
        ('status = "Disabled"', []),
        ("", odd + even),
    ]:
        found = listed(cognito, staff, Filter=expression, PaginationConfig=config)
        assert found == sorted(expected), expression


def test_a_listed_user_is_the_one_that_was_made(staff, cognito):
    [user] = cognito.list_users(UserPoolId=staff.id, Filter='username = "user-1"')["Users"]
    read = staff.get_user("user-1")
    assert user["Attributes"] == read["UserAttributes"]
    for member in ("Username", "UserStatus", "Enabled", "UserCreateDate", "UserLastModifiedDate"):
        assert user[member] == read[member]
    [user] = cognito.list_users(
        UserPoolId=staff.id, Filter='username = "user-1"', AttributesToGet=["email", "sub"]
    )["Users"]
    assert {pair["Name"] for pair in user["Attributes"]} == {"email", "sub"}


def test_an_attribute_that_somebody_lacks_cannot_be_asked_for(staff, cognito):
    text = "One or more requested attributes do not exist."
    with refused(cognito, "InvalidParameterException", text):
        cognito.list_users(UserPoolId=staff.id, AttributesToGet=["nickname"])


def test_what_is_no_filter_is_refused(staff, cognito):
    for expression in ("foo", "email = user-1", 'email = "a" and name = "b"', 'email ~ "a"'):
        with refused(cognito, "InvalidParameterException", "Error while parsing filter."):
            cognito.list_users(UserPoolId=staff.id, Filter=expression)
    text = "Invalid search attribute: custom:plan"
    with refused(cognito, "InvalidParameterException", text):
        cognito.list_users(UserPoolId=staff.id, Filter='custom:plan = "x"')


def test_s60_a_page_token_leads_to_no_other_list(staff, cognito, endpoint):
    page = cognito.list_users(UserPoolId=staff.id, Limit=2)
    token = page["PaginationToken"]
    other = UserPool.create(cognito, endpoint)
    for request in (
        {"UserPoolId": other.id},
        {"UserPoolId": staff.id, "Filter": 'status = "Enabled"'},
    ):
        with refused(cognito, "InvalidParameterException"):
            cognito.list_users(PaginationToken=token, **request)
    other.delete()


def test_a_page_is_no_longer_than_sixty(staff, cognito):
    with pytest.raises(ClientError) as caught:
        cognito.list_users(UserPoolId=staff.id, Limit=61)
    assert caught.value.response["Error"]["Message"] == (
        "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: "
        "Member must have value less than or equal to 60"
    )
    assert len(cognito.list_users(UserPoolId=staff.id, Limit=0)["Users"]) == 10
