import { isAxiosError } from 'axios';

import { refresh } from '../oauth/tokenEndpoint';
import type { AppThunk } from '../storeTypes';
import { renewalTime, renewedSession } from './session';
import type { Session } from './session';
import { sessionEnded, sessionRenewed } from './sessionSlice';

let underWay: Promise<void> | null = null;

// Renews the tokens. Whoever asks while a renewal is under way waits for that one: with rotation, the second
// of two renewals would come with a refresh token that is spent already.
export function renewSession(): AppThunk<Promise<void>> {
  return (dispatch) => {
    underWay ??= dispatch(renew()).finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

// The access token for a call to the API; throws when nobody is signed in (any more). The timer has renewed
// it in time, unless the machine slept.
export function freshAccessToken(): AppThunk<Promise<string>> {
  return async (dispatch, getState) => {
    const { session } = getState().session;
    if (session !== null && Date.now() >= renewalTime(session)) await dispatch(renewSession());
    const accessToken = getState().session.session?.accessToken;
    if (accessToken === undefined) throw new Error('Please sign in first.');
    return accessToken;
  };
}

function renew(): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const { session } = getState().session;
    if (session === null) return;
    try {
      const renewed = await renewedSession(session, await refresh(session.refreshToken));
      if (isStill(getState().session.session, session)) dispatch(sessionRenewed(renewed));
    } catch (error) {
      // Without an answer the session may be as good as before: the next try will tell.
      if (!isRefusal(error)) throw error;
      dispatch(sessionEnded({ problem: 'Your session has ended. Please sign in again.' }));
    }
  };
}

// Somebody may have signed out meanwhile.
function isStill(now: Session | null, before: Session): boolean {
  return now?.refreshToken === before.refreshToken;
}

function isRefusal(error: unknown): boolean {
  return isAxiosError(error) && error.response?.status === 400;
}
