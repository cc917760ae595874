// What the sign-in page sends back in the address of this page.

import { config } from '../config';
import { takePendingSignIn } from './pendingSignIn';
import type { PendingSignIn } from './pendingSignIn';

export interface Code {
  code: string;
  pending: PendingSignIn;
}

export function isCallback(): boolean {
  return window.location.pathname === new URL(config.redirectUri).pathname;
}

// Reads the answer and removes it from the address bar at once: the code must not stay where a reload would
// send it again and where people copy addresses from. `replaceState` takes it out of the history, too.
export function takeAnswer(): URLSearchParams {
  const answer = new URLSearchParams(window.location.search);
  window.history.replaceState(null, '', '/');
  return answer;
}

// Checks that the answer belongs to the sign-in that this tab began. Throws an error with words for the
// person where it does not.
export function takeCode(answer: URLSearchParams): Code {
  const pending = takePendingSignIn();
  if (pending === null || answer.get('state') !== pending.state) {
    throw new Error('This answer belongs to no sign-in that was begun in this tab. Please sign in again.');
  }
  const error = answer.get('error');
  if (error !== null) {
    const why = answer.get('error_description') ?? error;
    throw new Error(`The sign-in page answered: ${why}. Please sign in again.`);
  }
  const code = answer.get('code');
  if (code === null) throw new Error('The sign-in page sent no code. Please sign in again.');
  return { code, pending };
}
