// The requests of an app that shows its own form.

import { base64, bytesOf, hmacSha256 } from './encoding.js';
import { apiRequest } from './requests.js';

// BASE64(HMAC-SHA256(secret, name + client id)): what a confidential client sends in the place of
// its secret; null for a public one.
export async function secretHash({ clientSecret, clientId }, username) {
  if (!clientSecret) return null;
  return base64(await hmacSha256(bytesOf(clientSecret), bytesOf(username + clientId)));
}

const withHash = (input, name, hash) => (hash === null ? input : { ...input, [name]: hash });

export async function signUpRequest(target, { username, password, email }) {
  const UserAttributes = email ? [{ Name: 'email', Value: email }] : [];
  const input = { ClientId: target.clientId, Username: username, Password: password, UserAttributes };
  return apiRequest(target, 'SignUp', withHash(input, 'SecretHash', await secretHash(target, username)));
}

export async function confirmSignUpRequest(target, { username, code }) {
  const input = { ClientId: target.clientId, Username: username, ConfirmationCode: code };
  return apiRequest(target, 'ConfirmSignUp', withHash(input, 'SecretHash', await secretHash(target, username)));
}

async function initiateAuth(target, flow, parameters) {
  const hash = await secretHash(target, parameters.USERNAME);
  return apiRequest(target, 'InitiateAuth', {
    AuthFlow: flow,
    ClientId: target.clientId,
    AuthParameters: withHash(parameters, 'SECRET_HASH', hash),
  });
}

export const passwordRequest = (target, { username, password }) =>
  initiateAuth(target, 'USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password });

export const srpRequest = (target, { username }, A) =>
  initiateAuth(target, 'USER_SRP_AUTH', { USERNAME: username, SRP_A: A.toString(16) });

export async function srpAnswerRequest(target, { challenge, session, answer }) {
  const username = challenge.USER_ID_FOR_SRP;
  const responses = {
    USERNAME: username,
    PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
    TIMESTAMP: answer.timestamp,
    PASSWORD_CLAIM_SIGNATURE: answer.signature,
  };
  return apiRequest(target, 'RespondToAuthChallenge', {
    ClientId: target.clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ...(session ? { Session: session } : {}),
    ChallengeResponses: withHash(responses, 'SECRET_HASH', await secretHash(target, username)),
  });
}

// Tokens of an answer of the API under the names of the token endpoint; null when it holds none.
export function tokensOf(answer) {
  const result = answer.json?.AuthenticationResult;
  if (!result?.AccessToken) return null;
  return { id_token: result.IdToken, access_token: result.AccessToken, refresh_token: result.RefreshToken };
}
