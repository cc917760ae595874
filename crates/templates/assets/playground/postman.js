// The requests as a Postman collection, version 2.1, and the values as an environment.

import { exchangeRequest, getUserRequest, refreshRequest, revokeRequest, userInfoRequest, authorizeRequest } from './requests.js';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const variable = (name) => `{{${name}}}`;

// A target all of whose parts are variables of the environment.
const placeholders = (isConfidential) => ({
  domain: variable('domain'),
  api: `${variable('api')}/`,
  region: variable('region'),
  clientId: variable('client_id'),
  clientSecret: isConfidential ? variable('client_secret') : null,
  redirectUri: variable('redirect_uri'),
});

// Keeps the tokens of an answer for the requests after it.
const KEEP = [
  "pm.test('tokens came', () => pm.response.to.have.status(200));",
  'const tokens = pm.response.json();',
  "for (const name of ['id_token', 'access_token', 'refresh_token']) {",
  '  if (tokens[name]) pm.environment.set(name, tokens[name]);',
  '}',
];

// Postman puts variables into a query as they are.
const ENCODE = [
  "for (const name of ['client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'code_challenge']) {",
  '  pm.variables.set(`${name}_encoded`, encodeURIComponent(pm.environment.get(name)));',
  '}',
];

const expectOk = ["pm.test('it worked', () => pm.response.to.have.status(200));"];

export function collection(target) {
  const self = placeholders(target.clientSecret !== null);
  const exchange = { code: variable('code'), redirectUri: variable('redirect_uri'), codeVerifier: variable('code_verifier') };
  const asked = [
    ['client_id', variable('client_id_encoded')],
    ['response_type', 'code'],
    ...['redirect_uri', 'scope', 'state', 'nonce', 'code_challenge'].map((name) => [name, variable(`${name}_encoded`)]),
    ['code_challenge_method', 'S256'],
  ];
  return {
    info: {
      name: `Cognito sign-in: ${target.clientName}`,
      description: 'Open the address of the first request in a browser, sign in, and put the code into the environment. Then send the others in their order.',
      schema: SCHEMA,
    },
    item: [
      item(authorizeRequest(self, asked), expectOk, ENCODE),
      item(exchangeRequest(self, exchange), KEEP),
      item(userInfoRequest(self, variable('access_token')), expectOk),
      item(getUserRequest(self, variable('access_token')), expectOk),
      item(refreshRequest(self, variable('refresh_token')), KEEP),
      item(revokeRequest(self, variable('refresh_token')), expectOk),
    ],
  };
}

function item(request, script, before = null) {
  return {
    name: request.name,
    event: [event('test', script), ...(before ? [event('prerequest', before)] : [])],
    request: {
      method: request.method,
      header: Object.entries(request.headers).map(([key, value]) => ({ key, value })),
      url: url(request),
      ...(request.basic ? { auth: { type: 'basic', basic: basic(request.basic) } } : {}),
      ...(request.form ? { body: { mode: 'urlencoded', urlencoded: request.form.map(([key, value]) => ({ key, value, type: 'text' })) } } : {}),
      ...(request.json !== undefined ? { body: { mode: 'raw', raw: JSON.stringify(request.json, null, 2), options: { raw: { language: 'json' } } } } : {}),
    },
  };
}

const event = (listen, exec) => ({ listen, script: { type: 'text/javascript', exec } });

function basic([username, password]) {
  return [{ key: 'username', value: username, type: 'string' }, { key: 'password', value: password, type: 'string' }];
}

// Host and path apart: Postman shows the query as a table.
function url({ url: raw, query = [] }) {
  const [host, ...path] = raw.split('/');
  const pairs = query.map(([key, value]) => ({ key, value }));
  const text = pairs.length === 0 ? raw : `${raw}?${pairs.map(({ key, value }) => `${key}=${value}`).join('&')}`;
  return { raw: text, host: [host], path, query: pairs };
}

// `more` holds what only a sign-in knows: code, verifier, tokens.
export function environment(target, more = {}) {
  const values = {
    domain: target.domain,
    api: target.api.replace(/\/$/, ''),
    region: target.region,
    client_id: target.clientId,
    client_secret: target.clientSecret ?? '',
    redirect_uri: target.redirectUri,
    scope: target.scopes.join(' '),
    state: '',
    nonce: '',
    code_challenge: '',
    code: '',
    code_verifier: '',
    id_token: '',
    access_token: '',
    refresh_token: '',
    ...more,
  };
  const secret = new Set(['client_secret', 'code', 'code_verifier', 'id_token', 'access_token', 'refresh_token']);
  return {
    name: `Cognito client ${target.clientName}`,
    values: Object.entries(values).map(([key, value]) => ({ key, value, type: secret.has(key) ? 'secret' : 'default', enabled: true })),
    _postman_variable_scope: 'environment',
  };
}
