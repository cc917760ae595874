"""AdminEnableUser, AdminDisableUser, AdminConfirmSignUp, AdminUserGlobalSignOut, DeleteUser."""

import uuid

from user_pool import PASSWORD, attributes_of, refused


def test_s30_a_disabled_user_is_out_at_once_and_for_good(pool, cognito):
    username, client = pool.create_user(), pool.create_client()
    tokens = client.sign_in(username)
    cognito.admin_disable_user(UserPoolId=pool.id, Username=username)
    assert pool.get_user(username)["Enabled"] is False
    with refused(cognito, "NotAuthorizedException", "User is disabled."):
        client.initiate(username)
    with refused(cognito, "NotAuthorizedException"):
        cognito.get_tokens_from_refresh_token(
            ClientId=client.id, RefreshToken=tokens["RefreshToken"]
        )
    cognito.admin_enable_user(UserPoolId=pool.id, Username=username)
    assert pool.get_user(username)["Enabled"] is True
    with refused(cognito, "NotAuthorizedException", "Access Token has been revoked"):
        cognito.get_user(AccessToken=tokens["AccessToken"])
    cognito.get_user(AccessToken=client.sign_in(username)["AccessToken"])


def test_s30_an_administrator_signs_a_user_out_everywhere(pool, cognito):
    username, client = pool.create_user(), pool.create_client()
    tokens = client.sign_in(username)
    cognito.admin_user_global_sign_out(UserPoolId=pool.id, Username=username)
    with refused(cognito, "NotAuthorizedException", "Access Token has been revoked"):
        cognito.get_user(AccessToken=tokens["AccessToken"])
    cognito.get_user(AccessToken=client.sign_in(username)["AccessToken"])


def test_an_administrator_confirms_a_sign_up(pool, cognito):
    client = pool.create_client()
    cognito.sign_up(
        ClientId=client.id,
        Username="alice",
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": f"{uuid.uuid4()}@example.com"}],
    )
    with refused(cognito, "UserNotConfirmedException", "User is not confirmed."):
        client.initiate("alice")
    confirm = {"UserPoolId": pool.id, "Username": "alice", "ClientMetadata": {"from": "test"}}
    cognito.admin_confirm_sign_up(**confirm)
    user = pool.get_user("alice")
    assert user["UserStatus"] == "CONFIRMED"
    assert attributes_of(user).get("email_verified") != "true"
    client.sign_in("alice")
    text = "User cannot be confirmed. Current status is CONFIRMED"
    with refused(cognito, "NotAuthorizedException", text):
        cognito.admin_confirm_sign_up(**confirm)


def test_s30_users_delete_themselves(pool, cognito):
    username, client = pool.create_user(), pool.create_client()
    tokens = client.sign_in(username)
    cognito.delete_user(AccessToken=tokens["AccessToken"])
    with refused(cognito, "UserNotFoundException", "User does not exist."):
        pool.get_user(username)
    with refused(cognito, "UserNotFoundException", "User does not exist."):
        cognito.get_user(AccessToken=tokens["AccessToken"])
    assert cognito.list_users(UserPoolId=pool.id)["Users"] == []


def test_an_invitation_is_sent_again_with_another_password(pool, cognito):
    address, client = f"{uuid.uuid4()}@example.com", pool.create_client()
    request = {
        "UserPoolId": pool.id,
        "Username": "bob",
        "DesiredDeliveryMediums": ["EMAIL"],
    }
    attributes = [{"Name": "email", "Value": address}]
    cognito.admin_create_user(UserAttributes=attributes, **request)
    first = pool.last_mail(address)["temporary_password"]
    cognito.admin_create_user(MessageAction="RESEND", **request)
    second = pool.last_mail(address)["temporary_password"]
    assert first != second
    with refused(cognito, "NotAuthorizedException", "Incorrect username or password."):
        client.initiate("bob", first)
    assert client.initiate("bob", second)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    cognito.admin_set_user_password(
        UserPoolId=pool.id, Username="bob", Password=PASSWORD, Permanent=True
    )
    text = "Resend not possible. bob status is not FORCE_CHANGE_PASSWORD"
    with refused(cognito, "UnsupportedUserStateException", text):
        cognito.admin_create_user(MessageAction="RESEND", **request)
