// The page that takes a new password in place of a temporary one, in a real browser.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { isFocused } from '../fixtures/keyboard.mjs';
import { ENDPOINT, TEMPORARY_PASSWORD, cognito } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { openWindow } from './chromium.mjs';

const NEW_PASSWORD = 'Another-horse-8';
const SCHEMA = [
  { Name: 'email', Required: true, Mutable: true },
  { Name: 'family_name', Required: true, Mutable: true },
  { Name: 'birthdate', Required: true, Mutable: true },
];

// An app whose pool wants more of its users than the administrator knew.
async function appWithInvitedUser(t, poolSettings = { Schema: SCHEMA }) {
  const app = await App.create(t, {}, poolSettings);
  app.username = await app.pool.createInvitedUser();
  return app;
}

async function proveTemporaryPassword(app) {
  await app.window.goto(app.signInUrl({ state: 'kept' }));
  await app.submit(TEMPORARY_PASSWORD);
  await app.window.locator('#new_password').waitFor();
}

const field = (app, name) => app.window.locator(`[name="${name}"]`);

async function fillIn(app, values) {
  const { password = NEW_PASSWORD, again = password, familyName = 'Doe', born = '1990-01-31' } = values;
  await field(app, 'requiredAttributes[family_name]').fill(familyName);
  await field(app, 'requiredAttributes[birthdate]').fill(born);
  await field(app, 'password').fill(password);
  await field(app, 'confirm_password').fill(again);
}

async function send(app) {
  await field(app, 'new_password_submit').click();
}

// Sends what the page must refuse, past what the browser itself would refuse.
async function sendAnyway(app) {
  await app.window.evaluate(() => (document.forms[0].noValidate = true));
  await send(app);
  const notice = app.window.getByRole('alert');
  await notice.waitFor();
  return notice.textContent();
}

test('s43 a temporary password, the new one and what was missing lead to tokens', async (t) => {
  const app = await appWithInvitedUser(t);
  await proveTemporaryPassword(app);
  await fillIn(app, { again: 'Another-horse-9' });
  assert.match(await sendAnyway(app), /The two passwords are not the same/);
  await isFocused(app.window, '[name="confirm_password"]');
  assert.equal(await field(app, 'requiredAttributes[family_name]').inputValue(), 'Doe');
  assert.equal(await field(app, 'requiredAttributes[birthdate]').inputValue(), '1990-01-31');
  assert.equal(await field(app, 'password').inputValue(), '');

  await fillIn(app, { password: 'alllowercase' });
  assert.match(await sendAnyway(app), /does not meet what is demanded/);
  assert.ok((await app.window.locator('.passwordCheck-notValid-customizable').count()) > 0);

  await fillIn(app, { familyName: '' });
  assert.match(await sendAnyway(app), /Please fill in: .*Family name/);
  await isFocused(app.window, '[name="requiredAttributes[family_name]"]');

  await fillIn(app, {});
  await send(app);
  await app.isDone();
  assert.equal(await app.shown('received-state'), 'kept');
  assert.ok(await app.shown('id_token'));
  const user = await cognito.adminGetUser({ UserPoolId: app.pool.id, Username: app.username });
  const attributes = Object.fromEntries(user.UserAttributes.map(({ Name, Value }) => [Name, Value]));
  assert.equal(attributes.family_name, 'Doe');
  assert.equal(attributes.birthdate, '1990-01-31');
  assert.equal(user.UserStatus, 'CONFIRMED');

  // The temporary password is over, and the new one signs in.
  app.window = await openWindow(t);
  await app.window.goto(app.signInUrl());
  await app.submit(TEMPORARY_PASSWORD);
  await app.window.getByRole('alert').waitFor();
  await app.submit(NEW_PASSWORD);
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});

test('a double click on the button leads on, and the new password is in force', async (t) => {
  const app = await appWithInvitedUser(t, {});
  await proveTemporaryPassword(app);
  await field(app, 'password').fill(NEW_PASSWORD);
  await field(app, 'confirm_password').fill(NEW_PASSWORD);
  await field(app, 'new_password_submit').dblclick();
  // Whichever of the two answers the browser shows, it is the app or a page that says what was.
  const done = app.window.locator('#done');
  const note = app.window.getByRole('status');
  await done.or(note).waitFor();
  if (await note.count()) {
    assert.match(await note.textContent(), /This was done already/);
    await app.submit(NEW_PASSWORD);
    await app.isDone();
  }
  assert.equal(await app.shown('received-state'), 'kept');
  assert.ok(await app.shown('id_token'));
});

test('the page works without JavaScript', async (t) => {
  const app = await appWithInvitedUser(t);
  app.window = await openWindow(t, { javaScriptEnabled: false });
  await proveTemporaryPassword(app);
  await fillIn(app, {});
  await send(app);
  await app.window.waitForURL(`${app.callback}?code=*`);
});

test('s51 hostile values of its fields come back as text and run nothing', async (t) => {
  const app = await appWithInvitedUser(t);
  await proveTemporaryPassword(app);
  const payload = `"'><script>window.hacked=1</script><img src=x onerror=window.hacked=1>`;
  await fillIn(app, { familyName: payload, password: payload, again: 'x' });
  await sendAnyway(app);
  assert.equal(await field(app, 'requiredAttributes[family_name]').inputValue(), payload);
  assert.equal(await app.window.evaluate(() => window.hacked), undefined);
  assert.equal(await app.window.locator('main script, main img').count(), 0);
  assert.equal(new URL(app.window.url()).origin, new URL(ENDPOINT).origin);
});

test('s54 the form of another browser sets no password', async (t) => {
  const app = await appWithInvitedUser(t, {});
  await proveTemporaryPassword(app);
  const victim = app.window;
  const other = await openWindow(t);
  await other.goto(app.signInUrl());
  const foreign = await other.locator('[name="_csrf"]').inputValue();
  for (const token of ['', randomUUID(), foreign]) {
    await victim.locator('[name="_csrf"]').evaluate((input, value) => (input.value = value), token);
    await field(app, 'password').fill(NEW_PASSWORD);
    await field(app, 'confirm_password').fill(NEW_PASSWORD);
    const answer = victim.waitForResponse((response) => response.request().method() === 'POST');
    await send(app);
    assert.equal((await answer).status(), 403, token);
    await victim.getByRole('alert').waitFor();
  }
  const user = await cognito.adminGetUser({ UserPoolId: app.pool.id, Username: app.username });
  assert.equal(user.UserStatus, 'FORCE_CHANGE_PASSWORD');
  // The page that told it is in order again.
  await field(app, 'password').fill(NEW_PASSWORD);
  await field(app, 'confirm_password').fill(NEW_PASSWORD);
  await send(app);
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});
