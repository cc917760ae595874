// A page on another origin signs in on the hosted page and exchanges the code by axios.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { App } from './app.mjs';

test('a React app with axios gets three tokens', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.origin);
  await app.window.locator('#sign-in').click();
  await app.submit();
  await app.isDone();
  assert.equal(new URL(app.window.url()).pathname, '/callback');
  assert.match(await app.shown('received-code'), /^[0-9a-f-]{36}$/);
  assert.equal(await app.shown('token_type'), 'Bearer');
  assert.equal(await app.shown('expires_in'), '3600');
  assert.equal((await app.shown('refresh_token')).split('.').length, 5);
  const id = app.claims(await app.shown('id_token'));
  assert.equal(id.aud, app.client.id);
  assert.equal(id.email, 'sam@example.com');
  assert.deepEqual(
    Object.keys(id)
      .filter((name) => ['at_hash', 'sub', 'iss', 'event_id', 'exp'].includes(name))
      .sort(),
    ['at_hash', 'event_id', 'exp', 'iss', 'sub'],
  );
  const access = app.claims(await app.shown('access_token'));
  assert.equal(access.client_id, app.client.id);
  assert.equal(access.version, 2);
  assert.deepEqual(access.scope.split(' ').sort(), ['email', 'openid']);
});

test('the address of the sign-in page can be linked to directly', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.signInUrl({}, '/login'));
  await app.submit();
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('s19 a page that is loaded again can read why its code is refused', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.signInUrl());
  await app.submit();
  await app.isDone();
  await app.window.reload();
  await app.isDone();
  assert.equal(await app.shown('failed-status'), '400');
  assert.equal(await app.shown('failed-error'), 'invalid_grant');
});

test('s10 an address that is not registered shows the error page', async (t) => {
  const app = await App.create(t);
  const response = await app.window.goto(app.signInUrl({ redirect_uri: `${app.callback}/` }));
  assert.equal(response.status(), 400);
  const address = new URL(app.window.url());
  assert.equal(address.pathname, '/error');
  assert.equal(address.searchParams.get('error'), 'redirect_mismatch');
  const text = await app.window.locator('body').textContent();
  assert.match(text, /An error was encountered with the requested page\./);
});

test('the implicit grant brings the tokens in the fragment', async (t) => {
  const app = await App.create(t, { AllowedOAuthFlows: ['implicit'] });
  await app.window.goto(app.signInUrl({ response_type: 'token', state: 'a&b' }));
  await app.submit();
  await app.isDone();
  assert.equal(new URL(app.window.url()).search, '');
  assert.equal(app.claims(await app.shown('received-id_token')).aud, app.client.id);
  assert.ok(await app.shown('received-access_token'));
  assert.equal((await app.shown('received-token_type')).toLowerCase(), 'bearer');
  assert.equal(await app.shown('received-expires_in'), '3600');
  assert.equal(await app.shown('received-state'), 'a&b');
  assert.equal(await app.shown('received-refresh_token'), null);
});
