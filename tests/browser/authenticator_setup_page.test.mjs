// The page that sets an authenticator app up where the pool demands one, in a real browser.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { Authenticator } from '../fixtures/authenticator.mjs';
import { readQrCode } from '../fixtures/qr_reader.mjs';
import { recordTexts } from '../fixtures/used_secrets.mjs';
import { TEMPORARY_PASSWORD, cognito } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { openWindow } from './chromium.mjs';

// An app whose pool lets nobody in without an authenticator app.
async function strictApp(t, poolSettings = {}) {
  const app = await App.create(t, {}, poolSettings);
  await cognito.setUserPoolMfaConfig({
    UserPoolId: app.pool.id,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    MfaConfiguration: 'ON',
  });
  return app;
}

const codeField = (app) => app.window.locator('[name="totpCode"]');

async function provePassword(app) {
  await app.window.goto(app.signInUrl({ state: 'kept' }));
  await app.submit();
  await codeField(app).waitFor();
}

// The key as a person types it off the page.
async function typedKey(app) {
  const text = await app.window.locator('.key').textContent();
  const key = text.replaceAll(' ', '');
  recordTexts([key]);
  return key;
}

async function enter(app, code) {
  await codeField(app).fill(code);
  await app.window.locator('[name="signInSubmitButton"]').click();
}

test('s44 a phone reads the code off the page, and what it shows leads to tokens', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    const app = await strictApp(t);
    app.window = await openWindow(t, { colorScheme });
    await provePassword(app);
    const key = await typedKey(app);
    const scanned = readQrCode(await app.window.locator('svg.qr').screenshot());
    const link = app.window.getByRole('link', { name: 'Open an authenticator app' });
    assert.equal(scanned, await link.getAttribute('href'), colorScheme);
    const uri = new URL(scanned);
    assert.equal(uri.protocol, 'otpauth:');
    assert.equal(uri.searchParams.get('secret'), key);
    assert.match(decodeURIComponent(uri.pathname), new RegExp(`:${app.username}$`));

    const authenticator = new Authenticator(uri.searchParams.get('secret'));
    await enter(app, authenticator.wrongCode());
    const notice = app.window.getByRole('alert');
    await notice.waitFor();
    assert.match(await notice.textContent(), /That code does not fit/);
    assert.equal(await typedKey(app), key, 'the key is still the one that was scanned');
    assert.equal(await codeField(app).inputValue(), '');
    await app.window.goto(app.window.url());
    assert.equal(await typedKey(app), key, 'the page can be loaded again');

    const code = authenticator.nextCode();
    await enter(app, `${code.slice(0, 3)} ${code.slice(3)}`);
    await app.isDone();
    assert.equal(await app.shown('received-state'), 'kept');
    assert.ok(await app.shown('id_token'));

    // The next sign-in asks for a code, and tells no key.
    app.window = await openWindow(t);
    await app.window.goto(app.signInUrl());
    await app.submit();
    await codeField(app).waitFor();
    assert.equal(await app.window.locator('.key, svg.qr').count(), 0);
    await enter(app, authenticator.nextCode());
    await app.isDone();
  }
});

test('a new password and an authenticator app are asked for in one sign-in', async (t) => {
  const app = await strictApp(t);
  app.username = await app.pool.createInvitedUser();
  await app.window.goto(app.signInUrl({ state: 'kept' }));
  await app.submit(TEMPORARY_PASSWORD);
  await app.window.locator('#new_password').fill('Another-horse-8');
  await app.window.locator('#confirm_password').fill('Another-horse-8');
  await app.window.locator('[name="new_password_submit"]').click();
  await codeField(app).waitFor();
  await enter(app, new Authenticator(await typedKey(app)).nextCode());
  await app.isDone();
  assert.equal(await app.shown('received-state'), 'kept');
  assert.ok(await app.shown('id_token'));
});

test('a double click sets the app up once and leads on', async (t) => {
  const app = await strictApp(t);
  await provePassword(app);
  const authenticator = new Authenticator(await typedKey(app));
  await codeField(app).fill(authenticator.nextCode());
  await app.window.locator('[name="signInSubmitButton"]').dblclick();
  const done = app.window.locator('#done');
  const note = app.window.getByRole('status');
  await done.or(note).waitFor();
  if (await note.count()) {
    assert.match(await note.textContent(), /This was done already/);
    await app.submit();
    await codeField(app).waitFor();
    await enter(app, authenticator.nextCode());
    await app.isDone();
  }
  assert.equal(await app.shown('received-state'), 'kept');
  assert.ok(await app.shown('id_token'));
});

test('the page works without JavaScript and fits a phone', async (t) => {
  const app = await strictApp(t);
  app.window = await openWindow(t, {
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  await provePassword(app);
  const main = await app.window.locator('main').boundingBox();
  assert.ok(main.x >= 0 && main.x + main.width <= 320, JSON.stringify(main));
  const scanned = readQrCode(await app.window.locator('svg.qr').screenshot());
  assert.equal(new URL(scanned).searchParams.get('secret'), await typedKey(app));
  await enter(app, new Authenticator(await typedKey(app)).nextCode());
  await app.window.waitForURL(`${app.callback}?code=*`);
});

test('s51 a name with markup in it is shown by the phone and runs nothing on the page', async (t) => {
  const app = await strictApp(t);
  app.username = `"'><img/src=x/onerror=window.hacked=1>&${randomUUID()}`;
  await app.pool.createUser(app.username);
  await provePassword(app);
  assert.equal(await app.window.evaluate(() => window.hacked), undefined);
  assert.equal(await app.window.locator('main img, main script').count(), 0);
  const scanned = new URL(readQrCode(await app.window.locator('svg.qr').screenshot()));
  assert.ok(decodeURIComponent(scanned.pathname).endsWith(`:${app.username}`), scanned.href);
  assert.deepEqual([...scanned.searchParams.keys()].sort(), ['issuer', 'secret']);
  const payload = `'"><svg onload=window.hacked=1>`;
  await app.window.evaluate(() => (document.forms[0].noValidate = true));
  await enter(app, payload);
  await app.window.getByRole('alert').waitFor();
  assert.equal(await app.window.evaluate(() => window.hacked), undefined);
  assert.equal(await codeField(app).inputValue(), '');
});

test('s54 neither the form nor the cookie of another browser sets an app up', async (t) => {
  const app = await strictApp(t);
  await provePassword(app);
  const address = app.window.url();
  const code = new Authenticator(await typedKey(app)).nextCode();
  const own = await app.window.locator('[name="_csrf"]').inputValue();
  const thief = await openWindow(t);
  await thief.goto(app.signInUrl());
  const foreign = await thief.locator('[name="_csrf"]').inputValue();
  const post = (window, token) =>
    window.context().request.post(address, { form: { _csrf: token, totpCode: code }, maxRedirects: 0 });
  for (const token of ['', randomUUID(), foreign]) {
    const refused = await post(app.window, token);
    assert.equal(refused.status(), 403, token);
  }
  // Who learned address, code and token still lacks the cookie of the step.
  for (const token of [own, foreign]) {
    const elsewhere = await post(thief, token);
    assert.equal(elsewhere.status(), 302);
    assert.match(elsewhere.headers().location, /^\/login\?/);
  }
  await thief.goto(address);
  assert.equal(await thief.locator('.key, svg.qr').count(), 0, 'no key for another browser');
  await enter(app, code);
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});
