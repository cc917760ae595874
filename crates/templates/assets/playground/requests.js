// Requests as values: { name, method, url, query, headers, basic, form | json, api }. Everything that
// shows, renders or sends a request reads this one form.
//
// `query` and `form` are lists of pairs; `basic` is [name, password]; `api` names the operation and
// input of the JSON API that does the same, where there is one.

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const TARGET = 'AWSCognitoIdentityProviderService';

// The address with its query.
export function fullUrl({ url, query = [] }) {
  if (query.length === 0) return url;
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `${url}?${pairs.join('&')}`;
}

// The form as a body.
export const formBody = (form) => new URLSearchParams(form).toString();

// Where the browser is sent to sign in.
export const authorizeRequest = (target, parameters) => ({
  name: 'Ask for a code',
  method: 'GET',
  url: `${target.domain}/oauth2/authorize`,
  query: parameters,
  headers: {},
});

// A confidential client says who it is by Basic, a public one by its id in the form.
function tokenRequest(target, name, form, api) {
  return {
    name,
    method: 'POST',
    url: `${target.domain}/oauth2/token`,
    headers: { ...FORM },
    basic: target.clientSecret ? [target.clientId, target.clientSecret] : null,
    form,
    api,
  };
}

export const exchangeRequest = (target, { code, redirectUri, codeVerifier }) =>
  tokenRequest(target, 'Exchange the code for tokens', [
    ['grant_type', 'authorization_code'],
    ['client_id', target.clientId],
    ['code', code],
    ['redirect_uri', redirectUri],
    ...(codeVerifier ? [['code_verifier', codeVerifier]] : []),
  ]);

export const refreshRequest = (target, refreshToken) =>
  tokenRequest(
    target,
    'Refresh',
    [
      ['grant_type', 'refresh_token'],
      ['client_id', target.clientId],
      ['refresh_token', refreshToken],
    ],
    operation(target, 'GetTokensFromRefreshToken', withSecret(target, { RefreshToken: refreshToken, ClientId: target.clientId })),
  );

export const revokeRequest = (target, refreshToken) => ({
  ...tokenRequest(
    target,
    'Revoke the refresh token',
    [
      ['token', refreshToken],
      ['client_id', target.clientId],
    ],
    operation(target, 'RevokeToken', withSecret(target, { Token: refreshToken, ClientId: target.clientId })),
  ),
  url: `${target.domain}/oauth2/revoke`,
});

export const userInfoRequest = (target, accessToken) => ({
  name: 'userInfo',
  method: 'GET',
  url: `${target.domain}/oauth2/userInfo`,
  headers: { Authorization: `Bearer ${accessToken}` },
});

export const logoutRequest = (target) => ({
  name: 'Sign out of the browser',
  method: 'GET',
  url: `${target.domain}/logout`,
  query: [
    ['client_id', target.clientId],
    ['logout_uri', target.redirectUri],
  ],
  headers: {},
});

// An operation of the JSON API that needs no AWS signature.
export const apiRequest = (target, name, input) => ({
  name,
  method: 'POST',
  url: target.api,
  headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `${TARGET}.${name}` },
  json: input,
  api: operation(target, name, input),
});

export const getUserRequest = (target, accessToken) => apiRequest(target, 'GetUser', { AccessToken: accessToken });

const operation = (target, name, input) => ({ name, input, region: target.region, endpoint: target.api });

const withSecret = (target, input) =>
  target.clientSecret ? { ...input, ClientSecret: target.clientSecret } : input;
