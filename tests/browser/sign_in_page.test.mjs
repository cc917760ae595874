// The sign-in page in a real browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { typeInto } from '../fixtures/keyboard.mjs';
import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { openWindow } from './chromium.mjs';

test('a wrong password stays on the page, says so, and the right one then signs in', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.signInUrl());
  await app.submit('Wrong-horse-7');
  const notice = app.window.locator('.errorMessage-customizable:visible').first();
  await notice.waitFor();
  assert.match(await notice.textContent(), /Incorrect username or password\./);
  assert.equal(new URL(app.window.url()).origin, new URL(ENDPOINT).origin);
  await app.submit();
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('the page works without JavaScript', async (t) => {
  const app = await App.create(t);
  app.window = await openWindow(t, { javaScriptEnabled: false });
  await app.window.goto(app.signInUrl());
  await app.submit();
  await app.window.waitForURL(`${app.callback}?code=*`);
});

test('the page can be used with the keyboard alone', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.signInUrl());
  await typeInto(app.window, 'signInFormUsername', app.username);
  await app.window.keyboard.press('Tab');
  const focused = await app.window.evaluate(() => document.activeElement.id);
  assert.equal(focused, 'signInFormPassword');
  await typeInto(app.window, 'signInFormPassword', 'Correct-horse-7');
  await app.window.keyboard.press('Enter');
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('every field of the page has a label', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.signInUrl());
  const unlabelled = await app.window.evaluate(() =>
    [...document.querySelectorAll('input:not([type=hidden]):not([type=submit i])')]
      .filter((input) => input.labels.length === 0 && !input.getAttribute('aria-label'))
      .map((input) => input.id),
  );
  assert.deepEqual(unlabelled, []);
  assert.ok(await app.window.evaluate(() => document.documentElement.lang));
});

test('s51 what a link carries is never run on the page', async (t) => {
  const app = await App.create(t);
  const payload = '"><script>window.hacked=1</script><img src=x onerror=window.hacked=1>';
  const parameters = { state: payload, login_hint: payload, lang: payload, nonce: payload };
  const addresses = [
    app.signInUrl(parameters),
    app.signInUrl({ scope: payload }),
    `${ENDPOINT}/error?${new URLSearchParams({ error: payload, error_description: payload, client_id: payload })}`,
    `${ENDPOINT}/logout?${new URLSearchParams({ client_id: payload, logout_uri: payload })}`,
  ];
  for (const address of addresses) {
    await app.window.goto(address);
    assert.equal(await app.window.evaluate(() => window.hacked), undefined, address);
  }
  await app.window.goto(app.signInUrl());
  app.username = payload;
  await app.submit();
  await app.window.locator('.errorMessage-customizable:visible').first().waitFor();
  assert.equal(await app.window.evaluate(() => window.hacked), undefined);
});

test('s51 the page loads nothing that its policy refuses', async (t) => {
  const app = await App.create(t);
  const complaints = [];
  app.window.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(message.text()),
  );
  const response = await app.window.goto(app.signInUrl());
  assert.deepEqual(complaints, []);
  const policy = response.headers()['content-security-policy'];
  for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    assert.ok(policy.includes(rule), `${rule} is missing from ${policy}`);
  }
  assert.ok(!policy.includes('unsafe-inline'), policy);
});

test('s52 the page cannot be put into a frame', async (t) => {
  const app = await App.create(t);
  await app.window.goto(app.origin);
  await app.window.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener('load', resolve));
  }, app.signInUrl());
  const frame = app.window.frames().find((candidate) => candidate !== app.window.mainFrame());
  assert.equal(await frame.locator('#signInFormPassword').count(), 0);
});
