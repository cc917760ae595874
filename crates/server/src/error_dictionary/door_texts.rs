//! What the doors refuse themselves, before any use case is asked: texts, causes, remedies.

use poolhouse_api_model::ErrorCode;

use super::Words;

/// A text that stands in the code of a door.
pub(super) struct DoorText<Code> {
    /// What it comes with: an error code, or a status.
    pub(super) code: Code,
    /// The text; `{name}` stands for what varies, and nothing for an answer without text.
    pub(super) text: &'static str,
    /// What is said of it.
    pub(super) words: Words,
}

const fn row<Code>(
    code: Code,
    text: &'static str,
    cause: &'static str,
    remedy: &'static str,
) -> DoorText<Code> {
    DoorText {
        code,
        text,
        words: Words { cause, remedy },
    }
}

const SIGN: &str = "Call it with an AWS SDK or sign the request (AWS Signature Version 4).";

/// Of the JSON API.
pub(super) const API: [DoorText<ErrorCode>; 13] = [
    row(
        ErrorCode::MissingAuthenticationTokenException,
        "Missing Authentication Token",
        "The operation needs AWS credentials, and the request is not signed.",
        "Give the SDK credentials (in the dev profile any will do), or sign the request.",
    ),
    row(
        ErrorCode::IncompleteSignatureException,
        "Authorization header requires {part}.",
        "The Authorization header lacks its credential, signature or signed headers, or there is no date.",
        SIGN,
    ),
    row(
        ErrorCode::IncompleteSignatureException,
        "Credential must have exactly 5 slash-delimited elements, e.g. \
         keyid/date/region/service/term, got '{scope}'",
        "The credential of the Authorization header is not KEY/DATE/REGION/SERVICE/aws4_request.",
        SIGN,
    ),
    row(
        ErrorCode::AccessDeniedException,
        "A web page of that origin may not call signed operations. If it should, add the origin \
         to allowed_origins.",
        "A page that is not of this machine called an administrator's operation.",
        "Call it from a server, or add the origin to allowed_origins.",
    ),
    row(
        ErrorCode::UnknownOperationException,
        "",
        "X-Amz-Target is missing or names no operation of AWSCognitoIdentityProviderService.",
        "Check the header; identity pools (AWSCognitoIdentityService) are another service.",
    ),
    row(
        ErrorCode::NotImplementedException,
        "{operation} is not served yet by Poolhouse.",
        "The operation is on the list of what is missing.",
        "See docs/compatibility.md for what is served instead.",
    ),
    row(
        ErrorCode::SerializationException,
        "",
        "The body is no JSON, or a member has the wrong JSON type.",
        "Send a JSON object; numbers and booleans without quotation marks.",
    ),
    row(
        ErrorCode::SerializationException,
        "Expected map or null",
        "A member that is an object came as something else.",
        "Send an object.",
    ),
    row(
        ErrorCode::InvalidParameterException,
        "{count} validation error detected: {errors}",
        "Members are missing, too long, too short, or of the wrong form; each is named with its rule.",
        "Change what is named after at.",
    ),
    row(
        ErrorCode::InvalidParameterException,
        "{count} validation errors detected: {errors}",
        "Members are missing, too long, too short, or of the wrong form; each is named with its rule.",
        "Change what is named after at.",
    ),
    row(
        ErrorCode::InvalidParameterException,
        "{setting} is not served yet by Poolhouse.",
        "A setting needs something that Poolhouse does not do yet; keeping it unobeyed would skip a check.",
        "Leave the setting out; docs/compatibility.md lists what is served.",
    ),
    row(
        ErrorCode::InvalidParameterException,
        "The flow {flow} is not served yet by Poolhouse.",
        "The client's ExplicitAuthFlows list a flow that Poolhouse does not have.",
        "Leave it out.",
    ),
    row(
        ErrorCode::TooManyRequestsException,
        "The same item is being changed by other requests, please try again.",
        "Other requests changed the same rows each time this one tried.",
        "Send the request again.",
    ),
];

/// Of every address: plain texts, by status.
pub(super) const PLAIN: [DoorText<u16>; 8] = [
    row(
        400,
        "The Host header is malformed.",
        "The Host header is no host name, or there are two.",
        "Call the server by its name or address.",
    ),
    row(
        403,
        "Pages of other sites cannot use this address. Open it in a tab of its own, or call it \
         from a program.",
        "A page of another site called the tools under /_poolhouse/.",
        "Call them from the test's program, not from the page under test.",
    ),
    row(
        404,
        "Nothing is here.",
        "The path is none that is served; a pool's id or a slash may be missing.",
        "Compare it with docs/how-sign-in-works.md.",
    ),
    row(
        404,
        "User pool {pool} does not exist.",
        "The document of an issuer was asked for of a pool that this server does not have.",
        "Compare the issuer with the iss of a token, and the server with its public_url.",
    ),
    row(
        408,
        "The body did not arrive in time.",
        "The request's body came too slowly.",
        "Check the network; body_timeout is the limit.",
    ),
    row(
        413,
        "The body is too long.",
        "The request's body is longer than max_body_bytes.",
        "Send less.",
    ),
    row(
        421,
        "This server does not answer for that host. If it should, add the host to allowed_hosts.",
        "The Host header names a host that is none of the server's: a guard against DNS rebinding.",
        "Add the host (of a container or a proxy) to allowed_hosts.",
    ),
    row(
        503,
        "",
        "The database did not answer while the pool of a domain was looked up.",
        "Look into the log, and ask /_poolhouse/health.",
    ),
];
