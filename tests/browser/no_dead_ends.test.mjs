// Back, twice, and without cookies: what people do to pages leads on, and never to a dead end.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ENDPOINT } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { openWindowWithoutCookies } from './chromium.mjs';
import { landing, watch } from './landing.mjs';
import { STEPS, makeStep } from './sign_in_steps.mjs';

const MOST_PAGES = 8;

// Waits until the window shows a page of ours, or the app after its work.
async function arrived({ window, origin }) {
  await window.waitForLoadState();
  if (window.url().startsWith(origin)) {
    await window.locator('#done').waitFor();
    return { path: 'the application' };
  }
  return landing(window);
}

// Presses Back until there is nothing before; every page on the way must be one for people.
async function pressBack(app) {
  const seen = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    await app.window.goBack();
    if (app.window.url() === 'about:blank') return seen;
    seen.push((await arrived(app)).path);
  }
  assert.fail(`there is always one more page: ${seen}`);
}

for (const name of STEPS) {
  test(`the button Back after ${name} leads to pages that go on`, async (t) => {
    const step = await makeStep(t, name);
    const { app } = step;
    watch(app.window);
    await step.reach();
    await step.answer();
    await app.window.waitForURL((url) => url.origin === app.origin || url.pathname === '/login');
    await arrived(app);
    const seen = await pressBack(app);
    assert.ok(seen.length > 0, 'there was something to go back to');
    // Another visit is not spoilt by it.
    await app.window.goto(app.signInUrl({ state: 'again' }));
    await arrived(app);
  });
}

test('the button Back leads over what was refused, and never asks to send a form again', async (t) => {
  for (const name of STEPS) {
    const step = await makeStep(t, name);
    const { app } = step;
    watch(app.window);
    await step.reach();
    await step.readMail();
    for (let wrong = 0; wrong < 2; wrong += 1) {
      await step.answerWrongly();
      await app.window.getByRole('alert').waitFor();
      // What was told is told once.
      await app.window.reload();
      assert.equal((await landing(app.window)).alert, '', name);
    }
    await step.answer();
    await step.signInAfterwards?.();
    await app.isDone();
    assert.equal(await app.shown('received-state'), 'kept');
    await pressBack(app);
  }
});

test('a refused sign-up keeps what was typed, and the button Back leads over it', async (t) => {
  const app = await App.create(t, {}, {
    Schema: [{ Name: 'email', Required: true, Mutable: true }],
  });
  watch(app.window);
  const { window } = app;
  const field = (name) => window.locator(`[name="${name}"]:visible`);
  await window.goto(app.signInUrl({ state: 'kept' }, '/signup'));
  for (const [password, told] of [
    ['short', /does not meet/],
    ['Correct-horse-7', /already exists/],
  ]) {
    await field('username').fill(app.username);
    await field('requiredAttributes[email]').fill('sam@example.com');
    await field('password').fill(password);
    await field('signUpButton').click();
    await window.getByRole('alert').waitFor();
    const page = await landing(window);
    assert.equal(page.path, '/signup');
    assert.match(page.alert, told);
    assert.equal(await field('username').inputValue(), app.username);
    assert.equal(await field('requiredAttributes[email]').inputValue(), 'sam@example.com');
    assert.equal(await field('password').inputValue(), '');
  }
  await window.reload();
  assert.equal((await landing(window)).alert, '');
  await pressBack(app);
});

test('a double click on a button leads on', async (t) => {
  for (const name of STEPS) {
    const step = await makeStep(t, name);
    const { app } = step;
    watch(app.window);
    await step.reach();
    await step.answer({ clickCount: 2 });
    const done = app.window.locator('#done');
    const told = app.window.getByRole('status').or(app.window.getByRole('alert'));
    await done.or(told).first().waitFor();
    if (!(await done.count())) {
      const page = await landing(app.window);
      assert.equal(page.query.get('state'), 'kept', `${name}: ${page.text}`);
    }
  }
});

test('who blocks cookies is told so, and what to do', async (t) => {
  for (const name of ['the password', 'a confirmation', 'a forgotten password']) {
    const step = await makeStep(t, name);
    const { app } = step;
    app.window = await openWindowWithoutCookies(t);
    watch(app.window);
    await app.window.goto(app.signInUrl({}, step.path));
    await step.fillInFirst();
    const page = await landing(app.window);
    assert.match(page.alert, /Your browser sent no cookie along\. Allow cookies for this site/);
    assert.equal(await app.window.locator('[name="username"]').inputValue(), app.username);
    assert.equal(new URL(app.window.url()).origin, new URL(ENDPOINT).origin);
  }
});

test('a link to the middle of something leads to its beginning', async (t) => {
  const app = await App.create(t);
  watch(app.window);
  for (const path of ['/newPassword', '/mfa', '/mfaSetup']) {
    for (const more of [{}, { page_data: '0123456789abcdef' }]) {
      await app.window.goto(app.signInUrl({ state: 'kept', ...more }, path));
      const page = await landing(app.window);
      assert.equal(page.path, '/login');
      assert.equal(page.alert !== '', 'page_data' in more, 'who had begun is told that it is over');
    }
  }
  await app.submit();
  await app.isDone();
  assert.equal(await app.shown('received-state'), 'kept');
});
