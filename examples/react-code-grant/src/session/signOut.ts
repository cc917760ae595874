import { goToSignOut } from '../oauth/leave';
import { revoke } from '../oauth/tokenEndpoint';
import type { AppThunk } from '../storeTypes';
import { sessionEnded } from './sessionSlice';

// Ends both sessions: the app's tokens, and the browser's session at the identity server.
export function signOut(): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const { session } = getState().session;
    dispatch(sessionEnded({ problem: null }));
    // A server that cannot be reached must not keep anybody from signing out here.
    if (session !== null) await revoke(session.refreshToken).catch(() => undefined);
    goToSignOut();
  };
}
