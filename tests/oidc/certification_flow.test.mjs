// Modules of the Basic OP certification plan: the flow, the ID token, userInfo, client
// authentication. docs/oidc-conformance.md has a row for each.

import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';

import * as oidc from 'openid-client';

import { locationOf } from '../fixtures/scripted_browser.mjs';
import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { EMAIL, PHONE, begin, candidate, happyFlow, userInfo } from './certification.mjs';
import { CALLBACK, RelyingParty } from './relying_party.mjs';

const TIME_LIMIT = { signal: AbortSignal.timeout(60_000) };

// Asserts what the plan asks of every ID token.
function assertIdToken(party, tokens) {
  const claims = tokens.claims();
  assert.equal(claims.iss, party.pool.issuer);
  assert.equal(claims.aud, party.client.id);
  assert.ok(claims.sub.length <= 255);
  for (const name of ['iat', 'exp', 'auth_time']) assert.ok(Number.isInteger(claims[name]), name);
  assert.ok(claims.exp > claims.iat && claims.auth_time <= claims.iat);
}

test('oidcc-server: the code flow ends in tokens whose ID token holds', async (t) => {
  const party = await candidate(t);
  const tokens = await happyFlow(party);
  assertIdToken(party, tokens);
  assert.equal(tokens.token_type.toLowerCase(), 'bearer');
  assert.ok(tokens.expires_in > 0 && tokens.access_token);
});

test('oidcc-server-client-secret-post: the secret is taken from the body too', async (t) => {
  const party = await candidate(t, {}, oidc.ClientSecretPost);
  assertIdToken(party, await happyFlow(party));
});

test('oidcc-idtoken-signature: the key of the ID token is in the key set', async (t) => {
  const party = await candidate(t);
  const { id_token } = await happyFlow(party);
  const [header, payload, signature] = id_token.split('.');
  const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url'));
  assert.equal(alg, 'RS256');
  const { jwks_uri } = party.configuration.serverMetadata();
  const { keys } = await (await fetch(jwks_uri, TIME_LIMIT)).json();
  const [jwk, ...others] = keys.filter((key) => key.kid === kid);
  assert.deepEqual(others, []);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const holds = (text) =>
    verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  assert.ok(holds(`${header}.${payload}`));
  assert.ok(!holds(`${header}.${payload}A`));
});

test('oidcc-idtoken-unsigned: unsigned ID tokens are neither offered nor given', async (t) => {
  const party = await candidate(t);
  const { id_token_signing_alg_values_supported: offered } = party.configuration.serverMetadata();
  assert.deepEqual(offered, ['RS256']);
  const { id_token } = await happyFlow(party, { id_token_signed_response_alg: 'none' });
  assert.ok(id_token.split('.')[2].length > 0);
});

test('oidcc-response-type-missing: the application is told', async (t) => {
  const party = await candidate(t);
  const { url, checks } = await begin(party, { response_type: undefined });
  const callback = locationOf((await party.browser.open(url)).response);
  assert.equal(callback.searchParams.get('error'), 'invalid_request');
  assert.equal(callback.searchParams.get('state'), checks.expectedState);
});

test('oidcc-userinfo-get: claims come by GET, verified flags as text', async (t) => {
  const party = await candidate(t);
  const info = await userInfo(party, await happyFlow(party));
  assert.equal(info.name, 'Zoë Alba Quinn');
  assert.equal(info.email_verified, 'true');
});

// Posts to the userInfo endpoint.
function postUserInfo(party, headers, body) {
  const { userinfo_endpoint } = party.configuration.serverMetadata();
  return fetch(userinfo_endpoint, { method: 'POST', headers, body, ...TIME_LIMIT });
}

test('oidcc-userinfo-post-header: claims come by POST with the token in the header', async (t) => {
  const party = await candidate(t);
  const tokens = await happyFlow(party);
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const answer = await postUserInfo(party, headers);
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).sub, tokens.claims().sub);
});

test('oidcc-userinfo-post-body: a token in the body is not looked at', async (t) => {
  const party = await candidate(t);
  const { access_token } = await happyFlow(party);
  const answer = await postUserInfo(party, {}, new URLSearchParams({ access_token }));
  assert.equal(answer.status, 400);
  assert.equal((await answer.json()).error, 'invalid_request');
});

test('oidcc-ensure-request-without-nonce-succeeds-for-code-flow: no nonce, no claim', async (t) => {
  const party = await candidate(t);
  const tokens = await happyFlow(party, { nonce: undefined });
  assert.equal(tokens.claims().nonce, undefined);
});

test('oidcc-ensure-registered-redirect-uri: another address gets an error page', async (t) => {
  const party = await candidate(t);
  const { url } = await begin(party, { redirect_uri: `${CALLBACK}?x=1` });
  const { address, response } = await party.browser.open(url);
  assert.equal(address.origin + address.pathname, `${ENDPOINT}/error`);
  assert.equal(response.status, 400);
  assert.match(await response.text(), /redirect_mismatch/);
});

test('oidcc-ensure-post-request-succeeds: the request may be posted', async (t) => {
  const party = await candidate(t);
  const { url, checks } = await begin(party);
  const endpoint = new URL(url.pathname, url);
  const posted = await party.browser.post(endpoint, Object.fromEntries(url.searchParams));
  const callback = await party.signIn(locationOf(posted), party.username);
  assertIdToken(party, await party.exchange(callback, checks));
});

test('oidcc-ensure-request-with-valid-pkce-succeeds: PKCE goes through', async (t) => {
  const party = await candidate(t);
  assertIdToken(party, await party.tokens(party.username, { scope: 'openid' }));
});

test('oidcc-codereuse: a code that comes again at once is refused', async (t) => {
  const party = await candidate(t);
  const { url, checks } = await begin(party);
  const callback = await party.signIn(url, party.username);
  await party.exchange(callback, checks);
  await assert.rejects(party.exchange(callback, checks), { error: 'invalid_grant', status: 400 });
});

test('oidcc-refresh-token: it renews the tokens, and for its own client only', async (t) => {
  const party = await candidate(t);
  const tokens = await happyFlow(party);
  const other = await RelyingParty.join(party.pool, { GenerateSecret: true });
  await assert.rejects(oidc.refreshTokenGrant(other.configuration, tokens.refresh_token), {
    error: 'invalid_grant',
    status: 400,
  });
  const renewed = await oidc.refreshTokenGrant(party.configuration, tokens.refresh_token);
  const [before, after] = [tokens.claims(), renewed.claims()];
  for (const name of ['iss', 'sub', 'aud', 'auth_time']) assert.equal(after[name], before[name]);
  assert.equal((await userInfo(party, renewed)).sub, before.sub);
});

test('oidcc-scope-email: the address is told, its flag as text by userInfo', async (t) => {
  const party = await candidate(t);
  const tokens = await happyFlow(party, { scope: 'openid email' });
  const { email, email_verified, name } = tokens.claims();
  assert.deepEqual([email, email_verified, name], [EMAIL.email, true, undefined]);
  const { sub, username, ...info } = await userInfo(party, tokens);
  assert.deepEqual(info, EMAIL);
});

test('oidcc-scope-phone: the number is told, its flag as text by userInfo', async (t) => {
  const party = await candidate(t);
  const { sub, username, ...info } = await userInfo(
    party,
    await happyFlow(party, { scope: 'openid phone' }),
  );
  assert.deepEqual(info, PHONE);
});

test('oidcc-ensure-other-scope-order-succeeds: no order matters', async (t) => {
  const party = await candidate(t);
  const { url, checks } = await begin(party, { scope: 'email openid' });
  const turned = new URL(url.pathname, url);
  turned.search = new URLSearchParams([...url.searchParams].reverse());
  const tokens = await party.exchange(await party.signIn(turned, party.username), checks);
  assert.equal((await userInfo(party, tokens)).email, EMAIL.email);
});
