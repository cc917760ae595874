// What a person meets whose user, application or pool goes away in the middle of a step.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PASSWORD, cognito } from '../fixtures/user_pool.mjs';
import { landing, watch } from './landing.mjs';
import { STEPS, makeStep } from './sign_in_steps.mjs';

// What a step says that is not told as the others tell it.
const NAME_WANTED = /no longer knows who you are/;
const DISABLED = { 'a confirmation': NAME_WANTED };
const REMOVED = {
  'the password': /User does not exist\./,
  'a confirmation': NAME_WANTED,
  'a forgotten password': /Username\/client id combination not found\./,
};

const removeClient = ({ pool, client }) =>
  cognito.deleteUserPoolClient({ UserPoolId: pool.id, ClientId: client.id });
const removePool = ({ pool }) => pool.remove();
const removeUser = ({ pool, username }) =>
  cognito.adminDeleteUser({ UserPoolId: pool.id, Username: username });
const disableUser = ({ pool, username }) =>
  cognito.adminDisableUser({ UserPoolId: pool.id, Username: username });

// Brings a new step to its page, lets something happen, and answers the page.
async function interrupted(t, name, happen) {
  const step = await makeStep(t, name);
  watch(step.app.window);
  await step.reach();
  await step.readMail();
  await happen(step.app);
  const answered = step.app.window.waitForResponse(
    (response) => response.request().method() === 'POST',
  );
  await step.answer();
  await answered;
  return { step, page: await landing(step.app.window) };
}

// Another user of the pool signs in where the person landed.
async function assertWayOn({ app }) {
  const { window } = app;
  const elsewhere = window.getByRole('link', { name: /Sign in|sign-in/ });
  if (new URL(window.url()).pathname !== '/login' && (await elsewhere.count())) {
    await elsewhere.first().click();
  }
  await window.locator('#signInFormUsername').waitFor();
  app.username = await app.pool.createUser();
  await cognito.setUserPoolMfaConfig({ UserPoolId: app.pool.id, MfaConfiguration: 'OFF' });
  await app.submit(PASSWORD);
  await app.isDone();
  assert.equal(await app.shown('received-state'), 'kept');
  assert.ok(await app.shown('id_token'));
}

for (const name of STEPS) {
  test(`an application that is removed during ${name} leads to a page that says so`, async (t) => {
    for (const remove of [removeClient, removePool]) {
      const { page } = await interrupted(t, name, remove);
      assert.equal(page.path, '/error');
      assert.match(page.heading, /An error was encountered/);
      assert.match(page.text, /no app client with this client_id|client/i);
      assert.match(page.text, /Reference/);
    }
  });

  test(`a user who is disabled or removed during ${name} is told, and another can sign in`, async (t) => {
    const disabled = await interrupted(t, name, disableUser);
    assert.match(disabled.page.alert, DISABLED[name] ?? /User is disabled\./);
    await assertWayOn(disabled.step);
    const removed = await interrupted(t, name, removeUser);
    const { alert, note } = removed.page;
    assert.match(alert + note, REMOVED[name] ?? /Please sign in again\./);
    await assertWayOn(removed.step);
  });
}
