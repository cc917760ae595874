"""CreateGroup, GetGroup, UpdateGroup, DeleteGroup, ListGroups, AdminAddUserToGroup,
AdminRemoveUserFromGroup, AdminListGroupsForUser, ListUsersInGroup, and groups in tokens."""

from user_pool import refused

ROLE = "arn:aws:iam::123456789012:role/"


def create_group(pool, name, **settings):
    return pool.cognito.create_group(UserPoolId=pool.id, GroupName=name, **settings)["Group"]


def join(pool, username, name):
    pool.cognito.admin_add_user_to_group(UserPoolId=pool.id, Username=username, GroupName=name)


def test_a_group_is_created_described_changed_and_deleted(pool, cognito):
    settings = {"Description": "who writes", "RoleArn": ROLE + "writer", "Precedence": 3}
    group = create_group(pool, "writers", **settings)
    assert {name: group[name] for name in settings} == settings
    assert group["UserPoolId"] == pool.id
    described = cognito.get_group(UserPoolId=pool.id, GroupName="writers")["Group"]
    assert described == group
    changed = cognito.update_group(UserPoolId=pool.id, GroupName="writers", Precedence=0)["Group"]
    assert changed["Precedence"] == 0
    assert changed["RoleArn"] == ROLE + "writer"
    assert changed["CreationDate"] == group["CreationDate"]
    with refused(
        cognito, "GroupExistsException", "A group with the name already exists."
    ):
        create_group(pool, "writers")
    cognito.delete_group(UserPoolId=pool.id, GroupName="writers")
    with refused(cognito, "ResourceNotFoundException", "Group not found."):
        cognito.get_group(UserPoolId=pool.id, GroupName="writers")


def test_groups_are_listed_page_by_page(pool, cognito):
    for name in ("a", "b", "c"):
        create_group(pool, name)
    pages = cognito.get_paginator("list_groups").paginate(
        UserPoolId=pool.id, PaginationConfig={"PageSize": 2}
    )
    names = [[group["GroupName"] for group in page["Groups"]] for page in pages]
    assert names == [["a", "b"], ["c"]]


def test_members_are_listed_from_both_ends(pool, cognito):
    create_group(pool, "late", Precedence=9)
    create_group(pool, "early", Precedence=1)
    members = {pool.create_user() for _ in range(3)}
    for username in members:
        join(pool, username, "late")
    someone = sorted(members)[0]
    join(pool, someone, "early")
    join(pool, someone, "early")
    pages = cognito.get_paginator("list_users_in_group").paginate(
        UserPoolId=pool.id, GroupName="late", PaginationConfig={"PageSize": 2}
    )
    listed = [user for page in pages for user in page["Users"]]
    assert {user["Username"] for user in listed} == members and len(listed) == 3
    assert listed[0]["UserStatus"] == "CONFIRMED"
    pages = cognito.get_paginator("admin_list_groups_for_user").paginate(
        UserPoolId=pool.id, Username=someone, PaginationConfig={"PageSize": 1}
    )
    groups = [group["GroupName"] for page in pages for group in page["Groups"]]
    assert groups == ["early", "late"]
    cognito.admin_remove_user_from_group(UserPoolId=pool.id, Username=someone, GroupName="late")
    left = cognito.list_users_in_group(UserPoolId=pool.id, GroupName="late")["Users"]
    assert {user["Username"] for user in left} == members - {someone}


def test_missing_users_and_groups_are_told_apart(pool, cognito):
    username = pool.create_user()
    create_group(pool, "writers")
    with refused(cognito, "UserNotFoundException", "User does not exist."):
        join(pool, "nobody", "writers")
    with refused(cognito, "ResourceNotFoundException", "Group not found."):
        join(pool, username, "nothing")


def test_tokens_name_groups_and_roles_by_precedence(pool):
    create_group(pool, "readers", Precedence=5, RoleArn=ROLE + "reader")
    create_group(pool, "writers", Precedence=2, RoleArn=ROLE + "writer")
    create_group(pool, "all")
    client = pool.create_client()
    username = pool.create_user()
    for name in ("all", "readers", "writers"):
        join(pool, username, name)
    tokens = client.sign_in(username)
    id_claims = pool.verify(tokens["IdToken"])
    assert id_claims["cognito:groups"] == ["writers", "readers", "all"]
    assert id_claims["cognito:roles"] == [ROLE + "writer", ROLE + "reader"]
    assert id_claims["cognito:preferred_role"] == ROLE + "writer"
    access_claims = pool.verify(tokens["AccessToken"])
    assert access_claims["cognito:groups"] == ["writers", "readers", "all"]
    assert "cognito:roles" not in access_claims


def test_a_refresh_names_the_groups_of_now(pool, cognito):
    client = pool.create_client()
    username = pool.create_user()
    tokens = client.sign_in(username)
    assert "cognito:groups" not in pool.verify(tokens["IdToken"])
    create_group(pool, "writers")
    join(pool, username, "writers")
    refreshed = cognito.initiate_auth(
        ClientId=client.id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
    )["AuthenticationResult"]
    for name in ("IdToken", "AccessToken"):
        assert pool.verify(refreshed[name])["cognito:groups"] == ["writers"]
