// amazon-cognito-identity-js: SRP as a decade of web pages does it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import identity from 'amazon-cognito-identity-js';

import { authenticate, call, openPage } from '../../fixtures/identity_page.mjs';
import {
  PASSWORD,
  TEMPORARY_PASSWORD,
  UserPool,
  cognito,
  lastMail,
} from '../../fixtures/user_pool.mjs';

const NEW_PASSWORD = 'Another-horse-8';

test('a registered user confirms, signs in by SRP and reads the attributes', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const address = 'identity-js@example.com';
  const attributes = [new identity.CognitoUserAttribute({ Name: 'email', Value: address })];
  const signedUp = await call((done) =>
    page.userPool.signUp('alice', PASSWORD, attributes, null, done),
  );
  assert.equal(signedUp.userConfirmed, false);

  const user = page.user('alice');
  const { code } = await lastMail(address);
  assert.equal(await call((done) => user.confirmRegistration(code, true, done)), 'SUCCESS');

  const { session } = await authenticate(user, 'alice', PASSWORD);
  assert.ok(session.isValid());
  assert.equal(session.getIdToken().payload['cognito:username'], 'alice');
  assert.equal(session.getAccessToken().payload.token_use, 'access');

  const read = await call((done) => user.getUserAttributes(done));
  const values = Object.fromEntries(read.map(({ Name, Value }) => [Name, Value]));
  assert.equal(values.email, address);
  assert.equal(values.email_verified, 'true');
});

test('a page that is opened again has its session, and renews it', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createUser();
  const { session } = await authenticate(page.user(username), username, PASSWORD);
  const current = page.userPool.getCurrentUser();
  assert.ok((await call((done) => current.getSession(done))).isValid());
  const renewed = await call((done) => current.refreshSession(session.getRefreshToken(), done));
  assert.notEqual(renewed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
});

test('an invited user is asked for a new password and signs in with it', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createInvitedUser(undefined, { email: 'invited@example.com' });
  const user = page.user(username);
  const { newPasswordRequired } = await authenticate(user, username, TEMPORARY_PASSWORD);
  assert.equal(newPasswordRequired.userAttributes.email, 'invited@example.com');
  assert.deepEqual(newPasswordRequired.requiredAttributes, []);
  const session = await new Promise((onSuccess, onFailure) => {
    user.completeNewPasswordChallenge(NEW_PASSWORD, {}, { onSuccess, onFailure });
  });
  assert.ok(session.isValid());
  assert.ok((await authenticate(page.user(username), username, NEW_PASSWORD)).session.isValid());
});

test('a wrong password is refused with the text that pages match on', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createUser();
  await assert.rejects(authenticate(page.user(username), username, 'Wrong-horse-7'), {
    code: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
});

test('an unconfirmed user is told so', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const attributes = [
    new identity.CognitoUserAttribute({ Name: 'email', Value: 'bob@example.com' }),
  ];
  await call((done) => page.userPool.signUp('bob', PASSWORD, attributes, null, done));
  await assert.rejects(authenticate(page.user('bob'), 'bob', PASSWORD), {
    code: 'UserNotConfirmedException',
    message: 'User is not confirmed.',
  });
});

test('a global sign-out ends the sessions of every page', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  const [here, there] = [openPage(pool, client), openPage(pool, client)];
  const username = await pool.createUser();
  const [user, elsewhere] = [here.user(username), there.user(username)];
  await authenticate(user, username, PASSWORD);
  const { session } = await authenticate(elsewhere, username, PASSWORD);
  const outcome = await new Promise((onSuccess, onFailure) => {
    user.globalSignOut({ onSuccess, onFailure });
  });
  assert.equal(outcome, 'SUCCESS');
  await assert.rejects(
    call((done) => elsewhere.getUserAttributes(done)),
    {
      code: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    },
  );
  await assert.rejects(
    call((done) => elsewhere.refreshSession(session.getRefreshToken(), done)),
    { code: 'NotAuthorizedException' },
  );
});

test('a forgotten password is reset by the mailed code', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const address = 'forgetful@example.com';
  const username = await pool.createUser(undefined, { email: address, email_verified: 'true' });
  const user = page.user(username);
  const sent = await new Promise((inputVerificationCode, onFailure) => {
    user.forgotPassword({ onSuccess: () => {}, onFailure, inputVerificationCode });
  });
  assert.equal(sent.CodeDeliveryDetails.Destination, 'f***@e***');
  const confirm = (code, password) =>
    new Promise((onSuccess, onFailure) => {
      user.confirmPassword(code, password, { onSuccess, onFailure });
    });
  await assert.rejects(confirm('no-code', NEW_PASSWORD), { code: 'CodeMismatchException' });
  const { code } = await lastMail(address);
  assert.equal(await confirm(code, NEW_PASSWORD), 'SUCCESS');
  assert.ok((await authenticate(page.user(username), username, NEW_PASSWORD)).session.isValid());
});

test('a changed password keeps the page signed in and ends the others', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  const [here, there] = [openPage(pool, client), openPage(pool, client)];
  const username = await pool.createUser();
  const [user, elsewhere] = [here.user(username), there.user(username)];
  const { session } = await authenticate(user, username, PASSWORD);
  await authenticate(elsewhere, username, PASSWORD);
  await assert.rejects(
    call((done) => user.changePassword('Wrong-horse-7', NEW_PASSWORD, done)),
    { code: 'NotAuthorizedException', message: 'Incorrect username or password.' },
  );
  const changed = await call((done) => user.changePassword(PASSWORD, NEW_PASSWORD, done));
  assert.equal(changed, 'SUCCESS');
  assert.ok(await call((done) => user.getUserAttributes(done)));
  assert.ok(
    (await call((done) => user.refreshSession(session.getRefreshToken(), done))).isValid(),
  );
  await assert.rejects(
    call((done) => elsewhere.getUserAttributes(done)),
    { code: 'NotAuthorizedException', message: 'Access Token has been revoked' },
  );
});

test('the password flow of the library works as well', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createUser();
  const user = page.user(username);
  user.setAuthenticationFlowType('USER_PASSWORD_AUTH');
  assert.ok((await authenticate(user, username, PASSWORD)).session.isValid());
});

// Runs one of the library's calls that report by named callbacks.
function report(start) {
  return new Promise((onSuccess, onFailure) => {
    start({ onSuccess, onFailure, inputVerificationCode: onSuccess });
  });
}

test('a user changes, proves and deletes attributes', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const user = page.user(await pool.createUser());
  await authenticate(user, user.getUsername(), PASSWORD);
  const address = `${user.getUsername()}@example.org`;
  const attributes = [
    new identity.CognitoUserAttribute({ Name: 'email', Value: address }),
    new identity.CognitoUserAttribute({ Name: 'nickname', Value: 'Al' }),
  ];
  const [outcome, details] = await new Promise((resolve, reject) => {
    user.updateAttributes(attributes, (error, ...results) =>
      error ? reject(error) : resolve(results),
    );
  });
  assert.equal(outcome, 'SUCCESS');
  assert.equal(details.CodeDeliveryDetailsList[0].AttributeName, 'email');
  const { code } = await lastMail(address);
  const verify = (code) => report((on) => user.verifyAttribute('email', code, on));
  assert.equal(await verify(code), 'SUCCESS');
  const sent = await report((on) => user.getAttributeVerificationCode('email', on));
  assert.equal(sent.CodeDeliveryDetails.DeliveryMedium, 'EMAIL');
  assert.equal(await verify((await lastMail(address)).code), 'SUCCESS');
  assert.equal(await call((done) => user.deleteAttributes(['nickname'], done)), 'SUCCESS');
  const read = await call((done) => user.getUserAttributes(done));
  const values = Object.fromEntries(read.map(({ Name, Value }) => [Name, Value]));
  assert.equal(values.email, address);
  assert.equal(values.email_verified, 'true');
  assert.equal(values.nickname, undefined);
  await assert.rejects(
    call((done) =>
      user.updateAttributes([{ Name: 'email_verified', Value: 'true' }], done),
    ),
    {
      code: 'NotAuthorizedException',
      message: 'A client attempted to write unauthorized attribute',
    },
  );
});

test('the groups of a user are in the tokens of the next session', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createUser();
  const user = page.user(username);
  const groups = (session) =>
    [session.getIdToken(), session.getAccessToken()].map(
      (token) => token.decodePayload()['cognito:groups'],
    );
  const { session } = await authenticate(user, username, PASSWORD);
  assert.deepEqual(groups(session), [undefined, undefined]);
  const key = { UserPoolId: pool.id, GroupName: 'editors' };
  await cognito.createGroup(key);
  await cognito.adminAddUserToGroup({ ...key, Username: username });
  const renewed = await call((done) => user.refreshSession(session.getRefreshToken(), done));
  assert.deepEqual(groups(renewed), [['editors'], ['editors']]);
  const again = await authenticate(page.user(username), username, PASSWORD);
  assert.deepEqual(groups(again.session), [['editors'], ['editors']]);
});

test('a user who deletes himself is signed out and gone', async (t) => {
  const pool = await UserPool.create(t);
  const page = openPage(pool, await pool.createClient());
  const username = await pool.createUser();
  const user = page.user(username);
  await assert.rejects(
    call((done) => user.deleteUser(done)),
    { message: 'User is not authenticated' },
  );
  await authenticate(user, username, PASSWORD);
  assert.equal(await call((done) => user.deleteUser(done)), 'SUCCESS');
  assert.equal(page.userPool.getCurrentUser(), null);
  await assert.rejects(authenticate(page.user(username), username, PASSWORD), {
    code: 'UserNotFoundException',
    message: 'User does not exist.',
  });
  await assert.rejects(cognito.adminGetUser({ UserPoolId: pool.id, Username: username }), {
    name: 'UserNotFoundException',
  });
});
