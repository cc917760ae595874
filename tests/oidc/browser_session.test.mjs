// What the browser remembers between sign-ins, and how it forgets.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as oidc from 'openid-client';

import { locationOf } from '../fixtures/scripted_browser.mjs';
import { LOGGED_OUT, RelyingParty } from './relying_party.mjs';

test('s20 a second sign-in is silent, and prompt=login asks again', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  const first = (await party.tokens(username)).claims();

  const silent = await party.begin();
  const { response, address } = await party.browser.open(silent.url);
  const callback = new URL(response.headers.get('location'), address);
  const second = (await party.exchange(callback, silent.checks)).claims();
  assert.equal(second.sub, first.sub);
  assert.equal(second.auth_time, first.auth_time);

  const asked = await party.begin({ prompt: 'login' });
  assert.equal((await party.browser.open(asked.url)).response.status, 200);
});

test('s20 prompt=none answers login_required without a session', async (t) => {
  const party = await RelyingParty.create(t);
  const { url, checks } = await party.begin({ prompt: 'none' });
  const { response } = await party.browser.open(url);
  const callback = locationOf(response);
  assert.equal(callback.searchParams.get('state'), checks.expectedState);
  await assert.rejects(party.exchange(callback, checks), { error: 'login_required' });
});

test('s20 a session older than max_age asks for the password again', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  await party.tokens(username);
  const { url } = await party.begin({ max_age: '0' });
  assert.equal((await party.browser.open(url)).response.status, 200);
});

test('the session of one client signs in at another of the pool', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  await party.tokens(username);
  const other = await RelyingParty.join(party.pool);
  other.browser = party.browser;
  const { url, checks } = await other.begin({ prompt: 'none' });
  const { response } = await other.browser.open(url);
  const tokens = await other.exchange(locationOf(response), checks);
  assert.equal(tokens.claims()['cognito:username'], username);
});

test('logging out ends the session and leads to the registered address', async (t) => {
  const party = await RelyingParty.create(t);
  const username = await party.pool.createUser();
  await party.tokens(username);
  const url = oidc.buildEndSessionUrl(party.configuration, { logout_uri: LOGGED_OUT });
  const response = await party.browser.get(url);
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('location'), LOGGED_OUT);
  const { url: silent, checks } = await party.begin({ prompt: 'none' });
  const callback = locationOf((await party.browser.open(silent)).response);
  await assert.rejects(party.exchange(callback, checks), { error: 'login_required' });
});

test('s15 an unregistered logout address is not followed', async (t) => {
  const party = await RelyingParty.create(t);
  for (const logout_uri of ['https://evil.example/', `${LOGGED_OUT}/`, `${LOGGED_OUT}?a=b`]) {
    const url = oidc.buildEndSessionUrl(party.configuration, { logout_uri });
    const { response } = await party.browser.open(url);
    assert.equal(response.headers.get('location'), null);
    assert.equal(response.status, 400);
    const page = (await response.text()).replaceAll('&#39;', "'");
    assert.match(page, /Required String parameter 'redirect_uri' is not present/);
  }
});
