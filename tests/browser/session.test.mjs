// Cookies in a real browser: silent sign-in, prompt, logout, and pages of other origins.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';

async function signedIn(t) {
  const app = await App.create(t);
  await app.window.goto(app.signInUrl());
  await app.submit();
  await app.isDone();
  return app;
}

test('s20 a second sign-in needs no password', async (t) => {
  const app = await signedIn(t);
  await app.window.goto(app.signInUrl());
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('s20 prompt=login shows the page again', async (t) => {
  const app = await signedIn(t);
  await app.window.goto(app.signInUrl({ prompt: 'login' }));
  await app.submit();
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('logging out asks for the password again', async (t) => {
  const app = await signedIn(t);
  const query = new URLSearchParams({ client_id: app.client.id, logout_uri: `${app.origin}/bye` });
  await app.window.goto(`${ENDPOINT}/logout?${query}`);
  assert.equal(app.window.url(), `${app.origin}/bye`);
  await app.window.goto(app.signInUrl({ prompt: 'none', state: 'kept' }));
  await app.isDone();
  assert.equal(await app.shown('received-error'), 'login_required');
  assert.equal(await app.shown('received-state'), 'kept');
});

test('s53 no script reads the cookies', async (t) => {
  const app = await signedIn(t);
  await app.window.goto(app.signInUrl({ prompt: 'login' }));
  assert.equal(await app.window.evaluate(() => document.cookie), '');
  const cookies = await app.window.context().cookies(ENDPOINT);
  assert.ok(cookies.length >= 2);
  for (const cookie of cookies) {
    assert.ok(cookie.httpOnly, cookie.name);
    assert.ok(['Lax', 'Strict'].includes(cookie.sameSite), cookie.name);
  }
});

test('s75 a page that a developer visits does not own the server', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.origin);
  const outcomes = await app.window.evaluate(async (endpoint) => {
    const read = (path, options) =>
      fetch(endpoint + path, options).then(
        (answer) => answer.status,
        () => 'refused',
      );
    return {
      inbox: await read('/_poolhouse/inbox'),
      emptied: await read('/_poolhouse/inbox', { method: 'DELETE' }),
      page: await read('/login'),
    };
  }, ENDPOINT);
  assert.deepEqual(outcomes, { inbox: 'refused', emptied: 'refused', page: 'refused' });
});
