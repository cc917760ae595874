// Requests that a careful server refuses, and how the refusal reaches the relying party.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { locationOf } from '../fixtures/scripted_browser.mjs';
import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { CALLBACK, RelyingParty } from './relying_party.mjs';

test('s10 an address that is not registered letter for letter gets the error page', async (t) => {
  const party = await RelyingParty.create(t);
  const addresses = [
    `${CALLBACK}/`,
    `${CALLBACK}?a=b`,
    `${CALLBACK}#part`,
    'http://localhost:4000/callback',
    'http://LOCALHOST:3999/callback',
    'http://localhost.:3999/callback',
    'http://user@localhost:3999/callback',
    'http://localhost:3999/a/../callback',
    'https://evil.example/callback',
    'javascript:alert(1)',
  ];
  for (const redirect_uri of addresses) {
    const { url } = await party.begin({ redirect_uri });
    const { address, response } = await party.browser.open(url);
    assert.equal(response.status, 400, redirect_uri);
    assert.equal(address.pathname, '/error', redirect_uri);
    assert.equal(address.searchParams.get('error'), 'redirect_mismatch', redirect_uri);
    const page = await response.text();
    assert.match(page, /An error was encountered with the requested page\./);
    assert.match(page, /redirect_mismatch/);
  }
});

test('s11 an unknown client gets the error page', async (t) => {
  const party = await RelyingParty.create(t);
  const { url } = await party.begin();
  url.searchParams.set('client_id', 'nobody');
  const { address, response } = await party.browser.open(url);
  assert.equal(response.status, 400);
  assert.equal(address.pathname, '/error');
});

const redirected = [
  ['a response type that does not exist', { response_type: 'id_token token' }, 'invalid_request'],
  ['a flow that is not enabled', { response_type: 'token' }, 'unauthorized_client'],
  ['a scope that is not enabled', { scope: 'openid phone' }, 'invalid_scope'],
  ['a scope that does not exist', { scope: 'openid offline_access' }, 'invalid_scope'],
];

for (const [what, parameters, error] of redirected) {
  test(`${what} comes back as ${error} with the state`, async (t) => {
    const party = await RelyingParty.create(t);
    const { url, checks } = await party.begin(parameters);
    const callback = locationOf((await party.browser.open(url)).response);
    assert.equal(callback.origin + callback.pathname, CALLBACK);
    assert.equal(callback.searchParams.get('error'), error);
    assert.equal(callback.searchParams.get('state'), checks.expectedState);
  });
}

test('s13 a parameter given twice is refused', async (t) => {
  const party = await RelyingParty.create(t);
  for (const name of ['client_id', 'redirect_uri', 'scope', 'state']) {
    const { url } = await party.begin();
    url.searchParams.append(name, url.searchParams.get(name));
    const { response } = await party.browser.open(url);
    const error = locationOf(response)?.searchParams.get('error');
    assert.ok(response.status === 400 || error === 'invalid_request', name);
  }
});

// Posts to the token endpoint as a plain script would.
async function exchange(fields, headers = {}) {
  const response = await fetch(`${ENDPOINT}/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(15_000),
  });
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.match(response.headers.get('cache-control'), /no-store/);
  return { status: response.status, body: await response.json() };
}

async function codeOf(party) {
  const { url, checks } = await party.begin({ prompt: 'login' });
  const callback = await party.signIn(url, await party.pool.createUser());
  return { code: callback.searchParams.get('code'), verifier: checks.pkceCodeVerifier };
}

test('the token endpoint names what is wrong', async (t) => {
  const party = await RelyingParty.create(t);
  const { code, verifier } = await codeOf(party);
  const good = {
    grant_type: 'authorization_code',
    client_id: party.client.id,
    redirect_uri: CALLBACK,
    code,
    code_verifier: verifier,
  };
  const { grant_type: _, ...noGrant } = good;
  const { code: __, ...noCode } = good;
  const cases = [
    [noGrant, 'invalid_request'],
    [{ ...good, grant_type: 'password' }, 'unsupported_grant_type'],
    [noCode, 'invalid_request'],
    [{ ...good, client_id: 'nobody' }, 'invalid_client'],
    [{ ...good, code: '7378f445-c87f-400c-855e-0297d072ff03' }, 'invalid_grant'],
    [{ ...good, redirect_uri: `${CALLBACK}/` }, 'unauthorized_client'],
  ];
  for (const [fields, error] of cases) {
    const answer = await exchange(fields);
    assert.equal(answer.status, 400, error);
    assert.equal(answer.body.error, error);
  }
});

test('s25 a secret by both ways at once is refused', async (t) => {
  const party = await RelyingParty.create(t, { GenerateSecret: true });
  const { code, verifier } = await codeOf(party);
  const { id, secret } = party.client;
  const fields = {
    grant_type: 'authorization_code',
    client_id: id,
    client_secret: secret,
    redirect_uri: CALLBACK,
    code,
    code_verifier: verifier,
  };
  const basic = Buffer.from(`${id}:${secret}`).toString('base64');
  const answer = await exchange(fields, { authorization: `Basic ${basic}` });
  assert.equal(answer.status, 400);
  assert.ok(['invalid_request', 'invalid_client'].includes(answer.body.error), answer.body.error);
});

test('s25 a confidential client without its secret is refused', async (t) => {
  const party = await RelyingParty.create(t, { GenerateSecret: true });
  const { code, verifier } = await codeOf(party);
  const answer = await exchange({
    grant_type: 'authorization_code',
    client_id: party.client.id,
    redirect_uri: CALLBACK,
    code,
    code_verifier: verifier,
  });
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error, 'invalid_client');
});

test('parameters of the token endpoint may stand in the query', async (t) => {
  const party = await RelyingParty.create(t);
  const { code, verifier } = await codeOf(party);
  const query = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  });
  const response = await fetch(`${ENDPOINT}/oauth2/token?${query}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: party.client.id }),
    signal: AbortSignal.timeout(15_000),
  });
  assert.equal(response.status, 200);
  assert.ok((await response.json()).id_token);
});

test('s32 userInfo refuses what is no access token of this pool', async (t) => {
  const party = await RelyingParty.create(t);
  const tokens = await party.tokens(await party.pool.createUser());
  const cases = [
    [{}, 400, /invalid_request/],
    [{ authorization: 'Bearer garbage' }, 401, /invalid_token/],
    [{ authorization: `Bearer ${tokens.id_token}` }, 401, /invalid_token/],
    [{ authorization: `Bearer ${tokens.access_token.slice(0, -4)}AAAA` }, 401, /invalid_token/],
  ];
  for (const [headers, status, challenge] of cases) {
    const response = await fetch(`${ENDPOINT}/oauth2/userInfo`, {
      headers,
      signal: AbortSignal.timeout(15_000),
    });
    assert.equal(response.status, status);
    assert.match(response.headers.get('www-authenticate'), challenge);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  }
});

test('s54 a form without the token of its browser signs nobody in', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  const { url } = await party.begin();
  const { address } = await party.browser.open(url);
  const fields = { _csrf: '7378f445-c87f-400c-855e-0297d072ff03', username, password: 'any' };
  const response = await party.browser.post(address, fields);
  assert.equal(locationOf(response)?.searchParams.get('code') ?? null, null);
});
