// aws-amplify v6: the Auth category, from sign-up to deletion.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import * as auth from 'aws-amplify/auth';

import { openApp } from '../../fixtures/amplify_app.mjs';
import { Authenticator } from '../../fixtures/authenticator.mjs';
import { record } from '../../fixtures/used_secrets.mjs';
import {
  PASSWORD,
  TEMPORARY_PASSWORD,
  UserPool,
  cognito,
  lastMail,
} from '../../fixtures/user_pool.mjs';

const NEW_PASSWORD = 'Another-horse-8';
const SRP = 'USER_SRP_AUTH';
const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
record({ Password: NEW_PASSWORD });

function signIn(username, password = PASSWORD, authFlowType = SRP) {
  return auth.signIn({ username, password, options: { authFlowType } });
}

async function createUser(pool, address = `${randomUUID()}@example.com`) {
  const username = await pool.createUser(undefined, { email: address, email_verified: 'true' });
  return { username, address };
}

// The next step of a sign-in that is not done.
async function nextStep(signingIn) {
  const { isSignedIn, nextStep: step } = await signingIn;
  assert.equal(isSignedIn, false);
  return step;
}

test('a visitor signs up, confirms, signs in by SRP and renews the tokens', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  openApp(t, pool, client);
  const address = `${randomUUID()}@example.com`;
  const signedUp = await auth.signUp({
    username: 'alice',
    password: PASSWORD,
    options: { userAttributes: { email: address, nickname: 'Al' } },
  });
  assert.equal(signedUp.isSignUpComplete, false);
  assert.equal(signedUp.nextStep.signUpStep, 'CONFIRM_SIGN_UP');
  assert.equal(signedUp.nextStep.codeDeliveryDetails.deliveryMedium, 'EMAIL');
  assert.equal((await nextStep(signIn('alice'))).signInStep, 'CONFIRM_SIGN_UP');
  await auth.resendSignUpCode({ username: 'alice' });
  const { code } = await lastMail(address);
  const confirmed = await auth.confirmSignUp({ username: 'alice', confirmationCode: code });
  assert.equal(confirmed.isSignUpComplete, true);

  assert.deepEqual(await signIn('alice'), DONE);
  const user = await auth.getCurrentUser();
  assert.equal(user.username, 'alice');
  const { tokens } = await auth.fetchAuthSession();
  assert.equal(tokens.idToken.payload.email, address);
  assert.equal(tokens.accessToken.payload.client_id, client.id);
  assert.equal(tokens.accessToken.payload.sub, user.userId);
  const { tokens: renewed } = await auth.fetchAuthSession({ forceRefresh: true });
  assert.notEqual(renewed.accessToken.toString(), tokens.accessToken.toString());
  assert.equal(renewed.accessToken.payload.origin_jti, tokens.accessToken.payload.origin_jti);
});

test('the password flow signs in as well, and a wrong password has its text', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const { username } = await createUser(pool);
  for (const flow of [SRP, 'USER_PASSWORD_AUTH']) {
    await assert.rejects(signIn(username, 'Wrong-horse-7', flow), {
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  }
  assert.deepEqual(await signIn(username, PASSWORD, 'USER_PASSWORD_AUTH'), DONE);
});

test('an invited user chooses a password at the first sign-in', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const username = await pool.createInvitedUser();
  const step = await nextStep(signIn(username, TEMPORARY_PASSWORD));
  assert.equal(step.signInStep, 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
  assert.deepEqual(await auth.confirmSignIn({ challengeResponse: NEW_PASSWORD }), DONE);
});

test('a changed and a forgotten password', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const { username, address } = await createUser(pool);
  await signIn(username);
  await assert.rejects(
    auth.updatePassword({ oldPassword: 'Wrong-horse-7', newPassword: NEW_PASSWORD }),
    { name: 'NotAuthorizedException' },
  );
  await auth.updatePassword({ oldPassword: PASSWORD, newPassword: NEW_PASSWORD });
  assert.ok((await auth.fetchAuthSession({ forceRefresh: true })).tokens);
  await auth.signOut();
  assert.deepEqual(await signIn(username, NEW_PASSWORD), DONE);
  await auth.signOut();

  const { nextStep: sent } = await auth.resetPassword({ username });
  assert.equal(sent.resetPasswordStep, 'CONFIRM_RESET_PASSWORD_WITH_CODE');
  const confirm = (confirmationCode) =>
    auth.confirmResetPassword({ username, confirmationCode, newPassword: PASSWORD });
  await assert.rejects(confirm('no-code'), { name: 'CodeMismatchException' });
  await confirm((await lastMail(address)).code);
  await assert.rejects(signIn(username, NEW_PASSWORD), { name: 'NotAuthorizedException' });
  assert.deepEqual(await signIn(username), DONE);
});

test('an administrator who resets a password sends the app to its reset page', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const { username, address } = await createUser(pool);
  await cognito.adminResetUserPassword({ UserPoolId: pool.id, Username: username });
  assert.equal((await nextStep(signIn(username))).signInStep, 'RESET_PASSWORD');
  const { code } = await lastMail(address);
  await auth.confirmResetPassword({ username, confirmationCode: code, newPassword: NEW_PASSWORD });
  assert.deepEqual(await signIn(username, NEW_PASSWORD), DONE);
});

test('a user changes, proves and deletes attributes', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const { username } = await createUser(pool);
  await signIn(username);
  const address = `${randomUUID()}@example.org`;
  const outcome = await auth.updateUserAttributes({
    userAttributes: { email: address, nickname: 'Al' },
  });
  assert.equal(outcome.nickname.nextStep.updateAttributeStep, 'DONE');
  assert.equal(
    outcome.email.nextStep.updateAttributeStep,
    'CONFIRM_ATTRIBUTE_WITH_CODE',
  );
  assert.equal((await auth.fetchUserAttributes()).email_verified, 'false');
  const sent = await auth.sendUserAttributeVerificationCode({ userAttributeKey: 'email' });
  assert.equal(sent.deliveryMedium, 'EMAIL');
  const { code } = await lastMail(address);
  await auth.confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: code });
  await auth.deleteUserAttributes({ userAttributeKeys: ['nickname'] });
  const attributes = await auth.fetchUserAttributes();
  assert.equal(attributes.email, address);
  assert.equal(attributes.email_verified, 'true');
  assert.equal(attributes.nickname, undefined);
});

test('the groups of a user are in the tokens of the next refresh', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const { username } = await createUser(pool);
  await signIn(username);
  const groups = ({ tokens }) =>
    [tokens.idToken, tokens.accessToken].map(({ payload }) => payload['cognito:groups']);
  assert.deepEqual(groups(await auth.fetchAuthSession()), [undefined, undefined]);
  await cognito.createGroup({ UserPoolId: pool.id, GroupName: 'editors' });
  await cognito.adminAddUserToGroup({
    UserPoolId: pool.id,
    GroupName: 'editors',
    Username: username,
  });
  const renewed = await auth.fetchAuthSession({ forceRefresh: true });
  assert.deepEqual(groups(renewed), [['editors'], ['editors']]);
});

test('what is not served yet, and a client with a secret, get clear errors', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const { username } = await createUser(pool);
  const notEnabled = (flow) => ({
    name: 'InvalidParameterException',
    message: `${flow} flow not enabled for this client`,
  });
  const withoutPassword = (authFlowType) => auth.signIn({ username, options: { authFlowType } });
  await assert.rejects(withoutPassword('CUSTOM_WITHOUT_SRP'), notEnabled('CUSTOM_AUTH'));
  await assert.rejects(withoutPassword('USER_AUTH'), notEnabled('USER_AUTH'));
  await assert.rejects(signIn(username, PASSWORD, 'CUSTOM_WITH_SRP'), notEnabled('CUSTOM_AUTH'));
  await signIn(username);
  for (const [call, operation] of [
    [auth.fetchDevices, 'ListDevices'],
    [auth.listWebAuthnCredentials, 'ListWebAuthnCredentials'],
  ]) {
    await assert.rejects(call(), {
      name: 'NotImplementedException',
      message: `${operation} is not served yet by Poolhouse.`,
    });
  }
  await auth.signOut();

  const confidential = await pool.createClient({ GenerateSecret: true });
  openApp(t, pool, confidential);
  await assert.rejects(signIn(username), {
    name: 'NotAuthorizedException',
    message: `Client ${confidential.id} is configured with secret but SECRET_HASH was not received`,
  });
});

async function poolWithApps(t, requirement) {
  const pool = await UserPool.create(t);
  await cognito.setUserPoolMfaConfig({
    UserPoolId: pool.id,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    MfaConfiguration: requirement,
  });
  return pool;
}

function authenticatorOf({ sharedSecret }) {
  record({ SecretCode: sharedSecret });
  return new Authenticator(sharedSecret);
}

test('a signed-in user sets an authenticator app up and signs in with it', async (t) => {
  const pool = await poolWithApps(t, 'OPTIONAL');
  openApp(t, pool, await pool.createClient());
  const { username } = await createUser(pool);
  await signIn(username);
  const setUp = await auth.setUpTOTP();
  assert.match(setUp.getSetupUri('Example').href, /^otpauth:\/\/totp\//);
  const app = authenticatorOf(setUp);
  await assert.rejects(auth.verifyTOTPSetup({ code: app.wrongCode() }), {
    name: 'EnableSoftwareTokenMFAException',
  });
  await auth.verifyTOTPSetup({ code: app.nextCode() });
  await auth.updateMFAPreference({ totp: 'PREFERRED' });
  assert.deepEqual(await auth.fetchMFAPreference(), { enabled: ['TOTP'], preferred: 'TOTP' });
  await auth.signOut();

  assert.equal((await nextStep(signIn(username))).signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  await assert.rejects(auth.confirmSignIn({ challengeResponse: app.wrongCode() }), {
    name: 'CodeMismatchException',
  });
  assert.deepEqual(await auth.confirmSignIn({ challengeResponse: app.nextCode() }), DONE);
  await auth.updateMFAPreference({ totp: 'DISABLED' });
  assert.equal((await auth.fetchMFAPreference()).enabled, undefined);
});

test('a pool that requires MFA leads through the setup', async (t) => {
  const pool = await poolWithApps(t, 'ON');
  openApp(t, pool, await pool.createClient());
  const { username } = await createUser(pool);
  const step = await nextStep(signIn(username));
  assert.equal(step.signInStep, 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP');
  const app = authenticatorOf(step.totpSetupDetails);
  assert.deepEqual(await auth.confirmSignIn({ challengeResponse: app.nextCode() }), DONE);
});

test('a global sign-out ends the tokens, and a deleted user is gone', async (t) => {
  const pool = await UserPool.create(t);
  openApp(t, pool, await pool.createClient());
  const { username } = await createUser(pool);
  await signIn(username);
  const { tokens } = await auth.fetchAuthSession();
  const AccessToken = tokens.accessToken.toString();
  await auth.signOut({ global: true });
  await assert.rejects(cognito.getUser({ AccessToken }), {
    name: 'NotAuthorizedException',
    message: 'Access Token has been revoked',
  });
  assert.equal((await auth.fetchAuthSession()).tokens, undefined);

  await signIn(username);
  await auth.deleteUser();
  await assert.rejects(auth.getCurrentUser(), { name: 'UserUnAuthenticatedException' });
  await assert.rejects(signIn(username), { name: 'UserNotFoundException' });
});
