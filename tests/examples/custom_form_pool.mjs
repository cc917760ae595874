// The pool of the example `custom-form`, and users of it.

import { randomUUID } from 'node:crypto';

import { PASSWORD, cognito } from '../fixtures/user_pool.mjs';

export const APP = 'http://localhost:5183';
export const POOL_ID = 'us-east-1_OwnForms1';

// Makes a confirmed user of a test's own.
export async function confirmedUser() {
  const username = `user-${randomUUID()}`;
  const email = `${username}@example.com`;
  await cognito.adminCreateUser({
    UserPoolId: POOL_ID,
    Username: username,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await cognito.adminSetUserPassword({ UserPoolId: POOL_ID, Username: username, Password: PASSWORD, Permanent: true });
  return { username, email };
}
