// AWS SDK for JavaScript v3: the life of a user, from the sign-up to the deletion, and a machine's.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';

import { Authenticator } from '../../fixtures/authenticator.mjs';
import { record } from '../../fixtures/used_secrets.mjs';
import { ENDPOINT, PASSWORD, REGION, UserPool, cognito, lastMail } from '../../fixtures/user_pool.mjs';

const [SECOND_PASSWORD, THIRD_PASSWORD] = ['Another-horse-8', 'Third-horse-9'];

// What a browser has: no credentials at all.
const visitor = new CognitoIdentityProvider({ endpoint: ENDPOINT, region: REGION, maxAttempts: 1 });
visitor.middlewareStack.add(
  (next) => async (request) => {
    record(request.input);
    const answer = await next(request);
    record(answer.output);
    return answer;
  },
  { step: 'initialize' },
);

function claims(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
}

test('one user: sign-up, groups, passwords, a second factor, and the end', async (t) => {
  const pool = await UserPool.create(t);
  await cognito.setUserPoolMfaConfig({
    UserPoolId: pool.id,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    MfaConfiguration: 'OPTIONAL',
  });
  const { id: ClientId } = await pool.createClient();
  const Username = 'ada';
  const address = `${randomUUID()}@example.com`;
  const start = (PASSWORD) =>
    visitor.initiateAuth({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD },
    });
  const signIn = async (password) => (await start(password)).AuthenticationResult;

  const signedUp = await visitor.signUp({
    ClientId,
    Username,
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: address }],
  });
  assert.equal(signedUp.UserConfirmed, false);
  await assert.rejects(start(PASSWORD), { name: 'UserNotConfirmedException' });
  const signUpMail = await lastMail(address);
  await visitor.confirmSignUp({ ClientId, Username, ConfirmationCode: signUpMail.code });

  let tokens = await signIn(PASSWORD);
  assert.equal(claims(tokens.IdToken)['cognito:groups'], undefined);
  assert.equal(claims(tokens.IdToken).sub, signedUp.UserSub);

  await visitor.updateUserAttributes({
    AccessToken: tokens.AccessToken,
    UserAttributes: [
      { Name: 'name', Value: 'Ada' },
      { Name: 'nickname', Value: 'Countess' },
    ],
  });
  await visitor.deleteUserAttributes({
    AccessToken: tokens.AccessToken,
    UserAttributeNames: ['nickname'],
  });
  const { UserAttributes } = await visitor.getUser({ AccessToken: tokens.AccessToken });
  const attributes = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
  assert.deepEqual(attributes, {
    sub: signedUp.UserSub,
    email: address,
    email_verified: 'true',
    name: 'Ada',
  });

  for (const [GroupName, Precedence] of [['readers', 2], ['writers', 1]]) {
    await cognito.createGroup({ UserPoolId: pool.id, GroupName, Precedence });
    await cognito.adminAddUserToGroup({ UserPoolId: pool.id, GroupName, Username });
  }
  tokens = (
    await visitor.getTokensFromRefreshToken({ ClientId, RefreshToken: tokens.RefreshToken })
  ).AuthenticationResult;
  for (const token of [tokens.IdToken, tokens.AccessToken]) {
    assert.deepEqual(claims(token)['cognito:groups'], ['writers', 'readers']);
  }

  await visitor.changePassword({
    AccessToken: tokens.AccessToken,
    PreviousPassword: PASSWORD,
    ProposedPassword: SECOND_PASSWORD,
  });
  await assert.rejects(start(PASSWORD), { name: 'NotAuthorizedException' });

  const { CodeDeliveryDetails } = await visitor.forgotPassword({ ClientId, Username });
  assert.equal(CodeDeliveryDetails.DeliveryMedium, 'EMAIL');
  const resetMail = await lastMail(address);
  assert.notEqual(resetMail.id, signUpMail.id);
  await visitor.confirmForgotPassword({
    ClientId,
    Username,
    ConfirmationCode: resetMail.code,
    Password: THIRD_PASSWORD,
  });
  await assert.rejects(start(SECOND_PASSWORD), { name: 'NotAuthorizedException' });
  // A reset ends every sign-in before it.
  await assert.rejects(visitor.getUser({ AccessToken: tokens.AccessToken }), {
    message: 'Access Token has been revoked',
  });

  const { AccessToken } = await signIn(THIRD_PASSWORD);
  const { SecretCode } = await visitor.associateSoftwareToken({ AccessToken });
  const app = new Authenticator(SecretCode);
  const verified = await visitor.verifySoftwareToken({ AccessToken, UserCode: app.nextCode() });
  assert.equal(verified.Status, 'SUCCESS');
  await visitor.setUserMFAPreference({
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });

  const challenge = await start(THIRD_PASSWORD);
  assert.equal(challenge.ChallengeName, 'SOFTWARE_TOKEN_MFA');
  assert.equal(challenge.AuthenticationResult, undefined);
  const answer = (code, Session) =>
    visitor.respondToAuthChallenge({
      ClientId,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session,
      ChallengeResponses: { USERNAME: Username, SOFTWARE_TOKEN_MFA_CODE: code },
    });
  await assert.rejects(answer(app.wrongCode(), challenge.Session), {
    name: 'CodeMismatchException',
  });
  const { AuthenticationResult: last } = await answer(app.nextCode(), challenge.Session);
  assert.deepEqual(claims(last.IdToken)['cognito:groups'], ['writers', 'readers']);

  await visitor.deleteUser({ AccessToken: last.AccessToken });
  await assert.rejects(start(THIRD_PASSWORD), { name: 'UserNotFoundException' });
  await assert.rejects(cognito.adminGetUser({ UserPoolId: pool.id, Username }), {
    name: 'UserNotFoundException',
  });
  const { Users } = await cognito.listUsersInGroup({ UserPoolId: pool.id, GroupName: 'writers' });
  assert.deepEqual(Users, []);
});

test('one machine: a token of the endpoint and one of the API, which are no user\'s', async (t) => {
  const pool = await UserPool.create(t);
  await cognito.createResourceServer({
    UserPoolId: pool.id,
    Identifier: 'orders',
    Name: 'Orders',
    Scopes: [
      { ScopeName: 'read', ScopeDescription: 'read orders' },
      { ScopeName: 'write', ScopeDescription: 'write orders' },
    ],
  });
  const web = await pool.createClient({
    ExplicitAuthFlows: undefined,
    GenerateSecret: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['orders/read', 'orders/write'],
  });
  const response = await fetch(`${ENDPOINT}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${web.id}:${web.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders/read' }),
  });
  const granted = await response.json();
  record(granted);
  assert.equal(response.status, 200);
  assert.deepEqual(Object.keys(granted).sort(), ['access_token', 'expires_in', 'token_type']);

  const direct = await pool.createClient({
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH'],
    GenerateSecret: true,
    AllowedOAuthScopes: ['orders/read'],
  });
  // This SDK signs the call, so it is one that has credentials; the service looks at the secret.
  const { ClientAuthenticationResult: made } = await cognito.getClientToken({
    ClientId: direct.id,
    Secret: direct.secret,
  });

  const tokens = [
    [granted.access_token, web],
    [made.AccessToken, direct],
  ];
  for (const [token, client] of tokens) {
    const { sub, client_id, scope, token_use, username } = claims(token);
    assert.deepEqual(
      { sub, client_id, scope, token_use, username },
      {
        sub: client.id,
        client_id: client.id,
        scope: 'orders/read',
        token_use: 'access',
        username: undefined,
      },
    );
    await assert.rejects(visitor.getUser({ AccessToken: token }), {
      name: 'NotAuthorizedException',
      message: 'Access Token does not have required scopes',
    });
  }
});
