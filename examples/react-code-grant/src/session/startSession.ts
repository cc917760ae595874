import { createAsyncThunk } from '@reduxjs/toolkit';

import { isCallback, takeAnswer, takeCode } from '../oauth/callback';
import { exchangeCode } from '../oauth/tokenEndpoint';
import { inWords } from '../problem';
import type { RootState } from '../storeTypes';
import { newSession } from './session';
import type { Session } from './session';
import { loadSession } from './storedSession';

interface Start {
  session: Session | null;
  problem: string | null;
}

// Finds out whether somebody is signed in: from before a reload, or by the answer of the sign-in page.
//
// React's StrictMode runs every effect twice in development, and a code can be exchanged only once. The
// first call sets the phase before it does anything else, and `condition` drops every other call: it would
// find no code any more, and answer that nobody is signed in.
export const startSession = createAsyncThunk<Start, undefined, { state: RootState }>(
  'session/start',
  async () => {
    const session = loadSession();
    if (!isCallback()) return { session, problem: null };
    const answer = takeAnswer();
    // Who is signed in has asked for nothing: the back button brings such answers, or a stranger's link.
    if (session !== null) return { session, problem: null };
    try {
      return { session: await finishSignIn(answer), problem: null };
    } catch (error) {
      return { session: null, problem: inWords(error) };
    }
  },
  { condition: (_, { getState }) => getState().session.phase === 'new' },
);

async function finishSignIn(answer: URLSearchParams): Promise<Session> {
  const { code, pending } = takeCode(answer);
  const tokens = await exchangeCode(code, pending.codeVerifier);
  return newSession(tokens, pending.nonce);
}
