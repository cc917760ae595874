// The person at the sign-in page.

import { record } from '../fixtures/used_secrets.mjs';

export const JANE = { username: 'jane', password: 'Correct-horse-7' };

export async function fillSignInPage(window, { username, password }) {
  record({ password });
  await window.locator('#signInFormUsername:visible').fill(username);
  await window.locator('#signInFormPassword:visible').fill(password);
  await window.locator('[name="signInSubmitButton"]:visible').click();
}
