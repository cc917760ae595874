// The page that asks for the code of an authenticator app, in a real browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { typeInto } from '../fixtures/keyboard.mjs';
import { setUpAuthenticator } from '../fixtures/set_up_authenticator.mjs';
import { cognito } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';

// Makes an app whose user has an authenticator app.
async function appWithAuthenticator(t) {
  const app = await App.create(t, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  });
  await cognito.setUserPoolMfaConfig({
    UserPoolId: app.pool.id,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    MfaConfiguration: 'OPTIONAL',
  });
  const { authenticator } = await setUpAuthenticator({
    clientId: app.client.id,
    username: app.username,
  });
  return { app, authenticator };
}

test('the code is asked for after the password, and a wrong one can be put right', async (t) => {
  const { app, authenticator } = await appWithAuthenticator(t);
  await app.window.goto(app.signInUrl());
  await app.submit();
  const field = app.window.locator('#totpCodeInput');
  // The page gives the field the focus: the code can be typed at once.
  await typeInto(app.window, 'totpCodeInput', authenticator.wrongCode());
  await app.window.keyboard.press('Enter');
  const notice = app.window.locator('.errorMessage-customizable');
  await notice.waitFor();
  assert.match(await notice.textContent(), /Invalid code received for user/);
  assert.equal(await field.inputValue(), '');
  // The page can be loaded again.
  await app.window.goto(app.window.url());
  await field.waitFor();
  await field.fill(authenticator.nextCode());
  await app.window.locator('[name="signInSubmitButton"]').click();
  await app.isDone();
  assert.ok(await app.shown('id_token'));
});
