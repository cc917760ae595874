// Several sign-ins at once in one browser: each tab goes on with its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PASSWORD, TEMPORARY_PASSWORD } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { landing, watch } from './landing.mjs';

// A tab of the same browser, for another user of an app.
async function openTab(app, username, beside = app.window) {
  const tab = Object.assign(new App(), app, { username });
  tab.window = await beside.context().newPage();
  watch(tab.window);
  return tab;
}

async function begin(tab) {
  await tab.window.goto(tab.signInUrl({ state: tab.username }));
  await tab.submit(TEMPORARY_PASSWORD);
  await tab.window.locator('#new_password').waitFor();
}

async function choose(tab, password) {
  await tab.window.locator('#new_password').fill(password);
  await tab.window.locator('#confirm_password').fill(password);
  await tab.window.locator('[name="new_password_submit"]').click();
}

// The tab is back at its own app with the tokens of its own user.
async function assertSignedIn(tab) {
  await tab.isDone();
  assert.equal(await tab.shown('received-state'), tab.username);
  assert.equal(tab.claims(await tab.shown('id_token'))['cognito:username'], tab.username);
}

// The sign-in of a tab renewed the form token of the browser: the page says so, and sends it then.
async function chooseOnceMore(tab, password) {
  await choose(tab, password);
  const notice = tab.window.getByRole('alert');
  await tab.window.locator('#done').or(notice).waitFor();
  if (!(await notice.count())) return;
  assert.match((await landing(tab.window)).alert, /Nothing was sent: please try again/);
  await choose(tab, password);
}

test('s43 two tabs of one app finish each the sign-in of its own user', async (t) => {
  const app = await App.create(t);
  const [one, two] = await Promise.all([app.pool.createInvitedUser(), app.pool.createInvitedUser()]);
  const [left, right] = [await openTab(app, one), await openTab(app, two)];
  await begin(left);
  await begin(right);
  await choose(left, 'Another-horse-8');
  await assertSignedIn(left);
  await chooseOnceMore(right, 'Another-horse-9');
  await assertSignedIn(right);
  // Each password was set for the user of its tab.
  for (const [username, password] of [[one, 'Another-horse-8'], [two, 'Another-horse-9']]) {
    const fresh = await openTab(app, username);
    await fresh.window.goto(fresh.signInUrl({ state: username, prompt: 'login' }));
    await fresh.submit(password);
    await assertSignedIn(fresh);
  }
});

test('two apps of one pool are signed in to side by side', async (t) => {
  const app = await App.create(t);
  const other = await App.create(t);
  other.pool = app.pool;
  other.client = await app.pool.createWebClient(other.callback);
  Object.assign(other.settings, { clientId: other.client.id });
  const left = await openTab(app, await app.pool.createInvitedUser());
  const right = await openTab(other, await app.pool.createInvitedUser(), app.window);
  await begin(left);
  await begin(right);
  await choose(right, 'Another-horse-9');
  await assertSignedIn(right);
  await chooseOnceMore(left, 'Another-horse-8');
  await assertSignedIn(left);
});

test('two pools are signed in to side by side, and each knows its own user afterwards', async (t) => {
  const [app, other] = [await App.create(t), await App.create(t)];
  const left = await openTab(app, await app.pool.createInvitedUser());
  const right = await openTab(other, await other.pool.createInvitedUser(), app.window);
  await begin(left);
  await begin(right);
  await choose(right, 'Another-horse-9');
  await assertSignedIn(right);
  await choose(left, 'Another-horse-8');
  await assertSignedIn(left);
  for (const tab of [left, right]) {
    await tab.window.goto(tab.signInUrl({ state: tab.username }));
    await assertSignedIn(tab);
  }
});

test('a tab whose page was left open by a sign-in elsewhere still signs its own user in', async (t) => {
  const app = await App.create(t);
  const left = await openTab(app, app.username);
  const right = await openTab(app, await app.pool.createUser());
  await left.window.goto(left.signInUrl({ state: left.username }));
  await right.window.goto(right.signInUrl({ state: right.username }));
  await right.submit(PASSWORD);
  await assertSignedIn(right);
  await left.submit(PASSWORD);
  const notice = left.window.getByRole('alert');
  await notice.waitFor();
  assert.match((await landing(left.window)).alert, /Nothing was sent: please try again/);
  await left.submit(PASSWORD);
  await assertSignedIn(left);
});
