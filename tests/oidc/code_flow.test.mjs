// The authorization code flow with PKCE, by a certified relying party.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as oidc from 'openid-client';

import { cognito } from '../fixtures/user_pool.mjs';
import { CALLBACK, RelyingParty } from './relying_party.mjs';

const ways = [
  ['a public client', {}, oidc.None],
  ['a confidential client by Basic', { GenerateSecret: true }, oidc.ClientSecretBasic],
  ['a confidential client by post', { GenerateSecret: true }, oidc.ClientSecretPost],
];

for (const [way, settings, authentication] of ways) {
  test(`${way} gets three tokens whose claims are as asked`, async (t) => {
    const party = await RelyingParty.create(t, settings, authentication);
    const username = await party.pool.createUser(undefined, {
      email: 'quinn@example.com',
      email_verified: 'true',
    });
    const tokens = await party.tokens(username);
    assert.ok(tokens.access_token && tokens.id_token && tokens.refresh_token);
    assert.equal(tokens.expires_in, 3600);
    const claims = tokens.claims();
    assert.equal(claims.iss, party.pool.issuer);
    assert.equal(claims.aud, party.client.id);
    assert.equal(claims.token_use, 'id');
    assert.equal(claims['cognito:username'], username);
    assert.equal(claims.email, 'quinn@example.com');
    assert.equal(claims.email_verified, true);
    assert.ok(claims.at_hash);
  });
}

test('discovery names the endpoints of this server', async (t) => {
  const { pool, configuration } = await RelyingParty.create(t);
  const metadata = configuration.serverMetadata();
  assert.equal(metadata.issuer, pool.issuer);
  assert.deepEqual(metadata.response_types_supported, ['code', 'token']);
  assert.deepEqual(metadata.token_endpoint_auth_methods_supported, [
    'client_secret_basic',
    'client_secret_post',
  ]);
  assert.ok(metadata.end_session_endpoint.endsWith('/logout'));
});

test('userInfo tells the claims of the scopes, verified flags as text', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser(undefined, {
    email: 'rose@example.com',
    email_verified: 'true',
    name: 'Rose',
  });
  const tokens = await party.tokens(username);
  const { sub } = tokens.claims();
  const info = await oidc.fetchUserInfo(party.configuration, tokens.access_token, sub);
  assert.equal(info.username, username);
  assert.equal(info.email, 'rose@example.com');
  assert.equal(info.email_verified, 'true');
  assert.equal(info.name, undefined);
});

test('a refresh renews the tokens and keeps the time of the sign-in', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  const tokens = await party.tokens(username);
  const renewed = await oidc.refreshTokenGrant(party.configuration, tokens.refresh_token);
  assert.equal(renewed.refresh_token, undefined);
  assert.notEqual(renewed.access_token, tokens.access_token);
  assert.equal(renewed.claims().auth_time, tokens.claims().auth_time);
  assert.equal(renewed.claims().origin_jti, tokens.claims().origin_jti);
});

test('s29 a revoked refresh token takes its access token with it', async (t) => {
  const party = await RelyingParty.create(t, { GenerateSecret: true });
  const tokens = await party.tokens(await party.pool.createUser());
  await oidc.tokenRevocation(party.configuration, tokens.refresh_token);
  await oidc.tokenRevocation(party.configuration, tokens.refresh_token);
  await assert.rejects(oidc.refreshTokenGrant(party.configuration, tokens.refresh_token), {
    error: 'invalid_grant',
    status: 400,
  });
  const { sub } = tokens.claims();
  await assert.rejects(
    oidc.fetchUserInfo(party.configuration, tokens.access_token, sub),
    (error) => error.cause?.status === 401 || error.status === 401,
  );
});

test('s17 the nonce comes back, and another one is refused by the client', async (t) => {
  const party = await RelyingParty.create(t);
  const { url, checks } = await party.begin({ nonce: 'n-0S6_WzA2Mj' });
  const callback = await party.signIn(url, await party.pool.createUser());
  const tokens = await party.exchange(callback, { ...checks, expectedNonce: 'n-0S6_WzA2Mj' });
  assert.equal(tokens.claims().nonce, 'n-0S6_WzA2Mj');
});

test('s16 the state comes back byte for byte', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  for (const state of ['a&b=c#d', '%00 %2F+', 'zoë 日本 😀', '{"to":"/a"}', 's'.repeat(4096)]) {
    const { url } = await party.begin({ state, prompt: 'login' });
    const callback = await party.signIn(url, username);
    assert.equal(callback.searchParams.get('state'), state);
  }
});

test('without openid there is no ID token, and userInfo is closed', async (t) => {
  const party = await RelyingParty.create(t, {
    AllowedOAuthScopes: ['openid', 'aws.cognito.signin.user.admin'],
  });
  const { url, checks } = await party.begin({ scope: 'aws.cognito.signin.user.admin', nonce: '' });
  const callback = await party.signIn(url, await party.pool.createUser());
  const tokens = await party.exchange(callback, { ...checks, expectedNonce: undefined });
  assert.equal(tokens.id_token, undefined);
  assert.ok(tokens.refresh_token);
  await assert.rejects(
    oidc.fetchUserInfo(party.configuration, tokens.access_token, oidc.skipSubjectCheck),
  );
  assert.ok(await cognito.getUser({ AccessToken: tokens.access_token }));
});

test('s18 a wrong or missing code verifier is refused', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  for (const pkceCodeVerifier of [oidc.randomPKCECodeVerifier(), undefined]) {
    const { url, checks } = await party.begin({ prompt: 'login' });
    const callback = await party.signIn(url, username);
    await assert.rejects(party.exchange(callback, { ...checks, pkceCodeVerifier }), {
      error: 'invalid_grant',
      status: 400,
    });
  }
});

test('s18 the plain method is refused at the start', async (t) => {
  const party = await RelyingParty.create(t);
  const { url, checks } = await party.begin({ code_challenge_method: 'plain' });
  const { address, response } = await party.browser.open(url);
  const callback = new URL(response.headers.get('location'), address);
  assert.equal(callback.origin + callback.pathname, CALLBACK);
  await assert.rejects(party.exchange(callback, checks), { error: 'invalid_request' });
});

test('s19 a code is used once', async (t) => {
  const party = await RelyingParty.create(t);
  const { url, checks } = await party.begin();
  const callback = await party.signIn(url, await party.pool.createUser());
  await party.exchange(callback, checks);
  await assert.rejects(party.exchange(callback, checks), { error: 'invalid_grant', status: 400 });
});

test('s19 of many exchanges of one code at the same time one succeeds', async (t) => {
  const party = await RelyingParty.create(t);
  const { url, checks } = await party.begin();
  const callback = await party.signIn(url, await party.pool.createUser());
  const attempts = Array.from({ length: 20 }, () => party.exchange(callback, checks));
  const outcomes = await Promise.allSettled(attempts);
  const granted = outcomes.filter(({ status }) => status === 'fulfilled');
  assert.equal(granted.length, 1);
});

test('s26 another client cannot use a code, and it stays good for its own', async (t) => {
  const party = await RelyingParty.create(t, { GenerateSecret: true });
  const thief = await RelyingParty.join(party.pool, { GenerateSecret: true });
  const { url, checks } = await party.begin();
  const callback = await party.signIn(url, await party.pool.createUser());
  await assert.rejects(thief.exchange(callback, checks), { error: 'invalid_grant', status: 400 });
  assert.ok(await party.exchange(callback, checks));
});

test('s25 a wrong client secret is refused', async (t) => {
  const party = await RelyingParty.create(t, { GenerateSecret: true });
  const { url, checks } = await party.begin();
  const callback = await party.signIn(url, await party.pool.createUser());
  const honest = party.configuration;
  party.configuration = new oidc.Configuration(
    honest.serverMetadata(),
    party.client.id,
    undefined,
    oidc.ClientSecretPost('not-the-secret'),
  );
  oidc.allowInsecureRequests(party.configuration);
  await assert.rejects(party.exchange(callback, checks), { error: 'invalid_client', status: 400 });
  party.configuration = honest;
  assert.ok(await party.exchange(callback, checks));
});
