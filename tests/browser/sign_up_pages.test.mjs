// Making an account and resetting a forgotten password on the pages, in a real browser.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { isFocused } from '../fixtures/keyboard.mjs';
import { ENDPOINT, PASSWORD, UserPool, cognito, lastMail } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { openWindow } from './chromium.mjs';

// An app whose pool wants an address and a date of birth of its users.
async function strictApp(t) {
  const app = await App.create(t);
  app.pool = await UserPool.create(t, {
    Schema: [
      { Name: 'email', Required: true, Mutable: true },
      { Name: 'birthdate', Required: true, Mutable: true },
    ],
  });
  app.client = await app.pool.createWebClient(app.callback);
  Object.assign(app.settings, { clientId: app.client.id, signInUrl: app.signInUrl() });
  app.username = `user-${randomUUID()}`;
  app.address = `${randomUUID()}@example.com`;
  return app;
}

async function fillIn(app, password = PASSWORD) {
  await app.window.locator('[name="username"]').fill(app.username);
  await app.window.locator('[name="requiredAttributes[email]"]').fill(app.address);
  await app.window.locator('[name="requiredAttributes[birthdate]"]').fill('1990-01-31');
  await app.window.locator('[name="password"]').fill(password);
  await app.window.locator('[name="signUpButton"]').click();
}

test('a new user signs up, confirms the address and gets tokens', async (t) => {
  const app = await strictApp(t);
  await app.window.goto(app.signInUrl());
  await app.window.getByRole('link', { name: 'Sign up' }).click();
  await fillIn(app, 'alllowercase');
  const notice = app.window.getByRole('alert');
  await notice.waitFor();
  assert.match(await notice.textContent(), /does not meet what is demanded/);
  assert.equal(await app.window.locator('[name="username"]').inputValue(), app.username);
  assert.equal(await app.window.locator('[name="password"]').inputValue(), '');
  // The password can be typed anew at once.
  await isFocused(app.window, '[name="password"]');
  assert.ok((await app.window.locator('.passwordCheck-notValid-customizable').count()) > 0);
  assert.ok((await app.window.locator('.passwordCheck-valid-customizable').count()) > 0);

  await fillIn(app);
  const field = app.window.locator('#verification_code');
  await field.waitFor();
  await field.fill('000000');
  await app.window.getByRole('button', { name: 'Confirm account' }).click();
  await notice.waitFor();
  assert.match(await notice.textContent(), /Invalid verification code provided/);
  await app.window.getByRole('button', { name: 'Send another code' }).click();
  await app.window.getByRole('status').waitFor();
  await field.fill((await lastMail(app.address)).code);
  await app.window.getByRole('button', { name: 'Confirm account' }).click();
  await app.isDone();
  const id = app.claims(await app.shown('id_token'));
  assert.equal(id.email, app.address);
  assert.equal(id.email_verified, true);
  const user = await cognito.adminGetUser({ UserPoolId: app.pool.id, Username: app.username });
  const birthdate = user.UserAttributes.find(({ Name }) => Name === 'birthdate');
  assert.equal(birthdate.Value, '1990-01-31');
});

test('the pages work without JavaScript, and the button Back is no trap', async (t) => {
  const app = await strictApp(t);
  app.window = await openWindow(t, { javaScriptEnabled: false });
  await app.window.goto(app.signInUrl({}, '/signup'));
  await fillIn(app);
  await app.window.locator('#verification_code').waitFor();
  await app.window.goBack();
  await fillIn(app);
  const field = app.window.locator('#verification_code');
  await field.waitFor();
  await field.fill((await lastMail(app.address)).code);
  await app.window.locator('[name="confirm"]').click();
  await app.window.waitForURL(`${app.callback}?code=*`);
});

test('what is missing or of the wrong kind is told before it is sent', async (t) => {
  const app = await strictApp(t);
  await app.window.goto(app.signInUrl({}, '/signup'));
  // The icon may be fetched late; a form is posted.
  const posted = [];
  app.window.on('request', (request) => {
    if (request.method() !== 'GET') posted.push(request.url());
  });
  await app.window.locator('[name="username"]').fill(app.username);
  await app.window.locator('[name="requiredAttributes[email]"]').fill('no address');
  await app.window.locator('[name="signUpButton"]').click();
  const invalid = await app.window.evaluate(() =>
    [...document.querySelectorAll('input:invalid')].map((input) => input.name),
  );
  assert.deepEqual(invalid, [
    'requiredAttributes[email]',
    'requiredAttributes[birthdate]',
    'password',
  ]);
  assert.deepEqual(posted, []);
});

test('a forgotten password is reset, and the new one signs in', async (t) => {
  const app = await App.create(t);
  const address = `${randomUUID()}@example.com`;
  app.username = await app.pool.createUser(undefined, { email: address, email_verified: 'true' });
  await app.window.goto(app.signInUrl());
  await app.submit('Wrong-horse-7');
  await app.window.getByRole('alert').waitFor();
  await app.window.getByRole('link', { name: 'Forgot your password?' }).click();
  const username = app.window.locator('[name="username"]');
  assert.equal(await username.inputValue(), app.username, 'the name went along');
  await app.window.getByRole('button', { name: 'Reset my password' }).click();
  const code = app.window.locator('[name="code"]');
  await code.waitFor();
  const mail = await lastMail(address);
  await code.fill(mail.code);
  await app.window.locator('#new_password').fill('Another-horse-8');
  await app.window.locator('#confirm_password').fill('Another-horse-9');
  await app.window.getByRole('button', { name: 'Change password' }).click();
  const notice = app.window.getByRole('alert');
  await notice.waitFor();
  assert.match(await notice.textContent(), /The two passwords are not the same/);
  assert.equal(await code.inputValue(), mail.code);
  await app.window.locator('#new_password').fill('Another-horse-8');
  await app.window.locator('#confirm_password').fill('Another-horse-8');
  await app.window.getByRole('button', { name: 'Change password' }).click();
  const note = app.window.getByRole('status');
  await note.waitFor();
  assert.match(await note.textContent(), /Your password was changed/);
  await app.submit('Another-horse-8');
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('every field of these pages has a label, and nothing is refused by the policy', async (t) => {
  const app = await strictApp(t);
  const complaints = [];
  app.window.on('console', (message) => message.type() === 'error' && complaints.push(message));
  for (const path of ['/signup', '/confirm', '/forgotPassword', '/confirmforgotPassword']) {
    await app.window.goto(app.signInUrl({}, path));
    const unlabelled = await app.window.evaluate(() =>
      [...document.querySelectorAll('input:not([type=hidden]), textarea')]
        .filter((input) => input.labels.length === 0)
        .map((input) => input.id),
    );
    assert.deepEqual(unlabelled, [], path);
    const width = await app.window.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= app.window.viewportSize().width, `${path} is ${width} wide`);
  }
  assert.deepEqual(complaints, []);
});

test('s51 what is typed on these pages is never run', async (t) => {
  const app = await strictApp(t);
  const payload = '"><script>window.hacked=1</script><img src=x onerror=window.hacked=1>';
  for (const path of ['/signup', '/confirm', '/forgotPassword', '/confirmforgotPassword']) {
    await app.window.goto(app.signInUrl({ login_hint: payload, state: payload }, path));
    const fields = app.window.locator('main input:not([type=hidden]):not([type=date])');
    for (const field of await fields.all()) await field.fill(payload);
    await app.window.evaluate(() => (document.forms[0].noValidate = true));
    await app.window.locator('button[type=submit]').first().click();
    await app.window.getByRole('alert').waitFor();
    assert.equal(await app.window.evaluate(() => window.hacked), undefined, path);
    assert.equal(new URL(app.window.url()).origin, new URL(ENDPOINT).origin);
  }
});
