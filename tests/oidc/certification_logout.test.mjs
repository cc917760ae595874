// The Config OP certification plan, and the RP-Initiated Logout plan as far as the service has a
// way out: it knows `logout_uri`, not `post_logout_redirect_uri`. docs/oidc-conformance.md has a
// row for each.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { locationOf } from '../fixtures/scripted_browser.mjs';
import { candidate, happyFlow, begin } from './certification.mjs';
import { LOGGED_OUT } from './relying_party.mjs';

const ENDPOINTS = ['authorization', 'token', 'userinfo', 'end_session', 'revocation'];

test('oidcc-discovery-endpoint-verification: what the document says is there', async (t) => {
  const party = await candidate(t);
  const answer = await fetch(`${party.pool.issuer}/.well-known/openid-configuration`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  const document = await answer.json();
  assert.equal(document.issuer, party.pool.issuer);
  for (const name of ENDPOINTS) assert.ok(URL.canParse(document[`${name}_endpoint`]), name);
  assert.ok(document.response_types_supported.includes('code'));
  assert.ok(document.subject_types_supported.includes('public'));
  assert.ok(document.id_token_signing_alg_values_supported.includes('RS256'));
  assert.ok(document.scopes_supported.includes('openid'));
  assert.notEqual(document.grant_types_supported?.length, 0);
  const { keys } = await (await fetch(document.jwks_uri)).json();
  assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length);
  for (const { kty, use, alg, n, e, ...rest } of keys) {
    assert.deepEqual([kty, use, alg, e], ['RSA', 'sig', 'RS256', 'AQAB']);
    assert.equal(Buffer.from(n, 'base64url').length, 256);
    assert.deepEqual(Object.keys(rest), ['kid'], 'no private part');
  }
});

test('oidcc-rp-initiated-logout-discovery-endpoint-verification: an address is named', async (t) => {
  const { configuration } = await candidate(t);
  assert.ok(URL.canParse(configuration.serverMetadata().end_session_endpoint));
});

// Signs in, then asks to be signed out; the browser is signed out whatever is answered.
async function signOut(t, parameters) {
  const party = await candidate(t);
  const tokens = await happyFlow(party);
  const url = new URL(party.configuration.serverMetadata().end_session_endpoint);
  const asked = { client_id: party.client.id, ...parameters(tokens) };
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const opened = await party.browser.open(url);
  const { url: silent } = await begin(party, { prompt: 'none' });
  const callback = locationOf((await party.browser.open(silent)).response);
  return { ...opened, error: callback.searchParams.get('error') };
}

const registered = { logout_uri: LOGGED_OUT };

const followed = [
  ['oidcc-rp-initiated-logout: the browser goes on', ({ id_token }) => ({
    ...registered, id_token_hint: id_token, state: 's',
  })],
  ['oidcc-rp-initiated-logout-no-state: the browser goes on', ({ id_token }) => ({
    ...registered, id_token_hint: id_token,
  })],
  ['oidcc-rp-initiated-logout-no-id-token-hint: the browser goes on', () => registered],
  ['oidcc-rp-initiated-logout-modified-id-token-hint: no hint is read', ({ id_token }) => ({
    ...registered, id_token_hint: `${id_token.slice(0, -8)}AAAAAAAA`,
  })],
  ['oidcc-rp-initiated-logout-bad-id-token-hint: no hint is read', () => ({
    ...registered, id_token_hint: 'no.id.token',
  })],
];

for (const [name, parameters] of followed) {
  test(name, async (t) => {
    const { response, error } = await signOut(t, parameters);
    assert.equal(response.status, 302);
    assert.equal(response.headers.get('location'), LOGGED_OUT);
    assert.equal(error, 'login_required');
  });
}

const stayed = [
  ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri: an error page', () => ({
    logout_uri: 'http://localhost:3999/other', post_logout_redirect_uri: LOGGED_OUT,
  })],
  ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri: an error page', () => ({
    logout_uri: `${LOGGED_OUT}?foo=bar`,
  })],
  ['oidcc-rp-initiated-logout-no-post-logout-redirect-uri: an error page', ({ id_token }) => ({
    id_token_hint: id_token,
  })],
  ['oidcc-rp-initiated-logout-only-state: an error page', () => ({ state: 's' })],
];

for (const [name, parameters] of stayed) {
  test(name, async (t) => {
    const { address, response, error } = await signOut(t, parameters);
    assert.equal(address.pathname, '/error');
    assert.equal(response.status, 400);
    assert.equal(error, 'login_required', 'the browser is signed out all the same');
  });
}

test('oidcc-rp-initiated-logout-no-params: nobody is signed out without a client', async (t) => {
  const { address, response, error } = await signOut(t, () => ({ client_id: undefined }));
  assert.equal(address.pathname, '/error');
  assert.equal(response.status, 400);
  assert.equal(error, null);
});
