//! The texts that say themselves which rule an input breaks: causes and remedies.

use poolhouse_api_model::ErrorCode;

use super::Words;

/// A text beside what is said of it.
pub(super) struct InputText {
    /// The code that it comes with.
    pub(super) code: ErrorCode,
    /// The text; `{name}` stands for what varies.
    pub(super) text: &'static str,
    /// What is said of it.
    pub(super) words: Words,
}

const INPUT: ErrorCode = ErrorCode::InvalidParameterException;
const FLOWS: ErrorCode = ErrorCode::InvalidOAuthFlowException;

macro_rules! input_texts {
    ($($code:ident $text:literal: $cause:literal, $remedy:literal;)+) => {
        /// Every such text, by what it is about.
        pub(super) const INPUT_TEXTS: &[InputText] = &[
            $(InputText {
                code: $code,
                text: $text,
                words: Words { cause: $cause, remedy: $remedy },
            },)+
        ];
    };
}

input_texts! {
    // User names and attributes.
    INPUT "Username should be an email.": "The pool signs in by e-mail address (UsernameAttributes).", "Send an address as Username.";
    INPUT "Username should be a phone number.": "The pool signs in by phone number (UsernameAttributes).", "Send a number such as +14155550123 as Username.";
    INPUT "Username should be either an email or a phone number.": "The pool signs in by e-mail address or phone number (UsernameAttributes).", "Send one of them as Username.";
    INPUT "User {name} should be empty or same as username, since username attribute is {name}": "Username is an address or number, and the attribute of that kind came with another value.", "Leave the attribute out, or send the same value.";
    INPUT "Username cannot be of email format, since user pool is configured for email alias.": "AliasAttributes list email, so that a name like an address could be taken for somebody's alias.", "Choose a name without @, and send the address as the attribute email.";
    INPUT "Username cannot be of phone number format, since user pool is configured for phone number alias.": "AliasAttributes list phone_number, so that a name like a number could be taken for somebody's alias.", "Choose another name, and send the number as the attribute phone_number.";
    INPUT "Password is required for this user pool.": "SignUp came without Password.", "Send one.";
    INPUT "Attribute value for preferred_username cannot be set before the user is confirmed.": "preferred_username is an alias of the pool, and the sign-up is not confirmed.", "Set it after the confirmation with UpdateUserAttributes.";
    INPUT "Attribute preferred_username cannot be of email format, since user pool is configured for email alias.": "The value looks like somebody's address, which is an alias too.", "Choose a value without @.";
    INPUT "Attribute preferred_username cannot be of phone number format, since user pool is configured for phone number alias.": "The value looks like somebody's number, which is an alias too.", "Choose another value.";
    INPUT "Attributes did not conform to the schema: {name} was given more than once.": "The same attribute came twice.", "Send each attribute once.";
    INPUT "Attribute value for {name} must not be null": "An attribute came with a name and no value.", "Send a value.";
    INPUT "Cannot modify the non-mutable attribute sub": "sub is given by the server and never changes.", "Leave it out.";
    INPUT "Invalid attribute name. Only phone_number and email can be verified.": "A code was asked for an attribute that no code can verify.", "Name email or phone_number.";
    INPUT "User does not have a valid registered email address": "A code was asked for the e-mail address of a user who has none.", "Set the attribute first.";
    INPUT "User does not have a valid registered phone number": "A code was asked for the phone number of a user who has none.", "Set the attribute first.";
    INPUT "No email provided but desired delivery medium was Email": "An invitation should go by mail, and the user has no e-mail address.", "Send the attribute email, or MessageAction SUPPRESS.";
    INPUT "No phone number provided but desired delivery medium was SMS": "DesiredDeliveryMediums is SMS (as when it is absent), and the user has no number.", "Send the attribute phone_number, or name EMAIL, or MessageAction SUPPRESS.";
    INPUT "Auto verification not turned on.": "AutoVerifiedAttributes of the pool are empty, so that a code has nowhere to go.", "Name email or phone_number there, or call AdminConfirmSignUp.";
    INPUT "A user can be in at most {count} groups.": "The user is in as many groups as can be.", "Take the user out of one first.";
    INPUT "Invalid pagination token": "The token of a page is not one of this list and pool, or was changed.", "Send the token of the answer before, with the same parameters.";

    // Signing in and second factors.
    INPUT "USERNAME is too long.": "The name is longer than any name can be.", "Send the name or alias of a user.";
    INPUT "SRP_A is not a valid public value.": "SRP_A is no hexadecimal number, is too long, or is a multiple of the prime.", "Use an SRP library for Cognito; a fresh value for each sign-in.";
    INPUT "Either AccessToken or Session must be provided.": "An authenticator app is set up by a signed-in user or within a sign-in.", "Send the access token, or the Session of MFA_SETUP.";
    INPUT "FriendlyDeviceName is longer than {count} characters.": "The name of the authenticator app is too long.", "Send a shorter one.";
    INPUT "A factor that is turned off cannot be the preferred one.": "PreferredMfa came with Enabled false.", "Send both as true, or both as false.";
    INPUT "Software token MFA cannot be turned off where the user pool requires MFA.": "MfaConfiguration of the pool is ON.", "Set it to OPTIONAL, or leave the factor on.";
    INPUT "{name} is not served yet by Poolhouse: only authenticator apps (SoftwareTokenMfaSettings) can be turned on.": "A second factor by text message, mail or passkey was to be turned on.", "Use SoftwareTokenMfaSettings.";
    INPUT "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.": "MfaConfiguration is OFF, and a factor came with it.", "Send OPTIONAL or ON, or no factor.";
    INPUT "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.": "MfaConfiguration is ON or OPTIONAL and there is no factor.", "Send SoftwareTokenMfaConfiguration with Enabled true.";
    INPUT "SmsMfaConfiguration needs an SmsConfiguration.": "Codes by text message need the pool's SmsConfiguration.", "Send it, or set it by UpdateUserPool.";

    // Settings that are not served, where signing in meets them.
    INPUT "The user pool's settings are not served yet by Poolhouse: {settings}. Signing in without that would skip a check.": "The pool has a trigger, risk rules or first factors that Poolhouse does not have yet.", "Take the setting that is named out of the pool.";
    INPUT "The user pool's settings are not served yet by Poolhouse: MFA is required (MfaConfiguration ON) and {setting}. Only authenticator apps are served. Signing in without a second factor would skip a check.": "The pool demands a second factor, and the user can only prove one that Poolhouse does not have yet.", "Let users set up authenticator apps (SoftwareTokenMfaConfiguration), or set MfaConfiguration to OPTIONAL.";
    INPUT "The user pool's settings are not served yet by Poolhouse: LambdaConfig names PreTokenGenerationConfig with V3_0. A token without it could hold what it would take away.": "A machine's token would be changed by a trigger, which is not served yet.", "Take the trigger out of LambdaConfig.";
    INPUT "The user pool's settings are not served yet by Poolhouse: LambdaConfig names {trigger}. Going on without it would skip a check.": "A trigger would decide about the sign-up, and triggers are not served yet.", "Take the trigger out of LambdaConfig.";
    INPUT "The user pool's settings are not served yet by Poolhouse: LambdaConfig names {trigger}. The message would not be the one that it makes.": "A trigger would make the message, and triggers are not served yet.", "Take the trigger out of LambdaConfig.";
    INPUT "The user pool's settings are not served yet by Poolhouse: LambdaConfig names {trigger}. Resetting a password without it would skip a check.": "A trigger would have to act before a password is reset, and triggers are not served yet.", "Take the trigger out of LambdaConfig.";

    // Pools.
    INPUT "Only one of AliasAttributes or UsernameAttributes can be set.": "A pool signs in by aliases beside the name, or by address or number in its place.", "Send one of the two.";
    INPUT "MinimumLength must be between 6 and 99.": "The password policy is out of range.", "Choose a length in between.";
    INPUT "PasswordHistorySize must be between 0 and 24.": "The password policy is out of range.", "Choose a number in between.";
    INPUT "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays": "UnusedAccountValidityDays and a password policy with days came together, or differ.", "Send TemporaryPasswordValidityDays only.";
    INPUT "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes": "An address can only wait for a code if codes are sent to it.", "Name the attribute in AutoVerifiedAttributes too.";
    INPUT "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.": "admin_only stands beside another mechanism.", "Send it alone, or leave it out.";
    INPUT "Account Recovery Setting cannot name a recovery mechanism twice.": "A mechanism is listed twice.", "List each once.";
    INPUT "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {name}": "Schema names a standard attribute with another type.", "Leave the type out.";
    INPUT "Required custom attributes are not supported currently.": "A custom attribute came with Required true.", "Leave Required out.";
    INPUT "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.": "A custom attribute came without type.", "Send String, Number, DateTime or Boolean.";
    INPUT "A custom attribute must have a name.": "Name is missing.", "Send one.";
    INPUT "Invalid {kind} for schema attribute {name}": "The constraints of an attribute contradict each other or cannot be read.", "Send digits, and a minimum that is no greater than the maximum.";
    INPUT "{name}: Existing attribute already has name {name}.": "The schema has that attribute.", "Choose another name; attributes are never changed or removed.";
    INPUT "A user pool can have at most {count} custom attributes.": "The schema has as many custom attributes as can be.", "Use those that are there.";
    INPUT "The message is invalid.": "A message template lacks its placeholder, or holds one that is not for it.", "Put {####} (of links {##TEXT##}, of invitations also {username}) into the text.";
    INPUT "Cannot configure From email address for default email configuration": "EmailConfiguration names From while EmailSendingAccount is COGNITO_DEFAULT.", "Send EmailSendingAccount DEVELOPER with SourceArn, or leave From out.";
    INPUT "Provided From email address is invalid": "From is no e-mail address.", "Send an address, with or without a name.";
    INPUT "Provided ReplyTo email address is invalid": "ReplyToEmailAddress is no e-mail address.", "Send an address.";
    INPUT "{name} and VerificationMessageTemplate must not differ.": "The same text came in two members with two values.", "Send it in VerificationMessageTemplate only.";
    INPUT "The tag {tag} must have the form of a user pool id: REGION_NAME, letters and digits.": "The tag _custom_id_ asks for an id that no pool can have.", "Send an id such as us-east-1_myPool1.";
    INPUT "{arn} is not the ARN of a user pool.": "ResourceArn is of something else.", "Send the Arn of DescribeUserPool.";

    // Clients.
    INPUT "ClientSecret cannot be given together with GenerateSecret.": "The secret is either given or made.", "Send one of the two.";
    INPUT "What follows {prefix} in ClientName must be an app client id: letters, digits, _ and +.": "The name asks for an id that no client can have.", "Choose another id.";
    INPUT "ALLOW_CLIENT_TOKEN_AUTH must be the only ExplicitAuthFlow of a client.": "GetClientToken is for clients that sign in nobody.", "Make a client of its own for it.";
    INPUT "ALLOW_CLIENT_TOKEN_AUTH can not be selected if client does not have a client secret.": "A machine proves itself by the secret.", "Make the client with GenerateSecret.";
    INPUT "Each ExplicitAuthFlow should be either prefixed with ALLOW_ or be one of the legacy values, not both.": "Old and new names of flows are mixed.", "Write all with ALLOW_.";
    INPUT "Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.": "That flow cannot hand out a new refresh token.", "Leave the flow out and call GetTokensFromRefreshToken.";
    INPUT "Invalid redirect URL {url}: {rule}": "A callback or logout URL is not absolute, has a fragment, or is http on another host than localhost.", "Send https, http on localhost, or a scheme of the application.";
    INPUT "DefaultRedirectURI must be one of CallbackURLs.": "The default is not registered.", "List it in CallbackURLs too.";
    FLOWS "CallbackUrls can not be empty when code flow or implicit flow is selected": "The flows end at a callback URL, and there is none.", "Send CallbackURLs.";
    INPUT "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.": "AllowedOAuthFlowsUserPoolClient is on without flows or scopes.", "Send both, or turn it off.";
    FLOWS "{scope} is not supported with client_credentials flow": "A machine has no user whom the scope could speak of.", "List custom scopes only, in a client of its own.";
    FLOWS "client_credentials flow can not be selected along with code flow or implicit flow.": "A client speaks for users or for itself.", "Make a client of its own for client_credentials.";
    FLOWS "client_credentials flow can not be selected if client does not have a client secret.": "A machine proves itself by the secret.", "Make the client with GenerateSecret.";
    INPUT "The provider {provider} does not exist for User Pool: identity providers other than COGNITO are not served yet by Poolhouse.": "SupportedIdentityProviders name another provider.", "Send COGNITO only.";
    INPUT "Invalid range for token validity: {name} of {count} {unit} is outside {least} to {most} seconds.": "A token would live too short or too long.", "Choose a length in between; mind TokenValidityUnits.";
    INPUT "ID and access tokens cannot outlive the refresh token.": "RefreshTokenValidity is shorter than that of another token.", "Lengthen it, or shorten the other.";
    INPUT "Invalid {access} attributes specified while {doing} a client": "ReadAttributes or WriteAttributes name an attribute that the schema lacks, or leave out a required one.", "Compare them with SchemaAttributes of DescribeUserPool.";

    // Resource servers and domains.
    INPUT "The scope {scope} is given twice.": "Two scopes of a resource server have one name.", "Send each once.";
    INPUT "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$": "The prefix is no label of a host name.", "Choose lower-case letters, digits and hyphens.";
    INPUT "Custom domain is not a valid subdomain": "A custom domain came that is no host name with a dot.", "Send a name such as auth.example.com.";
    INPUT "Domain cannot contain reserved word: {word}": "The prefix holds aws, amazon or cognito.", "Choose another.";
    INPUT "User pool already has a domain configured.": "A pool has one domain of each kind.", "Delete the one that is there first.";
    INPUT "User pool should have a custom domain associated, failed to update the certificate.": "A certificate came for a pool without custom domain.", "Make the custom domain first.";
    INPUT "Cannot convert custom domain to prefix domain.": "UpdateUserPoolDomain came for a custom domain without its certificate.", "Send CustomDomainConfig.";
    INPUT "ManagedLoginVersion must be 1 or 2.": "There are two versions of the pages.", "Send 1 or 2.";

    // The look of pages.
    INPUT "There has to be an existing domain associated with this user pool": "A look was set or read, and the pool has no domain whose pages could have it.", "Call CreateUserPoolDomain first.";
    INPUT "CSS is not allowed: line {line}: {reason}.": "The stylesheet holds something that pages do not take from their owners, or cannot be read.", "Change the line; the page on branding lists classes and properties.";
    INPUT "The image is larger than {count} bytes.": "A logo has 100 KB at most.", "Make the file smaller; pages show it 350 pixels wide at most.";
    INPUT "The image must be a PNG or JPEG file.": "ImageFile holds something else, or is cut off.", "Send the bytes of a PNG or JPEG file, which SDKs encode themselves.";
    INPUT "The image must be 1 to {count} pixels wide and high.": "The image has too many pixels, or none.", "Scale it down.";
}

/// Texts of tags, whose code the operation decides.
pub(super) const TAG_TEXTS: [(&str, Words); 3] = [
    (
        "A user pool can have at most {count} tags.",
        Words {
            cause: "The pool would have too many tags.",
            remedy: "Remove some with UntagResource.",
        },
    ),
    (
        "Tag keys cannot start with {prefix}",
        Words {
            cause: "The prefix is reserved.",
            remedy: "Choose another key.",
        },
    ),
    (
        "Tag keys and values can hold letters, numbers, spaces and _ . : / = + - @ only.",
        Words {
            cause: "A key or value holds another character.",
            remedy: "Leave it out.",
        },
    ),
];
