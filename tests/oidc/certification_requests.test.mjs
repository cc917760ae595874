// Modules of the Basic OP certification plan: scopes and parameters of the authorization request.
// docs/oidc-conformance.md has a row for each.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { locationOf } from '../fixtures/scripted_browser.mjs';
import {
  ALL_SCOPES,
  EMAIL,
  PHONE,
  PROFILE,
  begin,
  candidate,
  happyFlow,
  shownPage,
  silentFlow,
  userInfo,
} from './certification.mjs';
import { CALLBACK } from './relying_party.mjs';

test('oidcc-scope-profile: every attribute of the profile is told', async (t) => {
  const party = await candidate(t);
  const tokens = await happyFlow(party, { scope: 'openid profile' });
  const { sub, username, ...info } = await userInfo(party, tokens);
  assert.deepEqual(info, PROFILE);
});

test('oidcc-scope-address: the scope is not offered, and refused', async (t) => {
  const party = await candidate(t);
  assert.ok(!party.configuration.serverMetadata().scopes_supported.includes('address'));
  const { url } = await begin(party, { scope: 'openid address' });
  const callback = locationOf((await party.browser.open(url)).response);
  assert.equal(callback.searchParams.get('error'), 'invalid_scope');
});

test('oidcc-scope-all: all scopes that are offered come together', async (t) => {
  const party = await candidate(t);
  const { scopes_supported: offered } = party.configuration.serverMetadata();
  assert.deepEqual(offered.toSorted(), ALL_SCOPES.toSorted());
  const { sub, username, ...info } = await userInfo(
    party,
    await happyFlow(party, { scope: offered.join(' ') }),
  );
  assert.deepEqual(info, { ...PROFILE, ...EMAIL, ...PHONE });
});

// Parameters that change nothing: the sign-in page comes, and the flow ends as ever.
const harmless = [
  ['oidcc-display-page: display=page does no harm', { display: 'page' }],
  ['oidcc-display-popup: display=popup does no harm', { display: 'popup' }],
  [
    'oidcc-ensure-request-with-unknown-parameter-succeeds: it is not looked at',
    { extra: 'foobar' },
  ],
  ['oidcc-ui-locales: languages may be wished for', { ui_locales: 'se' }],
  ['oidcc-claims-locales: languages of claims may be wished for', { claims_locales: 'se' }],
];

for (const [name, parameters] of harmless) {
  test(name, async (t) => {
    const party = await candidate(t);
    const { status, html } = await shownPage(party, parameters);
    assert.equal(status, 200);
    assert.match(html, /signInFormUsername/);
    const tokens = await happyFlow(party, parameters);
    assert.equal(tokens.claims()['cognito:username'], party.username);
  });
}

test('oidcc-login-hint: the hint is in the field of the name', async (t) => {
  const party = await candidate(t);
  const parameters = { login_hint: 'buffy@example.com' };
  const { html } = await shownPage(party, parameters);
  const fields = html.match(/<input[^>]*signInFormUsername[^>]*>/g);
  assert.ok(fields.length > 0);
  for (const field of fields) assert.match(field, /value="buffy@example\.com"/);
  await happyFlow(party, parameters);
});

test('oidcc-ensure-request-with-acr-values-succeeds: no acr is claimed', async (t) => {
  const party = await candidate(t);
  const tokens = await happyFlow(party, { acr_values: '1 2' });
  assert.equal(tokens.claims().acr, undefined);
});

test('oidcc-claims-essential: the name is told to who asks for openid', async (t) => {
  const party = await candidate(t);
  const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
  const info = await userInfo(party, await happyFlow(party, { claims }));
  assert.equal(info.name, PROFILE.name);
});

test('oidcc-prompt-none-not-logged-in: login_required comes back', async (t) => {
  const party = await candidate(t);
  const { url, checks } = await begin(party, { prompt: 'none' });
  const callback = locationOf((await party.browser.open(url)).response);
  assert.equal(callback.searchParams.get('error'), 'login_required');
  assert.equal(callback.searchParams.get('state'), checks.expectedState);
  assert.equal(callback.searchParams.get('code'), null);
});

test('oidcc-prompt-none-logged-in: the same user comes without a page', async (t) => {
  const party = await candidate(t);
  const first = (await happyFlow(party)).claims();
  const second = (await silentFlow(party, { prompt: 'none' })).claims();
  assert.equal(second.sub, first.sub);
  assert.equal(second.auth_time, first.auth_time);
});

test('oidcc-id-token-hint: the user it names is signed in without a page', async (t) => {
  const party = await candidate(t);
  const first = await happyFlow(party);
  const parameters = { prompt: 'none', id_token_hint: first.id_token };
  const second = await silentFlow(party, parameters);
  assert.equal(second.claims().sub, first.claims().sub);
});

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// An unsigned request object that asks what the query asks.
function requestObject(url, changes = {}) {
  const members = { ...Object.fromEntries(url.searchParams), ...changes };
  return `${encode({ alg: 'none' })}.${encode(members)}.`;
}

test('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported: rejected', async (t) => {
  const party = await candidate(t);
  const { url, checks } = await begin(party);
  url.searchParams.set('request', requestObject(url));
  const callback = locationOf((await party.browser.open(url)).response);
  assert.equal(callback.searchParams.get('error'), 'request_not_supported');
  assert.equal(callback.searchParams.get('state'), checks.expectedState);
});

test('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported: rejected, not fetched', async (t) => {
  let isFetched = false;
  const server = createServer((_, response) => {
    isFetched = true;
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const party = await candidate(t);
  const request_uri = `http://127.0.0.1:${server.address().port}/request.jwt`;
  const { url } = await begin(party, { request_uri });
  const callback = locationOf((await party.browser.open(url)).response);
  assert.equal(callback.searchParams.get('error'), 'request_uri_not_supported');
  assert.equal(isFetched, false);
});

test('oidcc-ensure-request-object-with-redirect-uri: it cannot vouch for a wrong address', async (t) => {
  const party = await candidate(t);
  const { url } = await begin(party);
  url.searchParams.set('request', requestObject(url));
  url.searchParams.set('redirect_uri', `${CALLBACK}/other`);
  const { address, response } = await party.browser.open(url);
  assert.equal(address.pathname, '/error');
  assert.equal(response.status, 400);
  assert.match(await response.text(), /redirect_mismatch/);
});
