// The relying party of the certification plans: confidential, authenticated by Basic, without
// PKCE, and with a user who has every standard attribute.

import assert from 'node:assert/strict';

import * as oidc from 'openid-client';

import { locationOf } from '../fixtures/scripted_browser.mjs';
import { CALLBACK, RelyingParty } from './relying_party.mjs';

export const ALL_SCOPES = ['openid', 'profile', 'email', 'phone'];

// Claims of the scope profile, with what the user has of each.
export const PROFILE = {
  name: 'Zoë Alba Quinn',
  family_name: 'Quinn',
  given_name: 'Zoë',
  middle_name: 'Alba',
  nickname: 'Z',
  preferred_username: 'zoe',
  profile: 'https://example.com/zoe',
  picture: 'https://example.com/zoe.png',
  website: 'https://zoe.example.com',
  gender: 'female',
  birthdate: '1990-01-31',
  zoneinfo: 'Europe/Dublin',
  locale: 'ga-IE',
};

export const EMAIL = { email: 'zoe@example.com', email_verified: 'true' };
export const PHONE = { phone_number: '+12065550100', phone_number_verified: 'true' };

// Makes the relying party and its user.
export async function candidate(test, settings = {}, authentication = oidc.ClientSecretBasic) {
  const party = await RelyingParty.create(
    test,
    { GenerateSecret: true, AllowedOAuthScopes: ALL_SCOPES, ...settings },
    authentication,
  );
  const attributes = { ...PROFILE, ...EMAIL, ...PHONE };
  party.username = await party.pool.createUser(undefined, attributes);
  return party;
}

// Begins a sign-in as the plan does: without PKCE, and without what is given as undefined.
export async function begin(party, parameters = {}) {
  const { url, checks } = await party.begin({ scope: 'openid' });
  url.searchParams.delete('code_challenge');
  url.searchParams.delete('code_challenge_method');
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  const expectedNonce = url.searchParams.get('nonce') ?? undefined;
  return { url, checks: { expectedState: checks.expectedState, expectedNonce } };
}

// Goes through the flow on the sign-in page; the tokens, whose ID token was checked.
export async function happyFlow(party, parameters = {}, checks = {}) {
  const started = await begin(party, parameters);
  const callback = await party.signIn(started.url, party.username);
  return party.exchange(callback, { ...started.checks, ...checks });
}

// Opens a request in a browser that is signed in; the tokens, without a page between.
export async function silentFlow(party, parameters = {}, checks = {}) {
  const started = await begin(party, parameters);
  const { response } = await party.browser.open(started.url);
  const callback = locationOf(response);
  assert.equal(callback?.origin + callback?.pathname, CALLBACK, `${response.status}`);
  return party.exchange(callback, { ...started.checks, ...checks });
}

// The answer of the userInfo endpoint, its subject compared with the ID token's.
export function userInfo(party, tokens) {
  return oidc.fetchUserInfo(party.configuration, tokens.access_token, tokens.claims().sub);
}

// The page that a request leads to without having left the server.
export async function shownPage(party, parameters) {
  const { url } = await begin(party, parameters);
  const { address, response } = await party.browser.open(url);
  return { address, status: response.status, html: await response.text() };
}
