// AWS SDK for JavaScript v3.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';

import {
  CodeMismatchException,
  NotAuthorizedException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';

import {
  PASSWORD,
  TEMPORARY_PASSWORD,
  UserPool,
  cognito,
  lastMail,
} from '../../fixtures/user_pool.mjs';

function initiate(client, username, password, parameters = {}) {
  return cognito.initiateAuth({
    ClientId: client.id,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: password, ...parameters },
  });
}

function secretHash(client, username) {
  return createHmac('sha256', client.secret)
    .update(username + client.id)
    .digest('base64');
}

test('a registered user confirms, signs in, renews and signs out everywhere', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  const address = 'sdk-v3+tag@example.com';
  const { CodeDeliveryDetails } = await cognito.signUp({
    ClientId: client.id,
    Username: 'alice',
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: address }],
  });
  assert.equal(CodeDeliveryDetails.DeliveryMedium, 'EMAIL');
  const { code } = await lastMail(address);
  await cognito.confirmSignUp({ ClientId: client.id, Username: 'alice', ConfirmationCode: code });

  const { AuthenticationResult: tokens } = await initiate(client, 'alice', PASSWORD);
  const user = await cognito.getUser({ AccessToken: tokens.AccessToken });
  assert.equal(user.Username, 'alice');

  const renewed = await cognito.getTokensFromRefreshToken({
    ClientId: client.id,
    RefreshToken: tokens.RefreshToken,
  });
  assert.ok(renewed.AuthenticationResult.IdToken);

  await cognito.globalSignOut({ AccessToken: tokens.AccessToken });
  await assert.rejects(cognito.getUser({ AccessToken: tokens.AccessToken }), (error) => {
    assert.ok(error instanceof NotAuthorizedException);
    assert.equal(error.message, 'Access Token has been revoked');
    assert.equal(error.$metadata.httpStatusCode, 400);
    return true;
  });
});

test('dates arrive as dates', async (t) => {
  const pool = await UserPool.create(t);
  const { UserPool: described } = await cognito.describeUserPool({ UserPoolId: pool.id });
  assert.ok(described.CreationDate instanceof Date);
  assert.ok(Math.abs(Date.now() - described.CreationDate.getTime()) < 60_000);
});

test('an invited user answers the challenge for a new password', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  const username = await pool.createInvitedUser();
  const challenge = await initiate(client, username, TEMPORARY_PASSWORD);
  assert.equal(challenge.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const { AuthenticationResult: tokens } = await cognito.respondToAuthChallenge({
    ClientId: client.id,
    ChallengeName: challenge.ChallengeName,
    Session: challenge.Session,
    ChallengeResponses: { USERNAME: username, NEW_PASSWORD: PASSWORD },
  });
  assert.ok(tokens.AccessToken);
});

test('a confidential client needs its secret hash', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient({ GenerateSecret: true });
  const username = await pool.createUser();
  const hash = secretHash(client, username);
  assert.ok(
    (await initiate(client, username, PASSWORD, { SECRET_HASH: hash })).AuthenticationResult,
  );
  const wrong = secretHash(client, 'somebody else');
  await assert.rejects(initiate(client, username, PASSWORD, { SECRET_HASH: wrong }), {
    name: 'NotAuthorizedException',
    message: `Unable to verify secret hash for client ${client.id}`,
  });
});

test('errors arrive as the classes of the SDK', async (t) => {
  const pool = await UserPool.create(t);
  const client = await pool.createClient();
  await assert.rejects(initiate(client, 'nobody', PASSWORD), UserNotFoundException);
  await cognito.signUp({
    ClientId: client.id,
    Username: 'bob',
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
  });
  const { code } = await lastMail('bob@example.com');
  const wrong = code === '000000' ? '111111' : '000000';
  await assert.rejects(
    cognito.confirmSignUp({ ClientId: client.id, Username: 'bob', ConfirmationCode: wrong }),
    CodeMismatchException,
  );
});

test('pages of a list follow each other', async (t) => {
  const pool = await UserPool.create(t);
  for (let number = 0; number < 3; number += 1) await pool.createClient();
  const first = await cognito.listUserPoolClients({ UserPoolId: pool.id, MaxResults: 2 });
  assert.equal(first.UserPoolClients.length, 2);
  const second = await cognito.listUserPoolClients({
    UserPoolId: pool.id,
    MaxResults: 2,
    NextToken: first.NextToken,
  });
  assert.equal(second.UserPoolClients.length, 1);
  assert.equal(second.NextToken, undefined);
});
