// Where requests go and as whom: a client of this server, or of a domain that was typed in.

const HOSTED_DOMAIN = /\.auth(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazoncognito\.com$/;

// A client of this server, as the server describes it.
export function ownTarget(choice, chosen) {
  const client = chosen.client;
  return {
    isForeign: false,
    domain: choice.public_url,
    api: `${choice.public_url}/`,
    region: chosen.region,
    issuer: chosen.issuer,
    poolId: chosen.pool_id,
    poolName: chosen.pool_name,
    clientId: client.ClientId,
    clientName: client.ClientName,
    clientSecret: client.ClientSecret ?? null,
    redirectUri: choice.return_address,
    isRegistered: chosen.is_return_address_registered,
    isSignedOutTo: (client.LogoutURLs ?? []).includes(choice.return_address),
    scopes: client.AllowedOAuthScopes ?? [],
    flows: client.AllowedOAuthFlowsUserPoolClient ? (client.AllowedOAuthFlows ?? []) : [],
    settings: client,
  };
}

// A domain that was typed in; throws with a sentence for what is none.
export function foreignTarget({ domain, clientId, redirectUri, poolId }) {
  const url = absolute(domain.includes('://') ? domain : `https://${domain}`);
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Error('Give the domain alone, such as https://example.auth.eu-west-1.amazoncognito.com.');
  }
  if (!clientId) throw new Error('Give the id of the app client.');
  absolute(redirectUri);
  const region = poolId.includes('_') ? poolId.split('_')[0] : (HOSTED_DOMAIN.exec(url.hostname)?.[1] ?? 'us-east-1');
  const idp = `https://cognito-idp.${region}.amazonaws.com`;
  return {
    isForeign: true,
    domain: url.origin,
    api: `${idp}/`,
    region,
    issuer: poolId ? `${idp}/${poolId}` : '',
    poolId,
    poolName: '',
    clientId,
    clientName: clientId,
    clientSecret: null,
    redirectUri,
    isRegistered: true,
    isSignedOutTo: true,
    scopes: ['openid', 'email'],
    flows: ['code'],
    settings: null,
  };
}

function absolute(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Error(`This is no address: ${text || 'nothing'}`);
  }
  if (!['https:', 'http:'].includes(url.protocol)) throw new Error('The address begins with https:// (or http:// on this machine).');
  return url;
}

// What a client has to be told so that it keeps all it has and gains one address: an update puts
// everything that it does not name back to its default.
export function registrationInput({ settings, poolId, redirectUri }) {
  const { CreationDate, LastModifiedDate, ClientSecret, ClientType, ...kept } = settings;
  const withAddress = (list = []) => (list.includes(redirectUri) ? list : [...list, redirectUri]);
  const input = {
    ...kept,
    UserPoolId: poolId,
    CallbackURLs: withAddress(settings.CallbackURLs),
    LogoutURLs: withAddress(settings.LogoutURLs),
  };
  return Object.fromEntries(Object.entries(input).filter(([, value]) => !isEmpty(value)));
}

const isEmpty = (value) =>
  value === null || value === undefined ||
  (typeof value === 'object' && Object.values(value).every((member) => member === null || member === undefined) && !Array.isArray(value));
