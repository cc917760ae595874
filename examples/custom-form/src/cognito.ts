// The calls to the user pool. None of them is signed: a page has no AWS credentials, and what a visitor and
// a user may call needs none.

import {
  AuthFlowType,
  CognitoIdentityProvider,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';

import { config } from './config';

const [region = ''] = config.userPoolId.split('_');
const cognito = new CognitoIdentityProvider({
  region,
  ...(config.endpoint !== null && { endpoint: config.endpoint }),
});
const ClientId = config.clientId;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  // When the access token ends, in milliseconds of this machine's clock.
  expiresAt: number;
}

export interface Profile {
  username: string;
  email: string;
}

// Signs in with USER_PASSWORD_AUTH: the password goes to the server, through https. With USER_SRP_AUTH it
// would stay in the page, which only proves that it knows it; but that takes a page of arithmetic that is not
// in this SDK. The library behind the Authenticator page brings it.
export async function signIn(username: string, password: string): Promise<Tokens> {
  const { AuthenticationResult, ChallengeName } = await cognito.initiateAuth({
    ClientId,
    AuthFlow: AuthFlowType.USER_PASSWORD_AUTH,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
  if (AuthenticationResult === undefined) throw new UnservedChallenge(ChallengeName ?? 'unknown');
  return tokensOf(AuthenticationResult, AuthenticationResult.RefreshToken);
}

// A sign-in that wants more than a password: a second factor, or a new password. An app that lets its pool
// ask for them answers here with `respondToAuthChallenge`.
export class UnservedChallenge extends Error {}

export async function renew(refreshToken: string): Promise<Tokens> {
  const { AuthenticationResult } = await cognito.initiateAuth({
    ClientId,
    AuthFlow: AuthFlowType.REFRESH_TOKEN_AUTH,
    AuthParameters: { REFRESH_TOKEN: refreshToken },
  });
  return tokensOf(AuthenticationResult ?? {}, refreshToken);
}

// Ends the refresh token and what came from it, and no other sign-in of the user.
export async function signOut(refreshToken: string): Promise<void> {
  await cognito.revokeToken({ ClientId, Token: refreshToken });
}

export async function signUp(username: string, email: string, password: string): Promise<void> {
  await cognito.signUp({
    ClientId,
    Username: username,
    Password: password,
    UserAttributes: [{ Name: 'email', Value: email }],
  });
}

export async function confirmSignUp(username: string, code: string): Promise<void> {
  await cognito.confirmSignUp({ ClientId, Username: username, ConfirmationCode: code });
}

export async function sendCodeAgain(username: string): Promise<void> {
  await cognito.resendConfirmationCode({ ClientId, Username: username });
}

export async function forgotPassword(username: string): Promise<void> {
  await cognito.forgotPassword({ ClientId, Username: username });
}

export async function resetPassword(username: string, code: string, password: string): Promise<void> {
  await cognito.confirmForgotPassword({
    ClientId,
    Username: username,
    ConfirmationCode: code,
    Password: password,
  });
}

// Asks the pool with the access token: it answers only while the sign-in has not been ended anywhere.
export async function fetchProfile(accessToken: string): Promise<Profile> {
  const { Username = '', UserAttributes = [] } = await cognito.getUser({ AccessToken: accessToken });
  const email = UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? '';
  return { username: Username, email };
}

function tokensOf(result: AuthenticationResultType, refreshToken: string | undefined): Tokens {
  const { AccessToken, ExpiresIn = 0 } = result;
  if (AccessToken === undefined || refreshToken === undefined) throw new Error('The server sent no tokens.');
  return { accessToken: AccessToken, refreshToken, expiresAt: Date.now() + ExpiresIn * 1000 };
}
