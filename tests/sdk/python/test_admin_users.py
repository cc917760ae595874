"""AdminCreateUser, AdminSetUserPassword, AdminGetUser, AdminDeleteUser."""

import uuid

from user_pool import PASSWORD, TEMPORARY_PASSWORD, attributes_of, refused


def test_an_invited_user_waits_for_a_new_password(pool, cognito):
    created = cognito.admin_create_user(
        UserPoolId=pool.id,
        Username="alice",
        TemporaryPassword=TEMPORARY_PASSWORD,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": "alice@example.com"},
            {"Name": "email_verified", "Value": "true"},
        ],
    )["User"]
    assert created["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert created["Enabled"] is True
    user = pool.get_user("alice")
    assert user["Username"] == "alice"
    attributes = attributes_of(user)
    assert attributes["email"] == "alice@example.com"
    assert attributes["email_verified"] == "true"
    assert uuid.UUID(attributes["sub"])
    assert "UserMFASettingList" not in user


def test_an_invitation_carries_a_password_that_works(pool, cognito):
    address = f"{uuid.uuid4()}@example.com"
    cognito.admin_create_user(
        UserPoolId=pool.id,
        Username="bob",
        DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[{"Name": "email", "Value": address}],
    )
    mail = pool.last_mail(address)
    assert mail["channel"] == "email"
    password = mail["temporary_password"]
    assert password in mail["body"]
    answer = pool.create_client().initiate("bob", password)
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_name_is_given_once(pool, cognito):
    pool.create_user("carol")
    with refused(cognito, "UsernameExistsException", "User account already exists"):
        cognito.admin_create_user(UserPoolId=pool.id, Username="carol")


def test_a_permanent_password_confirms_and_a_temporary_one_does_not(pool, cognito):
    username = pool.create_user()
    assert pool.get_user(username)["UserStatus"] == "CONFIRMED"
    cognito.admin_set_user_password(
        UserPoolId=pool.id, Username=username, Password=PASSWORD, Permanent=False
    )
    assert pool.get_user(username)["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_s39_an_administrator_is_held_to_the_policy_as_well(pool, cognito):
    username = pool.create_user()
    with refused(cognito, "InvalidPasswordException"):
        cognito.admin_set_user_password(
            UserPoolId=pool.id, Username=username, Password="lowercase-horse", Permanent=True
        )
    with refused(
        cognito,
        "InvalidPasswordException",
        "Password did not conform with password policy: Password must have numeric characters",
    ):
        pool.create_invited_user(TemporaryPassword="Without-Numbers")


def test_a_deleted_user_is_gone(pool, cognito):
    username = pool.create_user()
    client = pool.create_client()
    cognito.admin_delete_user(UserPoolId=pool.id, Username=username)
    with refused(cognito, "UserNotFoundException", "User does not exist."):
        pool.get_user(username)
    with refused(cognito, "UserNotFoundException", "User does not exist."):
        client.initiate(username)


def test_s48_the_sub_of_a_user_cannot_be_chosen(pool, cognito):
    with refused(cognito, "InvalidParameterException"):
        cognito.admin_create_user(
            UserPoolId=pool.id,
            Username="mallory",
            UserAttributes=[{"Name": "sub", "Value": str(uuid.uuid4())}],
        )
