"""pycognito: SRP as thousands of Python programs do it."""

import uuid

import pytest
import used_secrets
from pycognito import Cognito
from pycognito.exceptions import ForceChangePasswordException
from user_pool import PASSWORD, TEMPORARY_PASSWORD, refused

NEW_PASSWORD = "Another-horse-8"


@pytest.fixture
def connect(pool, client_options):
    """Makes pycognito's object for a user of the pool."""

    def connect(client, username):
        user = Cognito(
            pool.id,
            client.id,
            username=username,
            client_secret=client.secret,
            boto3_client_kwargs=dict(client_options),
        )
        used_secrets.watch(user.client)
        return user

    return connect


@pytest.fixture(params=["public", "confidential"])
def client(request, pool):
    return pool.create_client(GenerateSecret=request.param == "confidential")


def test_srp_signs_in_and_both_tokens_verify(pool, client, connect):
    username = pool.create_user()
    user = connect(client, username)
    user.authenticate(PASSWORD)
    user.verify_tokens()
    assert user.id_claims["cognito:username"] == username
    assert user.access_claims["client_id"] == client.id


def test_srp_works_for_many_salts(pool, connect):
    """A salt, A, B, u or S whose first bit or digit is odd must not break the proof."""
    client = pool.create_client()
    for _ in range(12):
        username = pool.create_user()
        connect(client, username).authenticate(PASSWORD)


def test_srp_signs_in_names_beyond_ascii(pool, connect):
    client = pool.create_client()
    username = pool.create_user("zoë-日本", password="Pässwörter-日本-7")
    connect(client, username).authenticate("Pässwörter-日本-7")


def test_s42_srp_refuses_a_wrong_password(pool, client, connect, cognito):
    user = connect(client, pool.create_user())
    text = "Incorrect username or password."
    with pytest.raises(user.client.exceptions.NotAuthorizedException, match=text):
        user.authenticate("Wrong-horse-7")


def test_s34_srp_hides_whether_a_user_exists(pool, connect):
    client = pool.create_client(PreventUserExistenceErrors="ENABLED")
    user = connect(client, "nobody")
    text = "Incorrect username or password."
    with pytest.raises(user.client.exceptions.NotAuthorizedException, match=text):
        user.authenticate(PASSWORD)


def test_an_invited_user_chooses_a_new_password(pool, client, connect):
    username = pool.create_invited_user()
    user = connect(client, username)
    with pytest.raises(ForceChangePasswordException):
        user.authenticate(TEMPORARY_PASSWORD)
    user.new_password_challenge(TEMPORARY_PASSWORD, NEW_PASSWORD)
    user.verify_tokens()
    connect(client, username).authenticate(NEW_PASSWORD)


def test_a_registered_user_confirms_reads_himself_renews_and_logs_out(pool, client, connect):
    username, address = f"user-{uuid.uuid4()}", f"{uuid.uuid4()}@example.com"
    user = connect(client, username)
    user.set_base_attributes(email=address, name="Nina")
    assert user.register(username, PASSWORD)["UserConfirmed"] is False
    user.confirm_sign_up(pool.last_mail(address)["code"], username=username)
    user.authenticate(PASSWORD)
    assert user.get_user().name == "Nina"
    before = user.access_token
    user.renew_access_token()
    assert user.access_token != before
    user.verify_tokens()
    after = user.access_token
    user.logout()
    with refused(user.client, "NotAuthorizedException", "Access Token has been revoked"):
        user.client.get_user(AccessToken=after)


def test_a_forgotten_password_is_reset(pool, client, connect):
    username, address = f"user-{uuid.uuid4()}", f"{uuid.uuid4()}@example.com"
    pool.create_user(username, email=address, email_verified="true")
    user = connect(client, username)
    user.initiate_forgot_password()
    user.confirm_forgot_password(pool.last_mail(address)["code"], NEW_PASSWORD)
    user.authenticate(NEW_PASSWORD)
    user.verify_tokens()


def test_a_user_changes_the_password_and_stays_signed_in(pool, client, connect):
    username = pool.create_user()
    user = connect(client, username)
    user.authenticate(PASSWORD)
    user.change_password(PASSWORD, NEW_PASSWORD)
    assert user.get_user()
    user.renew_access_token()
    connect(client, username).authenticate(NEW_PASSWORD)


def test_an_administrator_demands_a_reset(pool, client, connect):
    username, address = f"user-{uuid.uuid4()}", f"{uuid.uuid4()}@example.com"
    pool.create_user(username, email=address, email_verified="true")
    user = connect(client, username)
    user.admin_reset_password(username)
    with pytest.raises(user.client.exceptions.PasswordResetRequiredException):
        user.authenticate(PASSWORD)
    user.confirm_forgot_password(pool.last_mail(address)["code"], NEW_PASSWORD)
    user.authenticate(NEW_PASSWORD)


def test_an_administrator_authenticates_a_user(pool, client, connect):
    username = pool.create_user()
    user = connect(client, username)
    user.admin_authenticate(PASSWORD)
    user.verify_tokens()


def test_a_user_changes_the_address_and_verifies_it(pool, client, connect):
    username, address = pool.create_user(), f"{uuid.uuid4()}@example.com"
    user = connect(client, username)
    user.authenticate(PASSWORD)
    user.update_profile({"email": address, "nickname": "Nina"})
    assert user.get_user().nickname == "Nina"
    user.validate_verification(pool.last_mail(address)["code"], "email")
    assert user.get_user().email_verified is True
    user.send_verification("email")
    user.validate_verification(pool.last_mail(address)["code"], "email")
    user.admin_update_profile({"nickname": "Nono"})
    assert user.get_user().nickname == "Nono"


def test_the_groups_of_a_user_are_listed_and_in_the_tokens(pool, client, connect):
    username = pool.create_user()
    user = connect(client, username)
    for name, precedence in (("readers", 5), ("editors", 1)):
        user.client.create_group(UserPoolId=pool.id, GroupName=name, Precedence=precedence)
    assert {group.group_name for group in user.get_groups()} == {"editors", "readers"}
    assert user.get_group("editors").precedence == 1
    for name in ("readers", "editors"):
        user.admin_add_user_to_group(username, name)
    assert user.admin_list_groups_for_user(username) == ["editors", "readers"]
    user.authenticate(PASSWORD)
    user.verify_tokens()
    for claims in (user.id_claims, user.access_claims):
        assert claims["cognito:groups"] == ["editors", "readers"]
    user.admin_remove_user_from_group(username, "editors")
    assert user.admin_list_groups_for_user(username) == ["readers"]
    user.renew_access_token()
    user.verify_tokens()
    assert user.access_claims["cognito:groups"] == ["readers"]


def test_a_user_is_deleted_by_himself_or_by_an_administrator(pool, client, connect):
    def delete_as_administrator(user):
        user.admin_delete_user()

    def delete_as_user(user):
        user.authenticate(PASSWORD)
        user.delete_user()

    for delete in (delete_as_administrator, delete_as_user):
        user = connect(client, pool.create_user())
        assert user.admin_get_user().username == user.username
        delete(user)
        with refused(user.client, "UserNotFoundException", "User does not exist."):
            user.admin_get_user()
        with refused(user.client, "UserNotFoundException", "User does not exist."):
            user.authenticate(PASSWORD)
