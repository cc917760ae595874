import { CognitoIdentityProviderServiceException } from '@aws-sdk/client-cognito-identity-provider';

import { UnservedChallenge } from './cognito';

// By the name of the error; the server's own text serves where it is good enough for a person.
const WORDS: Record<string, string> = {
  NotAuthorizedException: 'User name or password is not right.',
  UsernameExistsException: 'This user name is taken. Please choose another one.',
  CodeMismatchException: 'This code is not right. Please look at it again.',
  ExpiredCodeException: 'This code is not right, or too old. Please ask for a new one.',
  LimitExceededException: 'That was too often. Please wait a while and try again.',
  TooManyRequestsException: 'That was too often. Please wait a while and try again.',
  TooManyFailedAttemptsException: 'That was too often. Please wait a while and try again.',
};

// What the server writes before the part of its text that helps a person.
const PREFIX = /^Password did not conform with policy: /;

// Whether an error is the one that the API documents under this name.
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof CognitoIdentityProviderServiceException && error.name === name;
}

// Says what went wrong in words for a person.
export function inWords(error: unknown): string {
  if (error instanceof UnservedChallenge) {
    return `This sign-in asks for one more step (${error.message}), which this app does not have.`;
  }
  if (error instanceof CognitoIdentityProviderServiceException) {
    return WORDS[error.name] ?? error.message.replace(PREFIX, '');
  }
  return 'There is no answer. Please look at your connection and try again.';
}
