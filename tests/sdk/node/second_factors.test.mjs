// amazon-cognito-identity-js and the AWS SDK: authenticator apps.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Authenticator } from '../../fixtures/authenticator.mjs';
import { authenticate, call, openPage } from '../../fixtures/identity_page.mjs';
import { record } from '../../fixtures/used_secrets.mjs';
import { PASSWORD, UserPool, cognito } from '../../fixtures/user_pool.mjs';

// Makes a pool whose users can set an app up.
async function poolWithApps(t, requirement) {
  const pool = await UserPool.create(t);
  await cognito.setUserPoolMfaConfig({
    UserPoolId: pool.id,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    MfaConfiguration: requirement,
  });
  return pool;
}

async function associate(user) {
  const secretCode = await new Promise((associateSecretCode, onFailure) => {
    user.associateSoftwareToken({ associateSecretCode, onFailure });
  });
  record({ SecretCode: secretCode });
  return new Authenticator(secretCode);
}

const verify = (user, code) =>
  new Promise((onSuccess, onFailure) => {
    user.verifySoftwareToken(code, 'phone', { onSuccess, onFailure });
  });

const sendCode = (user, code) =>
  new Promise((onSuccess, onFailure) => {
    user.sendMFACode(code, { onSuccess, onFailure }, 'SOFTWARE_TOKEN_MFA');
  });

test('a signed-in user sets an app up, turns it on and signs in with it', async (t) => {
  const pool = await poolWithApps(t, 'OPTIONAL');
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createUser();
  const user = page.user(username);
  await authenticate(user, username, PASSWORD);
  const app = await associate(user);
  await assert.rejects(verify(user, app.wrongCode()), {
    code: 'EnableSoftwareTokenMFAException',
  });
  assert.equal((await verify(user, app.nextCode())).Status, 'SUCCESS');
  const on = { Enabled: true, PreferredMfa: true };
  assert.equal(await call((done) => user.setUserMfaPreference(null, on, done)), 'SUCCESS');
  const data = await call((done) => user.getUserData(done, { bypassCache: true }));
  assert.deepEqual(data.UserMFASettingList, ['SOFTWARE_TOKEN_MFA']);
  assert.equal(data.PreferredMfaSetting, 'SOFTWARE_TOKEN_MFA');

  const again = openPage(pool, { id: page.userPool.getClientId() }).user(username);
  const { totpRequired } = await authenticate(again, username, PASSWORD);
  assert.equal(totpRequired.challengeName, 'SOFTWARE_TOKEN_MFA');
  assert.equal(totpRequired.challengeParameters.FRIENDLY_DEVICE_NAME, 'phone');
  await assert.rejects(sendCode(again, app.wrongCode()), {
    code: 'CodeMismatchException',
    message: 'Invalid code received for user',
  });
  const session = await sendCode(again, app.nextCode());
  assert.ok(session.isValid());
});

test('a pool that requires MFA lets the library set an app up on the way', async (t) => {
  const pool = await poolWithApps(t, 'ON');
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createUser();
  const user = page.user(username);
  const { mfaSetup } = await authenticate(user, username, PASSWORD);
  assert.deepEqual(JSON.parse(mfaSetup.challengeParameters.MFAS_CAN_SETUP), [
    'SOFTWARE_TOKEN_MFA',
  ]);
  const app = await associate(user);
  const session = await verify(user, app.nextCode());
  assert.ok(session.isValid());
  const { totpRequired } = await authenticate(page.user(username), username, PASSWORD);
  assert.equal(totpRequired.challengeName, 'SOFTWARE_TOKEN_MFA');
});

test('the AWS SDK reads and sets what a pool asks for', async (t) => {
  const pool = await poolWithApps(t, 'OPTIONAL');
  const config = await cognito.getUserPoolMfaConfig({ UserPoolId: pool.id });
  assert.equal(config.MfaConfiguration, 'OPTIONAL');
  assert.deepEqual(config.SoftwareTokenMfaConfiguration, { Enabled: true });
  const username = await pool.createUser();
  const factors = await cognito.adminGetUserAuthFactors({
    UserPoolId: pool.id,
    Username: username,
  });
  assert.deepEqual(factors.ConfiguredUserAuthFactors, ['PASSWORD']);
  assert.equal(factors.UserMFASettingList, undefined);
  await assert.rejects(
    cognito.adminSetUserMFAPreference({
      UserPoolId: pool.id,
      Username: username,
      SoftwareTokenMfaSettings: { Enabled: true },
    }),
    {
      name: 'InvalidParameterException',
      message: 'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
    },
  );
});
