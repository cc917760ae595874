"""ForgotPassword, ConfirmForgotPassword, ChangePassword, AdminResetUserPassword."""

import uuid

import pytest
from user_pool import PASSWORD, UserPool, refused

NEW_PASSWORD = "Another-horse-8"
REUSED = "Password has previously been used"


@pytest.fixture
def client(pool):
    return pool.create_client()


@pytest.fixture
def address():
    return f"{uuid.uuid4()}@example.com"


def create_user(pool, address):
    return pool.create_user(email=address, email_verified="true")


def forget(client, username, **more):
    return client.pool.cognito.forgot_password(ClientId=client.id, Username=username, **more)


def confirm(client, username, code, password=NEW_PASSWORD, **more):
    return client.pool.cognito.confirm_forgot_password(
        ClientId=client.id,
        Username=username,
        ConfirmationCode=code,
        Password=password,
        **more,
    )


def test_a_mailed_code_resets_the_password(pool, client, address):
    username = create_user(pool, address)
    assert forget(client, username)["CodeDeliveryDetails"] == {
        "Destination": f"{address[0]}***@e***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }
    confirm(client, username, pool.last_mail(address)["code"])
    assert client.sign_in(username, NEW_PASSWORD)["TokenType"] == "Bearer"
    with refused(pool.cognito, "NotAuthorizedException"):
        client.sign_in(username, PASSWORD)


def test_a_confidential_client_sends_its_secret_hash(pool, cognito, address):
    client = pool.create_client(GenerateSecret=True)
    username = create_user(pool, address)
    secret_hash = client.secret_hash(username)
    text = f"Client {client.id} is configured with secret but SECRET_HASH was not received"
    with refused(cognito, "NotAuthorizedException", text):
        forget(client, username)
    forget(client, username, SecretHash=secret_hash)
    code = pool.last_mail(address)["code"]
    with refused(cognito, "NotAuthorizedException"):
        confirm(client, username, code, SecretHash=client.secret_hash("somebody"))
    confirm(client, username, code, SecretHash=secret_hash)


def test_s45_a_reset_code_is_used_once_and_a_wrong_one_never(pool, client, cognito, address):
    username = create_user(pool, address)
    with refused(cognito, "ExpiredCodeException"):
        confirm(client, username, "123456")
    forget(client, username)
    code = pool.last_mail(address)["code"]
    with refused(cognito, "CodeMismatchException"):
        confirm(client, username, "000000" if code != "000000" else "111111")
    confirm(client, username, code)
    with refused(cognito, "ExpiredCodeException"):
        confirm(client, username, code)


def test_s34_a_forgotten_password_hides_whether_a_user_exists(pool, cognito, address):
    client = pool.create_client(PreventUserExistenceErrors="ENABLED")
    username = create_user(pool, address)
    for name in [username, "nobody"]:
        delivery = forget(client, name)["CodeDeliveryDetails"]
        assert delivery["DeliveryMedium"] == "EMAIL"
        assert delivery["Destination"][1:5] == "***@"
        with refused(cognito, "CodeMismatchException"):
            confirm(client, name, "no-code")


def test_an_unknown_user_is_told_where_it_is_no_secret(client, cognito):
    with refused(
        cognito, "UserNotFoundException", "Username/client id combination not found."
    ):
        forget(client, "nobody")


def test_s41_a_changed_password_needs_the_one_before(pool, client, cognito):
    username = pool.create_user()
    token = client.sign_in(username)["AccessToken"]
    with refused(cognito, "NotAuthorizedException", "Incorrect username or password."):
        cognito.change_password(
            AccessToken=token,
            PreviousPassword="Wrong-horse-7",
            ProposedPassword=NEW_PASSWORD,
        )
    cognito.change_password(
        AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword=NEW_PASSWORD
    )
    assert client.sign_in(username, NEW_PASSWORD)


def test_s30_a_changed_password_ends_the_other_sign_ins(pool, client, cognito):
    username = pool.create_user()
    here, elsewhere = client.sign_in(username), client.sign_in(username)
    cognito.change_password(
        AccessToken=here["AccessToken"],
        PreviousPassword=PASSWORD,
        ProposedPassword=NEW_PASSWORD,
    )
    assert cognito.get_user(AccessToken=here["AccessToken"])
    with refused(cognito, "NotAuthorizedException", "Access Token has been revoked"):
        cognito.get_user(AccessToken=elsewhere["AccessToken"])


def test_an_administrator_demands_a_reset(pool, client, cognito, address):
    username = create_user(pool, address)
    cognito.admin_reset_user_password(UserPoolId=pool.id, Username=username)
    assert pool.get_user(username)["UserStatus"] == "RESET_REQUIRED"
    text = "Password reset required for the user"
    with refused(cognito, "PasswordResetRequiredException", text):
        client.sign_in(username)
    confirm(client, username, pool.last_mail(address)["code"])
    assert pool.get_user(username)["UserStatus"] == "CONFIRMED"


def test_s39_former_passwords_do_not_come_again(cognito, endpoint):
    policy = {"MinimumLength": 8, "PasswordHistorySize": 2}
    pool = UserPool.create(cognito, endpoint, Policies={"PasswordPolicy": policy})
    try:
        client = pool.create_client()
        username = pool.create_user()
        token = client.sign_in(username)["AccessToken"]

        def change(previous, proposed):
            cognito.change_password(
                AccessToken=token, PreviousPassword=previous, ProposedPassword=proposed
            )

        with refused(cognito, "PasswordHistoryPolicyViolationException", REUSED):
            change(PASSWORD, PASSWORD)
        change(PASSWORD, NEW_PASSWORD)
        with refused(cognito, "PasswordHistoryPolicyViolationException", REUSED):
            change(NEW_PASSWORD, PASSWORD)
    finally:
        pool.delete()


def test_administrators_alone_reset_passwords_where_the_pool_says_so(cognito, endpoint):
    recovery = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}
    pool = UserPool.create(cognito, endpoint, AccountRecoverySetting=recovery)
    try:
        client = pool.create_client()
        text = "Contact administrator to reset password."
        with refused(cognito, "NotAuthorizedException", text):
            forget(client, pool.create_user(email_verified="true"))
    finally:
        pool.delete()


def test_s74_messages_that_only_the_inbox_shows_are_not_limited(pool, client, address):
    for number in range(22):
        pool.cognito.sign_up(
            ClientId=client.id,
            Username=f"user-{number}",
            Password=PASSWORD,
            UserAttributes=[{"Name": "email", "Value": address}],
        )
