// The example `custom-form`: the page with Amplify UI's Authenticator, unmodified.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { openWindow } from '../browser/chromium.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { PASSWORD, lastMail } from '../fixtures/user_pool.mjs';
import { APP, confirmedUser } from './custom_form_pool.mjs';

const PAGE = `${APP}/authenticator.html`;

async function openPage(t) {
  const window = await openWindow(t);
  await window.goto(PAGE);
  return window;
}

// Fills the fields that are shown, by their names, and sends the form.
async function send(window, fields, button) {
  record(fields);
  for (const [name, text] of Object.entries(fields)) await window.locator(`[name="${name}"]:visible`).fill(text);
  await window.getByRole('button', { name: button, exact: true }).click();
}

const signIn = (window, username, password = PASSWORD) => send(window, { username, password }, 'Sign in');
const isSignedIn = (window, username) => window.getByText(`You are signed in as ${username}.`).waitFor();

test('the Authenticator signs in by SRP, keeps the session across a reload, and signs out', async (t) => {
  const window = await openPage(t);
  const flows = [];
  window.on('request', (request) => {
    if (request.method() === 'POST') flows.push(request.postDataJSON()?.AuthFlow);
  });
  await signIn(window, 'jane');
  await isSignedIn(window, 'jane');
  assert.ok(flows.includes('USER_SRP_AUTH'));
  await window.reload();
  await isSignedIn(window, 'jane');
  await window.getByRole('button', { name: 'Sign out' }).click();
  await window.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
});

test('the Authenticator signs a new user up, confirms with the code and signs in', async (t) => {
  const window = await openPage(t);
  const username = `user-${randomUUID()}`;
  const email = `${username}@example.com`;
  await window.getByRole('tab', { name: 'Create Account' }).click();
  const fields = { username, password: PASSWORD, confirm_password: PASSWORD, email };
  await send(window, fields, 'Create Account');
  await window.locator('[name="confirmation_code"]').waitFor();
  const { code } = await lastMail(email);
  await send(window, { confirmation_code: code }, 'Confirm');
  await isSignedIn(window, username);
});

test('the Authenticator resets a forgotten password', async (t) => {
  const { username, email } = await confirmedUser();
  const window = await openPage(t);
  await window.getByRole('button', { name: 'Forgot your password?' }).click();
  await send(window, { username }, 'Send code');
  await window.locator('[name="confirmation_code"]').waitFor();
  const { code } = await lastMail(email);
  const fields = { confirmation_code: code, password: 'Another-horse-8', confirm_password: 'Another-horse-8' };
  await send(window, fields, 'Submit');
  await signIn(window, username, 'Another-horse-8');
  await isSignedIn(window, username);
});

test('the Authenticator shows why a sign-in was refused', async (t) => {
  const window = await openPage(t);
  await signIn(window, `nobody-${randomUUID()}`);
  await window.getByRole('alert').getByText('Incorrect username or password').waitFor();
});
