// The start page in a real browser: from nothing to a signed-in user.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { isPainted } from '../fixtures/keyboard.mjs';
import { cognito, ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';
import { openWindow } from './chromium.mjs';
import { serveApp } from './single_page_app.mjs';

const START = `${ENDPOINT}/_poolhouse/`;

// Presses the button of the form that is on a page alone.
const send = (window) => window.locator('main form[method=post] [type=submit]').first().click();

test('a pool, a client and a user are made, and the user signs in', async (t) => {
  const app = await serveApp(t);
  const window = await openWindow(t, { javaScriptEnabled: false });
  const name = `Browser ${randomUUID()}`;

  await window.goto(`${ENDPOINT}/`);
  assert.equal(window.url(), START, 'the root leads to the start page');
  await window.getByRole('link', { name: 'Make a user pool' }).first().click();
  await window.getByLabel('Name').fill(name);
  await send(window);
  await window.getByText('The user pool is made.').waitFor();
  const pool = window.url().split('?')[0];
  t.after(() => cognito.deleteUserPool({ UserPoolId: pool.split('/').pop() }));

  await window.getByRole('link', { name: 'Make an app client' }).click();
  await window.getByLabel('Name').fill('web');
  await window.getByLabel('Callback URLs').fill(app.callback);
  await send(window);
  await window.getByText('The app client is made.').waitFor();
  const client = window.url();

  await window.goto(pool);
  await window.getByRole('link', { name: 'Make a user', exact: true }).click();
  await window.getByLabel('User name').fill('ada@example.com');
  await window.getByLabel('Password', { exact: true }).fill('weak');
  await send(window);
  const notice = window.getByRole('alert');
  assert.match(await notice.textContent(), /The user is made.*did not conform with password policy/s);
  await window.getByLabel('New password').fill(PASSWORD);
  await send(window);
  await window.getByText('The password is set.').waitFor();
  assert.match(await window.locator('.done code').textContent(), /--password PASSWORD/);

  await window.goto(client);
  await window.getByRole('link', { name: /^Sign in, back to/ }).click();
  await window.locator('#signInFormUsername:visible').fill('ada@example.com');
  await window.locator('#signInFormPassword:visible').fill('Wrong-horse-7');
  await window.locator('[name="signInSubmitButton"]:visible').click();
  await window.locator('.errorMessage-customizable:visible').first().waitFor();
  await window.locator('#signInFormPassword:visible').fill(PASSWORD);
  await window.locator('[name="signInSubmitButton"]:visible').click();
  await window.waitForURL(`${app.callback}?code=*`);

  await window.goto(`${ENDPOINT}/_poolhouse/events`);
  const event = window.locator('.rows > li', { hasText: 'Incorrect username or password.' });
  await event.first().getByRole('link').click();
  await window.getByRole('heading', { name: 'How to mend it' }).first().waitFor();
});

test('a form is filled in and sent with the keyboard alone', async (t) => {
  const pool = await UserPool.create(t);
  const window = await openWindow(t);
  await window.goto(`${START}pools/${pool.id}/new-group`);
  await isPainted(window);
  await window.getByLabel('Name').focus();
  await window.keyboard.type('staff');
  await window.keyboard.press('Enter');
  await window.getByText('The group is made.').waitFor();
  assert.match(await window.locator('.done code').textContent(), /create-group/);
});

test('s51 what is typed is never run on a page, and nothing is loaded that the policy refuses', async (t) => {
  const pool = await UserPool.create(t);
  const window = await openWindow(t);
  const complaints = [];
  window.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const payload = '"><script>window.hacked=1</script><img/src=x/onerror=window.hacked=1>';
  await window.goto(`${START}pools/${pool.id}/new-user`);
  await window.getByLabel('User name').fill(payload);
  await window.getByLabel('Other attributes').fill(`name=${payload}`);
  await send(window);
  await window.getByText('The user is made.').waitFor();
  for (const address of [window.url(), `${START}pools/${pool.id}`, `${START}events`]) {
    const response = await window.goto(address);
    assert.equal(response.status(), 200, address);
    assert.equal(await window.evaluate(() => window.hacked), undefined, address);
  }
  assert.deepEqual(complaints, []);
});

test('s54 a form that another site sends changes nothing', async (t) => {
  const app = await serveApp(t);
  const pool = await UserPool.create(t);
  const window = await openWindow(t);
  await window.goto(`${START}pools/${pool.id}/new-group`);
  await window.goto(app.origin);
  const answered = window.waitForResponse((response) => response.url().includes('/new-group'));
  await window.evaluate((address) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: address });
    form.innerHTML = '<input name="name" value="planted">';
    document.body.append(form);
    form.submit();
  }, `${START}pools/${pool.id}/new-group`);
  assert.equal((await answered).status(), 403);
  await window.waitForURL('**/new-group');
  await window.goto(`${START}pools/${pool.id}`);
  assert.equal(await window.getByText('planted').count(), 0);
});

test('every field of the forms has a label, and no page is wider than a small screen', async (t) => {
  const pool = await UserPool.create(t);
  const username = await pool.createUser(undefined, { email: 'sam@example.com' });
  const window = await openWindow(t, { viewport: { width: 390, height: 844 } });
  const user = `user?${new URLSearchParams({ username })}`;
  for (const path of ['', 'events', 'new-pool', ...[
    '', '/new-client', '/new-user', '/new-group', `/${user}`,
  ].map((page) => `pools/${pool.id}${page}`)]) {
    await window.goto(START + path);
    const unlabelled = await window.evaluate(() =>
      [...document.querySelectorAll('select, textarea, input:not([type=hidden]):not([type=submit])')]
        .filter((field) => field.labels.length === 0)
        .map((field) => field.id),
    );
    assert.deepEqual(unlabelled, [], path);
    const overhang = await window.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overhang, 0, path);
  }
});
