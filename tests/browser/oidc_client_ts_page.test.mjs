// The page of docs/clients/oidc-client-ts.md, saved and served as it says.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { record } from '../fixtures/used_secrets.mjs';
import { PASSWORD } from '../fixtures/user_pool.mjs';
import { openDocumentedPage } from './documented_page.mjs';

test('the documented page of oidc-client-ts signs in, renews, and signs out', async (t) => {
  const { origin, window, username } = await openDocumentedPage(t, 'docs/clients/oidc-client-ts.md');
  await window.goto(origin);
  const user = window.locator('#user');
  await window.locator('#user', { hasText: 'signed out' }).waitFor();
  await window.locator('#sign-in').click();
  await window.locator('#signInFormUsername:visible').fill(username);
  await window.locator('#signInFormPassword:visible').fill(PASSWORD);
  await window.locator('[name="signInSubmitButton"]:visible').click();
  await window.locator('#user', { hasText: 'eve@example.com' }).waitFor();
  assert.equal(JSON.parse(await user.textContent())['cognito:username'], username);

  const answer = window.waitForResponse((response) => response.url().endsWith('/oauth2/token'));
  await window.locator('#renew').click();
  record(await (await answer).json());
  await window.locator('#user', { hasText: 'eve@example.com' }).waitFor();

  await window.locator('#sign-out').click();
  await window.locator('#user', { hasText: 'signed out' }).waitFor();
});
