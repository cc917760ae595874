"""SetUICustomization and GetUICustomization."""

import struct
import uuid
import zlib

import pytest
import requests
from user_pool import refused

NO_DOMAIN = "There has to be an existing domain associated with this user pool"

CSS = ".submitButton-customizable { background-color: #337ab7; }\n"


def chunk(kind, data):
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


LOGO = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\xff\x66\0"))
    + chunk(b"IEND", b"")
)


@pytest.fixture
def domain(pool, cognito):
    """A domain of the pool."""
    name = f"d-{uuid.uuid4()}"
    cognito.create_user_pool_domain(Domain=name, UserPoolId=pool.id)
    yield name
    cognito.delete_user_pool_domain(Domain=name, UserPoolId=pool.id)


def test_a_look_is_set_read_and_taken_away(pool, cognito, domain):
    client = pool.create_client()

    def read(**client):
        answer = cognito.get_ui_customization(UserPoolId=pool.id, **client)
        return answer["UICustomization"]

    assert read(ClientId=client.id) == {}
    for_all = cognito.set_ui_customization(UserPoolId=pool.id, CSS=CSS, ImageFile=LOGO)
    for_all = for_all["UICustomization"]
    assert for_all["UserPoolId"] == pool.id
    assert for_all["ClientId"] == "ALL"
    assert for_all["CSS"] == CSS
    assert for_all["CSSVersion"].isdigit()
    assert for_all["CreationDate"] == for_all["LastModifiedDate"]
    assert read() == read(ClientId=client.id) == for_all
    logo = requests.get(for_all["ImageUrl"], timeout=10)
    assert logo.content == LOGO
    assert logo.headers["Content-Type"] == "image/png"

    own = cognito.set_ui_customization(UserPoolId=pool.id, ClientId=client.id, CSS="/**/")
    assert own["UICustomization"]["ClientId"] == client.id
    assert "ImageUrl" not in read(ClientId=client.id)
    assert read(ClientId="ALL") == for_all
    cognito.set_ui_customization(UserPoolId=pool.id, ClientId=client.id)
    assert read(ClientId=client.id) == for_all


def test_without_a_domain_there_is_no_look(pool, cognito):
    with refused(cognito, "InvalidParameterException", NO_DOMAIN):
        cognito.get_ui_customization(UserPoolId=pool.id)
    with refused(cognito, "InvalidParameterException", NO_DOMAIN):
        cognito.set_ui_customization(UserPoolId=pool.id, CSS=CSS)


def test_what_is_not_allowed_is_refused(pool, cognito, domain):
    text = "CSS is not allowed: line 1: rules that begin with @ are not allowed."
    with refused(cognito, "InvalidParameterException", text):
        cognito.set_ui_customization(UserPoolId=pool.id, CSS="@import 'x';")
    text = "The image must be a PNG or JPEG file."
    with refused(cognito, "InvalidParameterException", text):
        cognito.set_ui_customization(UserPoolId=pool.id, ImageFile=b"<svg/>")
