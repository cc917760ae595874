// The session of who is signed in.

import { fetchProfile, renew, signOut as revoke } from '../cognito';
import type { Profile } from '../cognito';
import { isNamed } from '../problem';
import { sessionEnded, signedIn } from './appSlice';
import type { AppThunk } from './store';

// A token is renewed this long before it ends, so that none ends on its way.
const RENEWED_EARLY = 5 * 60_000;

// Asks the pool who is signed in. Null when the session is over, which the store knows then, too.
export function loadProfile(): AppThunk<Promise<Profile | null>> {
  return async (dispatch, getState) => {
    try {
      const accessToken = await dispatch(freshAccessToken());
      return accessToken === null ? null : await fetchProfile(accessToken);
    } catch (error) {
      // Ended elsewhere: by an administrator, a new password, or a sign-out.
      if (!isNamed(error, 'NotAuthorizedException')) throw error;
      if (getState().app.tokens !== null) {
        dispatch(sessionEnded({ note: 'Your session has ended. Please sign in again.' }));
      }
      return null;
    }
  };
}

export function signOut(): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const { tokens } = getState().app;
    dispatch(sessionEnded({ note: 'You are signed out.' }));
    // A server that cannot be reached must not keep anybody from signing out here.
    if (tokens !== null) await revoke(tokens.refreshToken).catch(() => undefined);
  };
}

// The access token, renewed if it ends soon. Two renewals at the same time do no harm: refresh tokens do not
// rotate here.
function freshAccessToken(): AppThunk<Promise<string | null>> {
  return async (dispatch, getState) => {
    const { tokens } = getState().app;
    if (tokens === null || Date.now() < tokens.expiresAt - RENEWED_EARLY) return tokens?.accessToken ?? null;
    const renewed = await renew(tokens.refreshToken);
    // Meanwhile the person may have signed out, or another call may have renewed them.
    if (getState().app.tokens === tokens) dispatch(signedIn(renewed));
    return getState().app.tokens?.accessToken ?? null;
  };
}
